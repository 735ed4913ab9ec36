import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { writeSmallDataset } from '../../../../tests/small-dataset.js';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import { rar4Bytes } from '../../test/archives/rar4-bytes.js';
import { rar5Bytes } from '../../test/archives/rar5-bytes.js';
import { tarBytes } from '../../test/archives/tar-bytes.js';
import type { TestEntry } from '../../test/archives/test-entry.js';
import { zipBytes } from '../../test/archives/zip-bytes.js';
import { importDataset } from './import-dataset.js';

const makers = {
  zip: zipBytes,
  'tar.gz': (entries: readonly TestEntry[]) => gzipSync(tarBytes(entries)),
  tar: tarBytes,
  rar4: rar4Bytes,
  rar5: rar5Bytes,
} as const;
type Format = keyof typeof makers;
const formats = Object.keys(makers) as Format[];

/** Every file below a folder with its content, hidden ones left out. */
function filesOf(root: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'base64')]),
  );
}

const original = writeSmallDataset(temporaryFolder());
const originalFiles = filesOf(original);
const root = 'some/where/dataset_cilindro_spiralato';
const goodEntries: TestEntry[] = [
  { path: `${root}`, kind: 'folder' },
  ...Object.entries(originalFiles).map(([path, data]) => ({
    path: `${root}/${path}`,
    data: Buffer.from(data, 'base64'),
  })),
  { path: 'some/README.md', data: 'about' },
  { path: 'some/LICENSE', data: 'free' },
  { path: 'code/train.py', data: 'print()' },
  { path: `${root}/train/images/.DS_Store`, data: 'x' },
  { path: `${root}/train/images/Icon\r`, data: 'x' },
  { path: `__MACOSX/${root}/train/images/._3DfORMULA_0_vers0.png`, data: 'x' },
];

function archive(format: Format, entries: readonly TestEntry[]): string {
  const path = join(temporaryFolder(), `data.${format}`);
  writeFileSync(path, makers[format](entries));
  return path;
}

const message = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'imported',
    (error: Error) => {
      expect(error.name).toBe('DatasetError');
      return error.message;
    },
  );

