import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { writeSmallDataset } from '../../../tests/small-dataset.js';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { rar4Bytes } from './archives/rar4-bytes.js';
import { rar5Bytes } from './archives/rar5-bytes.js';
import { tarBytes } from './archives/tar-bytes.js';
import type { TestEntry } from './archives/test-entry.js';
import { zipBytes } from './archives/zip-bytes.js';

/** Writers of archives, by what a file of them is called. */
export const makers = {
  zip: zipBytes,
  'tar.gz': (entries: readonly TestEntry[]) => gzipSync(tarBytes(entries)),
  tar: tarBytes,
  rar4: rar4Bytes,
  rar5: rar5Bytes,
} as const;
export type Format = keyof typeof makers;
export const formats = Object.keys(makers) as Format[];

/** Every file below a folder with its content, hidden ones left out. */
export function filesOf(root: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'base64')]),
  );
}

const original = writeSmallDataset(temporaryFolder());
/** A small data set's files, as {@link filesOf} gives them. */
export const originalFiles = filesOf(original);
/** Where it lies in {@link goodEntries}. */
export const root = 'some/where/dataset_cilindro_spiralato';
/** An archive of it, with what else people pack. */
export const goodEntries: TestEntry[] = [
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

/** Writes an archive. @returns its path */
export function archive(format: Format, entries: readonly TestEntry[]): string {
  const path = join(temporaryFolder(), `data.${format}`);
  writeFileSync(path, makers[format](entries));
  return path;
}

/** What an import says; `imported` where nothing is wrong. */
export const message = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'imported',
    (error: Error) => {
      expect(error.name).toBe('DatasetError');
      return error.message;
    },
  );
