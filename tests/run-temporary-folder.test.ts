import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { setup } from './run-temporary-folder.js';
import { temporaryFolder } from './temporary-folder.js';

const ofChild = () =>
  execFileSync(process.execPath, ['-p', 'os.tmpdir()'], { encoding: 'utf8', env: process.env }).trim();

it('keeps temporary files of tests and of what they start in a folder of this run', () => {
  expect(basename(tmpdir())).toMatch(/^kanrecon-tests-\w{6}$/);
  expect(ofChild()).toBe(tmpdir());
  const folder = temporaryFolder();
  expect(dirname(folder)).toBe(tmpdir());
  rmSync(folder, { recursive: true });
});

it('takes that folder away with all that is in it, and leaves the environment as it was', () => {
  const before = tmpdir();
  const environment = { ...process.env };
  const exits = process.listenerCount('exit');
  const remove = setup();
  const folder = tmpdir();
  expect(realpathSync(dirname(folder))).toBe(realpathSync(before));
  expect(ofChild()).toBe(folder);
  mkdirSync(join(temporaryFolder(), 'deep'));
  writeFileSync(join(folder, 'left'), '');
  remove();
  expect(existsSync(folder)).toBe(false);
  expect(tmpdir()).toBe(before);
  expect({ ...process.env }).toEqual(environment);
  expect(process.listenerCount('exit')).toBe(exits);
});
