import { execFileSync } from 'node:child_process';
import { readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSmallDataset } from '../../../../tests/small-dataset.js';
import { temporaryFolder } from '../../../../tests/temporary-folder.js';
import type { TestEntry } from '../../test/archives/test-entry.js';
import {
  archive,
  filesOf,
  formats,
  goodEntries,
  makers,
  message,
  originalFiles,
  root,
} from '../../test/small-archive.js';
import { importDataset } from './import-dataset.js';

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

it('reads what another tar writes', async () => {
  const folder = temporaryFolder();
  writeSmallDataset(join(folder, 'data'));
  const tar = join(folder, 'a.tgz');
  execFileSync('tar', ['czf', tar, '-C', folder, 'data']);
  const out = join(temporaryFolder(), 'new');
  await importDataset(tar, { out });
  expect(filesOf(out)).toEqual(originalFiles);
});
