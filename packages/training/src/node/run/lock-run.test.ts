import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lockFileName, lockRun } from './lock-run.js';

const folder = mkdtempSync(join(tmpdir(), 'kanrecon-lock-'));
const file = join(folder, lockFileName);
afterAll(() => rmSync(folder, { recursive: true }));

describe('lockRun', () => {
  it('writes its process and takes the lock away again', () => {
    const release = lockRun(folder);
    expect(readFileSync(file, 'utf8')).toBe(`${process.pid}\n`);
    release();
    expect(existsSync(file)).toBe(false);
  });

  it('names the living process that holds it, and leaves its lock alone', () => {
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    try {
      writeFileSync(file, `${other.pid}\n`);
      expect(() => lockRun(folder)).toThrow(`process ${other.pid} is training in ${folder}`);
      expect(readFileSync(file, 'utf8')).toBe(`${other.pid}\n`);
    } finally {
      other.kill();
      // It may live a moment longer, and would keep the next one out.
      rmSync(file);
    }
  });

  it('keeps another training of the same process out, until it is done', () => {
    const release = lockRun(folder);
    expect(() => lockRun(folder)).toThrow(`process ${process.pid} is training in ${folder}`);
    release();
    lockRun(folder)();
  });

  it.each([
    ['of a process that is gone', () => String(spawnSync(process.execPath, ['-e', '']).pid)],
    ['that a crash left empty', () => ''],
  ])('takes over a lock %s', (_, content) => {
    writeFileSync(file, content());
    lockRun(folder)();
    expect(existsSync(file)).toBe(false);
  });
});
