import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { lockFileName, lockRun } from './lock-run.js';
import { processStart } from './process-start.js';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kanrecon-lock-')));
const file = join(folder, lockFileName);
afterEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

const host = hostname();
const lockOf = (holder: object) => `${JSON.stringify(holder)}\n`;

/** Of another process that lives until the work is done. */
function besides(work: (pid: number) => void): void {
  const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
  try {
    work(other.pid!);
  } finally {
    other.kill();
  }
}

describe('lockRun', () => {
  it('writes its process, when that started and where, and takes the lock away again', () => {
    const release = lockRun(folder);
    const { pid } = process;
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ process: pid, started: processStart(pid), host });
    release();
    expect(existsSync(file)).toBe(false);
  });

  it.each([
    ['', (pid: number) => lockOf({ process: pid, started: processStart(pid), host })],
    ['by an earlier version', (pid: number) => `${pid}\n`],
  ])('names the living process that holds it and the file, and leaves its lock alone %s', (_, content) => {
    besides((pid) => {
      writeFileSync(file, content(pid));
      expect(() => lockRun(folder)).toThrow(
        `process ${pid} is training in ${folder}; expected a folder that nobody else trains in (${file} says so)`,
      );
      expect(readFileSync(file, 'utf8')).toBe(content(pid));
    });
  });

  it('keeps another training of the same process out, until it is done, by whatever name of the folder', () => {
    const link = `${folder}-link`;
    symlinkSync(folder, link);
    try {
      for (const [one, other] of [
        [folder, folder],
        [folder, link],
        [link, folder],
      ] as const) {
        const release = lockRun(one);
        expect(() => lockRun(other)).toThrow(`process ${process.pid} is training in ${other}`);
        release();
      }
      lockRun(folder)();
    } finally {
      rmSync(link);
    }
  });

  it('does not know of processes on other computers, and leaves their locks alone', () => {
    const content = lockOf({ process: 4_000_000, started: 'then', host: 'elsewhere' });
    writeFileSync(file, content);
    expect(() => lockRun(folder)).toThrow(`process 4000000 on elsewhere is training in ${folder}`);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it.each([
    ['of a process that is gone', () => String(spawnSync(process.execPath, ['-e', '']).pid)],
    ['that a crash left empty', () => ''],
    ['that holds something else', () => '{"process": "me"}'],
    ['of an earlier process with our own number', () => lockOf({ process: process.pid, started: 'then', host })],
    ['of a container that started anew', () => `${process.pid}\n`],
    ['whose number is another program’s by now', () => lockOf({ process: process.ppid, started: 'then', host })],
  ])('takes over a lock %s', (_, content) => {
    writeFileSync(file, content());
    lockRun(folder)();
    expect(existsSync(file)).toBe(false);
  });

  it('takes over an old lock by its number alone, if the process is younger than the file', () => {
    besides((pid) => {
      writeFileSync(file, `${pid}\n`);
      const yesterday = Date.now() / 1000 - 86_400;
      utimesSync(file, yesterday, yesterday);
      lockRun(folder)();
      expect(existsSync(file)).toBe(false);
    });
  });
});

describe('processStart', () => {
  it('tells processes apart, and says the same of one whenever it is asked', () => {
    expect(processStart(process.pid)).toMatch(/\d/);
    expect(processStart(process.pid)).toBe(processStart(process.pid));
    besides((pid) => expect(processStart(pid)).not.toBe(processStart(process.ppid)));
    expect(processStart(spawnSync(process.execPath, ['-e', '']).pid)).toBeUndefined();
  });
});
