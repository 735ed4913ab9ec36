import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { earliestStart, processStart } from '@kanrecon/files/node';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { lockFileName, lockRun } from './lock-run.js';

vi.mock('@kanrecon/files/node', { spy: true });

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kanrecon-lock-')));
const file = join(folder, lockFileName);
afterEach(() => {
  vi.mocked(processStart).mockReset();
  rmSync(file, { force: true, recursive: true });
});
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
        `process ${pid} is training in ${folder}, as ${file} says; expected a folder that nobody else trains in (delete that file if that process does not)`,
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
    ['whose number is another program’s by now', () => lockOf({ process: process.ppid, started: 'then', host })],
  ])('takes over a lock %s', (_, content) => {
    writeFileSync(file, content());
    lockRun(folder)();
    expect(existsSync(file)).toBe(false);
  });

  it('takes over a lock that is a folder, with what is in it', () => {
    mkdirSync(join(file, 'deeper'), { recursive: true });
    writeFileSync(join(file, 'deeper', 'a-file'), '');
    lockRun(folder)();
    expect(readdirSync(folder)).toEqual([]);
  });

  // Either side may not know: an earlier version wrote the number alone, and there is no telling on Windows or without /proc.
  describe.each([
    ['the lock', (pid: number) => `${pid}\n`, true],
    ['the lock, though it knows the computer,', (pid: number) => lockOf({ process: pid, host }), true],
    ['this computer', (pid: number) => lockOf({ process: pid, started: 'then', host }), false],
    ['nobody', (pid: number) => lockOf({ process: pid, host }), false],
  ])('where %s does not know when the process started', (_, content, known) => {
    const lock = (pid: number, age = 0) => {
      if (!known) vi.mocked(processStart).mockReturnValue(undefined);
      writeFileSync(file, content(pid));
      const then = Date.now() / 1000 - age;
      utimesSync(file, then, then);
    };
    const day = 86_400;

    it('keeps out of a folder in which a process of that number can be training, and says what to do', () => {
      besides((pid) => {
        lock(pid);
        expect(() => lockRun(folder)).toThrow(
          `process ${pid} is training in ${folder}, as ${file} says; expected a folder that nobody else trains in (delete that file if`,
        );
        expect(readFileSync(file, 'utf8')).toBe(content(pid));
        rmSync(file);
        lockRun(folder)();
      });
    });

    it('takes over a lock that is older than the process', () => {
      besides((pid) => {
        lock(pid, uptime() + day);
        lockRun(folder)();
        expect(existsSync(file)).toBe(false);
      });
    });

    it('tells another thread of this process from an earlier process with its number', () => {
      lock(process.pid);
      expect(() => lockRun(folder)).toThrow(`process ${process.pid} is training in ${folder}`);
      lock(process.pid, process.uptime() + 1);
      lockRun(folder)();
      expect(existsSync(file)).toBe(false);
    });

    it('takes over the lock of a process that is gone, and takes its own away', () => {
      lock(spawnSync(process.execPath, ['-e', '']).pid);
      const release = lockRun(folder);
      expect(JSON.parse(readFileSync(file, 'utf8')).process).toBe(process.pid);
      expect(() => lockRun(folder)).toThrow(`process ${process.pid} is training in ${folder}`);
      release();
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

  it.skipIf(spawnSync('ps').error)(
    'says the same whatever the language and time zone of who asks, where ps tells',
    () => {
      const { platform } = process;
      const told = (zone: string, language: string) => {
        vi.stubEnv('TZ', zone);
        vi.stubEnv('LC_ALL', language);
        return [processStart(process.ppid), earliestStart(process.ppid)] as const;
      };
      const exact = earliestStart(process.ppid);
      try {
        Object.defineProperty(process, 'platform', { value: 'darwin' });
        const [start, earliest] = told('Asia/Tokyo', 'C');
        expect(start).toMatch(/^\w{3} \w{3} +\d+ \d\d:\d\d:\d\d \d{4}$/);
        expect(told('America/Lima', 'fr_FR.UTF-8')).toEqual([start, earliest]);
        expect(Math.abs(earliest - exact)).toBeLessThan(2000);
      } finally {
        Object.defineProperty(process, 'platform', { value: platform });
        vi.unstubAllEnvs();
      }
    },
  );
});
