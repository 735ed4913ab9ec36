import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { DatasetError, splits } from '@kanrecon/dataset';
import { type ImportState, mapConcurrently, readImportState, writeImportState } from '@kanrecon/dataset/node';
import { explainNoRoom, makeFolder, removeTemporaryFiles } from '@kanrecon/files/node';
import type { ArchiveEntry } from '../archive/archive-reader.js';
import type { ArchiveLayout } from './find-layout.js';

const concurrentReads = 8;
/** Beside what is missing, for folders and file systems' own needs. */
const spareBytes = 2 ** 24;

/**
 * Finds out what an earlier import of the same archive has written already, and makes the folders. What is refused leaves nothing
 * behind.
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
  await makeFolder(out);
  // Before anything else is there: what is found beside it later is this import's.
  await writeImportState(out, state);
  const folders = new Set([...targets.values()].map((target) => dirname(join(out, target))));
  for (const folder of folders) {
    await makeFolder(folder);
    await removeTemporaryFiles(folder);
  }
  return missing;
}

async function refuseForeign(out: string): Promise<void> {
  for (const name of [...splits, 'synthesis.json']) {
    if (!(await holdsFiles(join(out, name)))) continue;
    throw new DatasetError(
      `importDataset: ${out} already holds a data set that was not imported (there is "${name}"); use another folder`,
    );
  }
}

/** Whether a path is anything but a folder with nothing in it, nor in the folders in it, or nothing at all. */
async function holdsFiles(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) return found !== undefined;
  for (const name of await readdir(path)) if (await holdsFiles(join(path, name))) return true;
  return false;
}

/**
 * Whether the file is there, whole: by size, and by checksum where the archive has one. Where it has none (tar, folders) a file with
 * a page of zeros is not taken for whole: a power cut leaves such.
 */
async function isThere(path: string, { size, crc32: expected }: ArchiveEntry): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size !== size) return false;
  const data = await readFile(path);
  return expected === undefined ? !hasEmptyPage(data) : crc32(data) === expected;
}

const pageBytes = 4096;
const emptyPage = Buffer.alloc(pageBytes);

/** Whether a page, or the last part of one, holds zeros only, as no page of an image or a text does. */
function hasEmptyPage(data: Buffer): boolean {
  for (let from = 0; from < data.length; from += pageBytes) {
    const page = data.subarray(from, from + pageBytes);
    if (page.equals(emptyPage.subarray(0, page.length))) return true;
  }
  return false;
}

async function refuseFullDisk(out: string, missing: ReadonlyMap<number, ArchiveEntry>): Promise<void> {
  if (missing.size === 0) return;
  let needed = spareBytes;
  for (const { size } of missing.values()) needed += size;
  const lack = await explainNoRoom(out, needed);
  if (lack) throw new DatasetError(`importDataset: the disk of ${out} has not enough room: ${lack}`);
}
