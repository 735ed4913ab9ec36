import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { removeTemporaryFiles, writeAtomically } from './write-atomically.js';

it('writes the whole file, or names the one that was wanted and leaves nothing behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kanrecon-write-'));
  const file = join(folder, 'file');
  await writeAtomically(file, 'one');
  await writeAtomically(file, 'two');
  expect(readFileSync(file, 'utf8')).toBe('two');
  const taken = join(folder, 'taken');
  mkdirSync(taken);
  await expect(writeAtomically(taken, 'three')).rejects.toMatchObject({ path: taken });
  const missing = join(folder, 'no', 'file');
  await expect(writeAtomically(missing, '')).rejects.toMatchObject({ code: 'ENOENT', path: missing });
  expect(readdirSync(folder).sort()).toEqual(['file', 'taken']);
  rmSync(folder, { recursive: true });
});

it.each([true, false])('writes text and bytes alike, durable: %s', async (durable) => {
  const folder = temporaryFolder();
  const file = join(folder, 'file');
  await writeAtomically(file, 'größer', { durable });
  expect(readFileSync(file, 'utf8')).toBe('größer');
  await writeAtomically(file, Uint8Array.of(0, 255), { durable });
  expect([...readFileSync(file)]).toEqual([0, 255]);
  await expect(writeAtomically(join(folder, 'no', 'x'), '', { durable })).rejects.toMatchObject({ code: 'ENOENT' });
  expect(readdirSync(folder)).toEqual(['file']);
  rmSync(folder, { recursive: true });
});

it('has the content on the disk before the file has its name, if it is to be durable', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'file');
  const any = await open(join(folder, 'any'), 'w');
  const handle = Object.getPrototypeOf(any) as FileHandle;
  await any.close();
  const seen: string[] = [];
  const sync = vi.spyOn(handle, 'sync').mockImplementation(async () => {
    seen.push(readFileSync(file, 'utf8'));
  });
  await writeAtomically(file, 'one');
  expect(sync).not.toHaveBeenCalled();
  await writeAtomically(file, 'two', { durable: true });
  expect(seen).toEqual(['one']);
  expect(readFileSync(file, 'utf8')).toBe('two');
  sync.mockRestore();
  rmSync(folder, { recursive: true });
});

it.each([
  ['ASCII', 'n'.repeat(250)],
  ['two bytes a letter', 'ö'.repeat(125)],
  ['four bytes a letter', '🙂'.repeat(62)],
])('takes names of 250 bytes: %s', async (_, name) => {
  const folder = temporaryFolder();
  await writeAtomically(join(folder, name), 'whole');
  expect(readdirSync(folder)).toEqual([name]);
  expect(readFileSync(join(folder, name), 'utf8')).toBe('whole');
  rmSync(folder, { recursive: true });
});

it('what a killed process has left is removed, and nothing else', async () => {
  const folder = temporaryFolder();
  const kept = ['.hidden', '.x.tmp', 'a.01234567.tmp', 'file'];
  for (const name of [...kept, '.file.0123abcd.tmp']) writeFileSync(join(folder, name), '');
  await removeTemporaryFiles(folder);
  expect(readdirSync(folder).sort()).toEqual(kept);
  rmSync(folder, { recursive: true });
});
