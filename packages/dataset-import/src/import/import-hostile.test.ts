import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import { rar4Bytes } from '../../test/archives/rar4-bytes.js';
import { rar5Bytes } from '../../test/archives/rar5-bytes.js';
import { tarBytes } from '../../test/archives/tar-bytes.js';
import type { TestEntry } from '../../test/archives/test-entry.js';
import { zipBytes } from '../../test/archives/zip-bytes.js';
import { archive, goodEntries, message, root } from '../../test/small-archive.js';
import { importDataset } from './import-dataset.js';

// Archives that are broken, hostile, or larger than they say, kind by kind.

describe('zip', () => {
  const last = goodEntries.findLastIndex(({ path }) => path.startsWith(root) && path.endsWith('.png'));
  const withLast = (change: Partial<TestEntry>) =>
    goodEntries.map((entry, i) => (i === last ? { ...entry, ...change } : entry));

  it.each([
    [12, /bzip2/],
    [14, /LZMA/],
    [99, /method 99/],
  ])('a method that cannot be read, %d, is found before anything is written', async (method, expected) => {
    const out = join(temporaryFolder(), 'new');
    const text = await message(importDataset(archive('zip', withLast({ method })), { out }));
    expect(text).toMatch(/\.png: it is compressed by .*unpack the archive with another program and import the folder/);
    expect(text).toMatch(expected);
    expect(existsSync(out)).toBe(false);
  });

  it('what is left out may be packed by any method', async () => {
    const path = archive('zip', [...goodEntries, { path: 'code/more.py', data: 'x', method: 12 }]);
    expect(await importDataset(path, { out: join(temporaryFolder(), 'new') })).toMatchObject({ written: 18 });
  });

  it('encryption of any kind is refused before anything is written', async () => {
    for (const flags of [0, 0x40, 0x2040]) {
      const out = join(temporaryFolder(), 'new');
      const text = await message(importDataset(archive('zip', withLast({ encrypted: true, flags })), { out }));
      expect(text).toMatch(/protected by a password/);
      expect(existsSync(out)).toBe(false);
    }
  });

  it('one part of several is told as such', async () => {
    const bytes = zipBytes(goodEntries);
    // The number of this part, in the record at the end.
    bytes[bytes.length - 22 + 4] = 1;
    const path = join(temporaryFolder(), 'data.zip');
    writeFileSync(path, bytes);
    expect(await message(importDataset(path, { out: temporaryFolder() }))).toMatch(
      /one part of a zip archive in several/,
    );
  });

  it('sizes of 64 bits: real ones are read; hostile, wrong and missing ones refused before anything is written', async () => {
    const attempt = async (change: Partial<TestEntry>) => {
      const out = join(temporaryFolder(), 'new');
      const text = await message(importDataset(archive('zip', withLast(change)), { out }));
      expect(existsSync(out)).toBe(text === 'imported');
      return text;
    };
    expect(await attempt({ zip64: 'sizes' })).toBe('imported');
    expect(await attempt({ zip64: 'sizes', deflate: true, size: 2 ** 52 })).toMatch(
      /\.png: up to here .*expected at most/,
    );
    expect(await attempt({ zip64: 'sizes', size: 2 ** 40 })).toMatch(/damaged/);
    expect(await attempt({ zip64: 'missing' })).toMatch(/up to here .* declares 42949/);
  });
});

describe('tar', () => {
  const zeros = Buffer.alloc(2 ** 26);

  it('what lies behind the end is read as far as an archive is filled up, and no further', async () => {
    const tar = tarBytes(goodEntries);
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.tar'), tar);
    // Sparse: it takes no room on the disk.
    truncateSync(join(folder, 'a.tar'), 2 ** 36);
    // More than is read, and damaged where that should not be seen.
    const packed = Buffer.concat([gzipSync(tar), ...[0, 1, 2].map(() => gzipSync(zeros))]);
    packed[packed.length - 8] ^= 1;
    writeFileSync(join(folder, 'a.tgz'), packed);
    for (const name of ['a.tar', 'a.tgz']) {
      const before = process.cpuUsage();
      const out = join(folder, `${name}-out`);
      expect(await importDataset(join(folder, name), { out })).toMatchObject({ written: 18 });
      const { user, system } = process.cpuUsage(before);
      // The parser copied all that lay there for every further piece: 11 s.
      expect((user + system) / 1e6).toBeLessThan(4);
    }
  });

  it('headers without end are refused', async () => {
    const comment = ` comment=${'a'.repeat(900_000)}\n`;
    const pax = Buffer.from(`${comment.length + 6}${comment}`);
    const many = Array.from({ length: 30 }, (_, i) => ({ path: `PaxHeader/${i}`, data: pax, type: 'x' }));
    const path = archive('tar.gz', [...many, ...goodEntries]);
    expect(await message(importDataset(path, { out: join(temporaryFolder(), 'new') }))).toMatch(
      /it unpacks to more than its entries declare/,
    );
  });
});

