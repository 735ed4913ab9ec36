import { readFile, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { DatasetError } from '../../dataset-error.js';
import { splits } from '../../sample.js';
import type { ArchiveEntry } from '../archive/archive-reader.js';
import { makeFolder } from '../make-folder.js';
import { mapConcurrently } from '../map-concurrently.js';
import { removeTemporaryFiles } from '../write-atomically.js';
import type { ArchiveLayout } from './find-layout.js';
import { type ImportState, readImportState, writeImportState } from './import-state.js';

const concurrentReads = 8;
/** Beside what is missing, for folders and file systems' own needs. */
const spareBytes = 2 ** 24;

/**
 * Makes the folders and finds out what an earlier import of the same archive has written already.
 *
 * @returns the entries that are missing, by index
 * @throws DatasetError if the folder holds something else, or the disk has not enough room
 */
export async function prepareImport(
  out: string,
  state: ImportState,
  { targets, taken }: ArchiveLayout,
  { signal }: { readonly signal?: AbortSignal },
): Promise<Map<number, ArchiveEntry>> {
  const earlier = await readImportState(out);
  if (earlier && earlier.listing !== state.listing) {
    throw new DatasetError(
      `importDataset: ${out} holds the import of another archive (${earlier.source}); use another folder, or delete this one first`,
    );
  }
  if (!earlier) await refuseForeign(out);
  await makeFolder(out);
  const folders = new Set([...targets.values()].map((target) => dirname(join(out, target))));
  for (const folder of folders) {
    await makeFolder(folder);
    await removeTemporaryFiles(folder);
  }
  const present = earlier
    ? await mapConcurrently(
        [...taken.values()],
        concurrentReads,
        (entry) => isThere(join(out, targets.get(entry.index)!), entry),
        signal,
      )
    : [];
  const missing = new Map([...taken].filter((_, i) => !present[i]));
  await refuseFullDisk(out, missing);
  await writeImportState(out, state);
  return missing;
}

async function refuseForeign(out: string): Promise<void> {
  for (const name of [...splits, 'synthesis.json']) {
    const there = await stat(join(out, name)).catch(() => undefined);
    if (!there) continue;
    throw new DatasetError(
      `importDataset: ${out} already holds a data set that was not imported (there is "${name}"); use another folder`,
    );
  }
}

/** Whether the file is there, whole: by size, and by checksum where the archive has one. */
async function isThere(path: string, { size, crc32: expected }: ArchiveEntry): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size !== size) return false;
  return expected === undefined || crc32(await readFile(path)) === expected;
}

async function refuseFullDisk(out: string, missing: ReadonlyMap<number, ArchiveEntry>): Promise<void> {
  let needed = spareBytes;
  for (const { size } of missing.values()) needed += size;
  if (missing.size === 0) return;
  // Not every file system can tell; then writing will.
  const free = await statfs(out).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => Number.POSITIVE_INFINITY,
  );
  if (free >= needed) return;
  throw new DatasetError(
    `importDataset: the disk of ${out} has not enough room: ${inGigabytes(needed)} are needed, ${inGigabytes(free)} are free`,
  );
}

function inGigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
