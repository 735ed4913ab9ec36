import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'kanrecon-pipe-'));
vi.setConfig({ testTimeout: 60_000 });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const program = fileURLToPath(new URL('../bin/kanrecon.js', import.meta.url));
const synth = (out: string) => [
  'synth',
  '--out',
  out,
  '--shapes',
  '4',
  '--views',
  '1',
  '--size',
  '32',
  '--workers',
  '1',
];

/** Runs the program with nobody at the other end of the pipes named. */
function runUnread(args: string[], unread: ('stdout' | 'stderr')[], stdout: 'pipe' | number = 'pipe') {
  const env = { ...process.env, KANRECON_TFJS_NODE: '', DEBUG: '' };
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, env, stdio: ['ignore', stdout, 'pipe'] });
  for (const name of unread) child[name]?.destroy();
  let stderr = '';
  if (!unread.includes('stderr')) child.stderr?.on('data', (data) => (stderr += data));
  return new Promise<{ code: number | null; stderr: string }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stderr }));
  });
}

describe('when nobody reads the output', () => {
  it('a command that makes files finishes them', async () => {
    const first = await runUnread(synth('a'), ['stdout']);
    expect(first.stderr).not.toMatch(/EPIPE|\n\s+at /);
    expect(first.code).toBe(0);
    expect(existsSync(join(folder, 'a', 'synthesis.json'))).toBe(true);
    const second = await runUnread(synth('b'), ['stdout', 'stderr']);
    expect(second.code).toBe(0);
    expect(existsSync(join(folder, 'b', 'synthesis.json'))).toBe(true);
  });

  it('the others end quietly', async () => {
    expect(await runUnread(['backends', '--try', 'cpu', '--json'], ['stdout'])).toMatchObject({ code: 0 });
    expect(await runUnread(['--help'], ['stdout'])).toEqual({ code: 0, stderr: '' });
  });

  it.skipIf(!existsSync('/dev/full'))('a full disk is said in one sentence', async () => {
    const { stderr } = await runUnread(synth('c'), [], openSync('/dev/full', 'w'));
    expect(stderr).toContain('The output cannot be written: the disk is full.');
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(join(folder, 'c', 'synthesis.json'))).toBe(true);
  });
});