describe('bombs', () => {
  const zeros = Buffer.alloc(40 * 2 ** 20);

  it('zip: declared', async () => {
    const path = archive('zip', [...goodEntries, { path: 'zeros', data: zeros, deflate: true }]);
    expect(await message(importDataset(path, { out: temporaryFolder() }))).toMatch(/zeros: it declares 41943040 bytes/);
  });

  it('zip: more than declared, found while unpacking', async () => {
    const name = `${root}/train/images/3DfORMULA_9_vers0.png`;
    const path = archive('zip', [...goodEntries, { path: name, data: zeros, deflate: true, size: 1000 }]);
    const out = join(temporaryFolder(), 'new');
    expect(await message(importDataset(path, { out }))).toMatch(/3DfORMULA_9_vers0\.png: it unpacks to more/);
    expect(readdirSync(join(out, 'train', 'images'))).not.toContain('3DfORMULA_9_vers0.png');
  });

  it('tar.gz', async () => {
    const path = archive('tar.gz', [...goodEntries, { path: 'zeros', data: zeros }]);
    expect(await message(importDataset(path, { out: temporaryFolder() }))).toMatch(/zeros: up to here .* its own size/);
  });

  it.each(['rar4', 'rar5'] as const)('%s: declared', async (format) => {
    const path = archive(format, [...goodEntries, { path: 'zeros', data: 'x', size: 2 ** 31 }]);
    expect(await message(importDataset(path, { out: temporaryFolder() }))).toMatch(
      /zeros: it declares 2147483648 bytes/,
    );
  });

  it.each(['rar4', 'rar5'] as const)('%s: more than declared, found while unpacking', async (format) => {
    const name = `${root}/train/images/3DfORMULA_9_vers0.png`;
    const path = archive(format, [...goodEntries, { path: name, data: zeros, size: 1000 }]);
    const text = await message(importDataset(path, { out: temporaryFolder() }));
    // The unpacker stops at the declared size by itself; then the checksum tells.
    expect(text).toMatch(/3DfORMULA_9_vers0\.png: its content is damaged/);
  });
});

describe('rar', () => {
  it.each([rar4Bytes, rar5Bytes])('volumes and encrypted headers are refused', async (maker) => {
    const path = join(temporaryFolder(), 'data.rar');
    writeFileSync(path, maker(goodEntries, { volume: true }));
    expect(await message(importDataset(path, { out: temporaryFolder() }))).toMatch(/one volume of a rar archive/);
    writeFileSync(path, maker(goodEntries, { encryptedHeaders: true }));
    expect(await message(importDataset(path, { out: temporaryFolder() }))).toMatch(/protected by a password/);
  });
});

it.each([
  ['rar 4', rar4Bytes, 'written'],
  ['rar 5', rar5Bytes, 'written'],
  ['zip', zipBytes, 'refused'],
] as const)('%s: what lies behind the end is not read', async (_, make, expected) => {
  const path = join(temporaryFolder(), 'data');
  writeFileSync(path, make(goodEntries));
  truncateSync(path, 2 ** 35);
  const before = process.cpuUsage();
  const text = await message(importDataset(path, { out: join(temporaryFolder(), 'new') }));
  // A zip archive's directory is at the end of the file, or it is damaged.
  expect(text).toMatch(expected === 'written' ? /^imported$/ : /truncated or damaged/);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(4);
});