describe.each(formats)('%s', (format) => {
  it('is imported, wherever the data set lies in it', async () => {
    const out = join(temporaryFolder(), 'new');
    const stages: string[] = [];
    const summary = await importDataset(archive(format, goodEntries), {
      out,
      onProgress: (stage, done, total) => {
        expect(done).toBeLessThanOrEqual(total);
        if (stages.at(-1) !== stage) stages.push(stage);
      },
    });
    expect(filesOf(out)).toEqual({
      ...originalFiles,
      'README.md': Buffer.from('about').toString('base64'),
      LICENSE: Buffer.from('free').toString('base64'),
    });
    expect(summary).toMatchObject({ written: 18, kept: 0, archiveRoot: root, leftOut: ['code/train.py'] });
    expect(summary.scan.counts).toEqual({ train: 6, val: 1, test: 1 });
    expect(summary.scan.problems).toEqual([]);
    expect(stages).toEqual(['list', 'unpack', 'check']);
  });

  it('goes on where it was interrupted, with the same result', async () => {
    const out = join(temporaryFolder(), 'new');
    const path = archive(format, goodEntries);
    const controller = new AbortController();
    const interrupted = importDataset(path, {
      out,
      signal: controller.signal,
      onProgress: (stage, done) => stage === 'unpack' && done === 4 && controller.abort(),
    });
    await expect(interrupted).rejects.toThrow(/abort/i);
    const there = Object.keys(filesOf(out));
    expect(there.length).toBeGreaterThanOrEqual(4);
    expect(there.length).toBeLessThan(18);
    // One of them is damaged meanwhile, and a killed process has left a temporary file.
    const damaged = there.find((name) => name.includes('images'))!;
    writeFileSync(join(out, damaged), Buffer.alloc(3));
    writeFileSync(join(out, 'train', 'labels', '.x.json.0123abcd.tmp'), 'half');
    const { written, kept } = await importDataset(path, { out });
    expect(written + kept).toBe(18);
    expect(kept).toBe(there.length - 1);
    expect(filesOf(out)).toMatchObject(originalFiles);
    expect(readdirSync(join(out, 'train', 'labels')).some((name) => name.endsWith('.tmp'))).toBe(false);
    expect(await importDataset(path, { out })).toMatchObject({ written: 0, kept: 18 });
  });

  const evil: [string, TestEntry | TestEntry[], RegExp][] = [
    ['a path out of it', { path: 'train/images/../../../evil.txt' }, /\.\.\/evil\.txt: its path leads out/],
    ['an absolute path', { path: '/etc/evil' }, /\/etc\/evil: its path is absolute/],
    ['a Windows path', { path: 'C:/evil.txt' }, /C:.evil\.txt: its path begins with a drive/],
    ['a symbolic link', { path: 'up', kind: 'symbolic link', target: '../..' }, /up: it is a symbolic link/],
    ['a device', { path: 'dev', kind: 'device' }, /dev: it is a device/],
    ['a name twice', [{ path: 'a/b.txt' }, { path: 'a/b.txt' }], /b\.txt: its name is there twice/],
    ['names of one case', [{ path: 'a/b.txt' }, { path: 'a/B.TXT' }], /B\.TXT: its name is the same file as a\/b\.txt/],
  ];
  it.each(evil)('is refused for %s, and nothing is written', async (_, bad, expected) => {
    const out = join(temporaryFolder(), 'new');
    const text = await message(importDataset(archive(format, [...goodEntries, bad].flat()), { out }));
    expect(text).toMatch(expected);
    expect(() => statSync(out)).toThrow();
  });

  it.runIf(format !== 'rar4' && format !== 'zip')('is refused for a hard link', async () => {
    const bad = { path: 'link', kind: 'hard link', target: '/etc/passwd' } as const;
    const text = await message(importDataset(archive(format, [...goodEntries, bad]), { out: temporaryFolder() }));
    expect(text).toContain('link: it is a hard link');
  });

  it.runIf(format !== 'rar4')('is refused for names that differ in Unicode form only', async () => {
    const bad = [{ path: 'caf\u00e9.txt' }, { path: 'cafe\u0301.txt' }];
    const text = await message(importDataset(archive(format, [...goodEntries, ...bad]), { out: temporaryFolder() }));
    expect(text).toMatch(/is the same file as/);
  });

  it.runIf(!format.startsWith('tar'))('is refused for a password', async () => {
    const bad = { path: 'secret.txt', data: 'x', encrypted: true };
    const text = await message(importDataset(archive(format, [...goodEntries, bad]), { out: temporaryFolder() }));
    expect(text).toMatch(/secret\.txt: it is protected by a password/);
  });

  it('truncated anywhere, is named as such', async () => {
    const whole = makers[format](goodEntries);
    for (const part of [0.3, 0.6, 0.98]) {
      const path = join(temporaryFolder(), 'data');
      writeFileSync(path, whole.subarray(0, Math.floor(whole.length * part)));
      expect(await message(importDataset(path, { out: join(temporaryFolder(), 'new') }))).toMatch(
        /(truncated|damaged|missing)( at byte \d+)?; (fetch it|the archive must be fetched) again \((nothing was|\d+ of \d+ files were) written/,
      );
    }
  });

  it.runIf(!format.startsWith('tar'))('damaged content is told by its entry', async () => {
    const [first] = goodEntries.filter(({ path }) => path.endsWith('.png'));
    const entries = goodEntries.map((entry) => (entry === first ? { ...entry, crc32: 12345 } : entry));
    const text = await message(importDataset(archive(format, entries), { out: temporaryFolder() }));
    expect(text).toMatch(
      new RegExp(
        `${first.path.split('/').at(-1)}.*: its content is damaged; the archive must be fetched again \\((nothing was|\\d+ of \\d+ files were) written`,
      ),
    );
  });

  it('too many, too large and too much are refused', async () => {
    const path = archive(format, goodEntries);
    const attempt = (limits: object) => message(importDataset(path, { out: join(temporaryFolder(), 'new'), limits }));
    expect(await attempt({ entries: 10 })).toMatch(/more than 10 entries/);
    expect(await attempt({ fileBytes: 500 })).toMatch(/\.png: it has \d+ bytes; expected at most 500/);
    expect(await attempt({ totalBytes: 1000 })).toMatch(
      /up to here the archive declares \d+ bytes; expected at most 1000/,
    );
  });
});

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

describe('a folder', () => {
  it('is imported like an archive, links are refused', async () => {
    const source = temporaryFolder();
    const inner = writeSmallDataset(join(source, 'deep'));
    for (const name of ['Icon\r', 'train/images/Icon\r', '__MACOSX']) writeFileSync(join(inner, name), '');
    const out = join(temporaryFolder(), 'new');
    expect(await importDataset(source, { out })).toMatchObject({ format: 'folder', archiveRoot: 'deep', written: 16 });
    expect(filesOf(out)).toEqual(originalFiles);
    expect(await message(importDataset(source, { out: join(source, 'x') }))).toMatch(/lie in each other/);
    symlinkSync(inner, join(source, 'again'));
    expect(await message(importDataset(source, { out: temporaryFolder() }))).toMatch(/again: it is a symbolic link/);
  });
});

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

it('reads what another tar writes', async () => {
  const folder = temporaryFolder();
  writeSmallDataset(join(folder, 'data'));
  const tar = join(folder, 'a.tgz');
  execFileSync('tar', ['czf', tar, '-C', folder, 'data']);
  const out = join(temporaryFolder(), 'new');
  await importDataset(tar, { out });
  expect(filesOf(out)).toEqual(originalFiles);
});
