import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { runProgram } from './run-program.js';

const folder = temporaryFolder();
const program = fileURLToPath(new URL('../bin/kanrecon.js', import.meta.url));

/** Starts it, and waits for its address. */
async function serve(...flags: string[]) {
  const child = spawn(process.execPath, [program, 'viewer', ...flags], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let noted = '';
  child.stderr.on('data', (part) => {
    noted += part;
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (part) => {
      said += part;
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
      if (found) resolve(found[0]);
    });
    child.once('exit', () => reject(new Error(`it ended: ${said}${noted}`)));
  });
  return { child, ended, url, noted: () => noted };
}

describe('kanrecon viewer', () => {
  it('serves the built page, with its models, until Ctrl-C', async () => {
    const { child, ended, url } = await serve('--port', '0');
    const page = await (await fetch(url)).text();
    expect(page).toContain('Content-Security-Policy');
    const [, script] = /src="\.\/(assets\/[^"]+\.js)"/.exec(page) ?? [];
    const answer = await fetch(url + script!);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/javascript']);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('has the same port each time, for the sake of what the browser keeps, and another only where it must', async () => {
    const other = createServer();
    // Where another program has it already, all the better.
    await new Promise<void>((resolve) => other.once('error', () => resolve()).listen(5787, '127.0.0.1', resolve));
    try {
      const { child, ended, url, noted } = await serve();
      expect(new URL(url).port).not.toBe('5787');
      child.kill('SIGINT');
      expect(await ended).toBe(0);
      expect(noted()).toContain('Port 5787 cannot be had (another program has it), so the page has another address');
    } finally {
      other.close();
    }
    expect((await runProgram(['viewer', '--help'], folder)).stdout).toMatch(/--port[\s\S]*5787/);
  });

  it('says what is wrong with words that name no model to add', async () => {
    for (const [word, said] of [
      ['http://', 'http://: this is no address; expected http://<host>/'],
      ['http://127.0.0.1/%', 'http://127.0.0.1/%: this is no address'],
      ['observable', "observable comes along and is among the page's models already; leave it out."],
    ] as const) {
      const { code, stderr } = await runProgram(['viewer', word], folder);
      expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
    }
  });

  it('refuses what is no run, and a checkpoint of none, before it serves', async () => {
    const none = await runProgram(['viewer', 'nowhere'], folder);
    expect([none.code, none.stdout]).toEqual([2, '']);
    expect(none.stderr).toMatch(/nowhere/);
    const idle = await runProgram(['viewer', '--checkpoint', 'last'], folder);
    expect([idle.code, idle.stderr]).toEqual([
      2,
      expect.stringContaining('--checkpoint chooses between the two of a run'),
    ]);
  });

  it('says what to do about a port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = other.address() as AddressInfo;
      const { code, stderr } = await runProgram(['viewer', '--port', String(port)], folder);
      expect(code).toBe(2);
      expect(stderr).toContain(
        `Port ${port} cannot be had: another program has it; give --port 0 to take one that is free.`,
      );
    } finally {
      other.close();
    }
  });
});
