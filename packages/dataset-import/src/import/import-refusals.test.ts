import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import { archive, filesOf, goodEntries, message, originalFiles, root } from '../../test/small-archive.js';
import { importDataset } from './import-dataset.js';

// What is no archive of a data set, and places where none can be put.

describe('refusals', () => {
  it('nothing there, no archive, no data set, two data sets', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'out');
    expect(await message(importDataset(join(folder, 'none.zip'), { out }))).toMatch(/no such file or folder/);
    writeFileSync(join(folder, 'a.rar'), 'hello');
    expect(await message(importDataset(join(folder, 'a.rar'), { out }))).toMatch(/this is no rar, zip, tar or tar\.gz/);
    writeFileSync(join(folder, 'empty.zip'), '');
    expect(await message(importDataset(join(folder, 'empty.zip'), { out }))).toMatch(/the file is empty/);
    const other = archive('zip', [{ path: 'a.txt' }]);
    expect(await message(importDataset(other, { out }))).toMatch(/holds no data set; expected images train/);
    const two = [...goodEntries, ...goodEntries.map((entry) => ({ ...entry, path: `copy/${entry.path}` }))];
    expect(await message(importDataset(archive('zip', two), { out }))).toMatch(/holds 2 data sets/);
  });

  it("a folder with something else in it, or with another archive's import", async () => {
    const out = temporaryFolder();
    mkdirSync(join(out, 'val'));
    writeFileSync(join(out, 'val', 'mine.txt'), '');
    const path = archive('zip', goodEntries);
    expect(await message(importDataset(path, { out }))).toMatch(/already holds a data set that was not imported/);
    rmSync(join(out, 'val'), { recursive: true });
    await importDataset(path, { out });
    const other = archive('tar', goodEntries.slice(0, 5));
    expect(await message(importDataset(other, { out }))).toMatch(/holds the import of another archive \(data\.zip\)/);
  });

  it('goes on where a refused import has left folders behind, and leaves none itself', async () => {
    const out = temporaryFolder();
    mkdirSync(join(out, 'train', 'images'), { recursive: true });
    expect(await importDataset(archive('zip', goodEntries), { out })).toMatchObject({ written: 18 });
  });

  it.skipIf(!existsSync('/proc/self'))('a place where no folder can be made', async () => {
    const path = archive('zip', goodEntries);
    expect(await message(importDataset(path, { out: '/proc/x/y' }))).toMatch(/cannot write \/proc\/x: .*\(ENOTSUP\)/);
  });

  it('does not take zeros that a power cut has left for a file, where the archive has no checksums', async () => {
    const out = join(temporaryFolder(), 'new');
    const path = archive('tar', goodEntries);
    await importDataset(path, { out });
    const [name] = goodEntries
      .filter(({ path }) => path.endsWith('.png'))
      .map((entry) => entry.path.slice(root.length));
    writeFileSync(join(out, name), Buffer.alloc(statSync(join(out, name)).size));
    expect(await importDataset(path, { out })).toMatchObject({ written: 1, kept: 17 });
    expect(filesOf(out)).toMatchObject(originalFiles);
  });

  it('a file where a folder is needed', async () => {
    const out = join(temporaryFolder(), 'file');
    writeFileSync(out, '');
    expect(await message(importDataset(archive('zip', goodEntries), { out }))).toMatch(
      /cannot write .*: a file is in the way/,
    );
  });
});
