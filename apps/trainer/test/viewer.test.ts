import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { runProgram } from './run-program.js';

const folder = temporaryFolder();
const program = fileURLToPath(new URL('../bin/kanrecon.js', import.meta.url));

describe('kanrecon viewer', () => {
  it('serves the built page, with its models, until Ctrl-C', async () => {
    const child = spawn(process.execPath, [program, 'viewer'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = new Promise((resolve) => child.once('close', resolve));
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout.on('data', (part) => {
        said += part;
        const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
        if (found) resolve(found[0]);
      });
      child.once('exit', () => reject(new Error(`it ended: ${said}`)));
    });
    const page = await (await fetch(url)).text();
    expect(page).toContain('Content-Security-Policy');
    const [, script] = /src="\.\/(assets\/[^"]+\.js)"/.exec(page) ?? [];
    const answer = await fetch(url + script!);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/javascript']);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
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
        `Port ${port} cannot be had: another program has it; leave --port out to take one that is free.`,
      );
    } finally {
      other.close();
    }
  });
});
