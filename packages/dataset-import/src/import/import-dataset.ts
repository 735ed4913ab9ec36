import { basename, join, relative, resolve, sep } from 'node:path';
import { DatasetError } from '@kanrecon/dataset';
import { type DatasetScan, type ImportState, scanDataset, writeImportState } from '@kanrecon/dataset/node';
import { checkOptions, explainFileError } from '@kanrecon/files/node';
import { refusedEntry } from '../archive/archive-error.js';
import type { ArchiveEntry, ArchiveFormat, ArchiveReader } from '../archive/archive-reader.js';
import { openArchive } from '../archive/open-archive.js';
import { EntryGuard } from './entry-guard.js';
import { type ArchiveLayout, findLayout } from './find-layout.js';
import { type ImportLimits, importLimits } from './import-limits.js';
import { listingDigest } from './listing-digest.js';
import { prepareImport } from './prepare-import.js';
import { writeEntries } from './write-entries.js';

/** A stage of an import: the entries are looked at, the files are written, the labels are checked. */
export type ImportStage = 'list' | 'unpack' | 'check';

/** Options of {@link importDataset}. */
export interface ImportDatasetOptions {
  /** Folder of the new data set; made when it is not there. */
  readonly out: string;
  /** What an archive may hold at most; what is left out keeps its default. */
  readonly limits?: Partial<ImportLimits>;
  /** Told how far a stage is; `list` in entries or bytes, `unpack` in files, `check` in labels. */
  readonly onProgress?: (stage: ImportStage, done: number, total: number) => void;
  /** Stops after the file in work; the same call later goes on from there. */
  readonly signal?: AbortSignal;
}

/** What {@link importDataset} did. */
export interface ImportSummary {
  readonly format: ArchiveFormat;
  /** Folder in the archive that held train, val and test; empty for its top. */
  readonly archiveRoot: string;
  /** Files written now. */
  readonly written: number;
  /** Files that were there from an earlier, interrupted import. */
  readonly kept: number;
  /** Bytes of all files of the data set. */
  readonly bytes: number;
  /** Paths of files in the archive that do not belong to a data set and were left out. */
  readonly leftOut: readonly string[];
  /** The new data set, as `scanDataset` with `onInvalid: 'skip'` finds it. */
  readonly scan: DatasetScan;
}

/**
 * Makes a data set from an archive (rar, zip, tar, tar.gz, told by its content) or from a folder. The data set is found by its
 * files' names wherever it lies in there; images, labels, README, licence and `synthesis.json` are taken, the rest is left out.
 *
 * All entries are looked at before anything is written, and the whole archive is refused, with the entry named, for: paths that
 * lead out of it, absolute ones, links, devices, names that are there twice (also when they differ in case or Unicode form only),
 * passwords, and more content than {@link ImportLimits} allow, declared or found while unpacking. Files are written under a
 * temporary name and renamed, under names made here and never under an entry's own path. An interrupted import is finished by
 * the same call, which keeps files that are there with the right size and checksum; the result is the same.
 *
 * @throws DatasetError if the archive is refused, cannot be read or holds no data set, or if `out` holds something else or cannot
 *   be written; `signal.reason` when aborted
 */
export async function importDataset(source: string, options: ImportDatasetOptions): Promise<ImportSummary> {
  checkOptions('importDataset', options, { out: 1, limits: 1, onProgress: 1, signal: 1 });
  checkOptions('importDataset: limits', options.limits ?? {}, importLimits);
  const { out, onProgress, signal } = options;
  const limits = { ...importLimits, ...options.limits };
  signal?.throwIfAborted();
  const untouched = (error: unknown) => {
    throw withProgress(error, 'nothing was written');
  };
  const archive = await openArchive(source).catch(untouched);
  try {
    if (archive.format === 'folder') refuseNested(source, out);
    const layout = await listArchive(source, archive, limits, options).catch(untouched);
    for (const { path, size, unreadable } of layout.taken.values()) {
      if (unreadable !== undefined) throw refusedEntry(source, path, `it ${unreadable}`);
      if (size <= limits.fileBytes) continue;
      throw refusedEntry(source, path, `it has ${size} bytes; expected at most ${limits.fileBytes}`);
    }
    const state = stateOf(source, archive.format, layout);
    let done = 0;
    const total = layout.taken.size;
    try {
      const missing = await prepareImport(out, state, layout, options);
      const kept = total - missing.size;
      done = kept;
      onProgress?.('unpack', done, total);
      await writeEntries(out, archive, layout, missing, signal, () => onProgress?.('unpack', ++done, total));
      await writeImportState(out, { ...state, complete: true });
      const { format } = archive;
      const { root: archiveRoot, leftOut } = layout;
      const scan = await scanDataset(out, {
        onInvalid: 'skip',
        signal,
        onProgress: (read, labels) => onProgress?.('check', read, labels),
      });
      return { format, archiveRoot, written: missing.size, kept, bytes: state.bytes, leftOut, scan };
    } catch (error) {
      throw explained(error, out, done, total);
    }
  } finally {
    await archive.close();
  }
}

async function listArchive(
  source: string,
  archive: ArchiveReader,
  limits: ImportLimits,
  { onProgress, signal }: ImportDatasetOptions,
): Promise<ArchiveLayout> {
  const guard = new EntryGuard(source, archive.format, archive.size, limits);
  const entries: ArchiveEntry[] = [];
  const listed = archive.list({ signal, onProgress: (done, total) => onProgress?.('list', done, total) });
  for await (const entry of listed) {
    guard.check(entry);
    entries.push(entry);
  }
  return findLayout(source, entries);
}

function stateOf(source: string, archive: ArchiveFormat, { targets, taken }: ArchiveLayout): ImportState {
  let bytes = 0;
  for (const { size } of taken.values()) bytes += size;
  return {
    format: 1,
    source: basename(resolve(source)),
    archive,
    listing: listingDigest(targets, taken),
    files: taken.size,
    bytes,
    complete: false,
  };
}

function refuseNested(source: string, out: string): void {
  const contains = (outer: string, inner: string) => {
    const path = relative(resolve(outer), resolve(inner));
    return path === '' || !(path === '..' || path.startsWith(`..${sep}`) || resolve(path) === path);
  };
  if (!contains(source, out) && !contains(out, source)) return;
  throw new DatasetError(`importDataset: ${out} and ${source} lie in each other; expected a new folder elsewhere`);
}

/** Says of an archive that came damaged how far its import got. Archives that may do harm are best not tried again. */
function withProgress(error: unknown, progress: string): unknown {
  if (!(error instanceof DatasetError) || error.reason !== 'damaged-archive') return error;
  const [problem] = error.problems;
  return new DatasetError(
    'importDataset: unusable archive',
    [{ ...problem, message: `${problem.message} (${progress})` }],
    { cause: error },
  );
}

/** Errors of the file system while writing, in a sentence that says how to go on. */
function explained(error: unknown, out: string, done: number, total: number): unknown {
  const [are, were] = done === 1 ? ['is', 'was'] : ['are', 'were'];
  const written = `${done} of ${total} files ${were} written before, the same command with a sound archive goes on`;
  if (error instanceof DatasetError) return withProgress(error, done > 0 ? written : 'nothing was written');
  const reason = explainFileError(error);
  if (!reason) return error;
  const path = (error as NodeJS.ErrnoException).path ?? join(out);
  const resume = done > 0 ? `; ${done} of ${total} files ${are} there, the same command goes on` : '';
  return new DatasetError(`importDataset: cannot write ${path}: ${reason}${resume}`, [], { cause: error });
}
