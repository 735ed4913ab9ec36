import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { removeEmptyFolders } from './remove-empty-folders.js';

it('goes up while folders are empty, as far as it is told', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'a', 'b', 'c'), { recursive: true });
  await removeEmptyFolders(join(root, 'a', 'b', 'c'), join(root, 'a', 'b'));
  expect(readdirSync(join(root, 'a'))).toEqual([]);
  mkdirSync(join(root, 'a', 'b'));
  writeFileSync(join(root, 'a', 'file'), '');
  await removeEmptyFolders(join(root, 'a', 'b'), root);
  expect(readdirSync(join(root, 'a'))).toEqual(['file']);
  await removeEmptyFolders(join(root, 'gone'), root);
  expect(existsSync(root)).toBe(true);
  rmSync(root, { recursive: true });
});
