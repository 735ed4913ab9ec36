import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { makeFolder } from './make-folder.js';

it('makes what is missing and tells the first of it', async () => {
  const root = temporaryFolder();
  expect(await makeFolder(join(root, 'a', 'b', 'c'))).toBe(join(root, 'a'));
  expect(statSync(join(root, 'a', 'b', 'c')).isDirectory()).toBe(true);
  expect(await makeFolder(join(root, 'a', 'b'))).toBeUndefined();
  writeFileSync(join(root, 'file'), '');
  await expect(makeFolder(join(root, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(root, 'file', 'x', 'y'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  rmSync(root, { recursive: true });
});

it.skipIf(!existsSync('/proc/self'))('ends where no folder can be made', async () => {
  await expect(makeFolder('/proc/x/y')).rejects.toMatchObject({ code: 'ENOTSUP', path: '/proc/x' });
});
