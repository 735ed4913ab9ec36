import { createHash } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DownloadError } from '../download/download-error.js';
import { FileSink } from '../download/file-sink.js';
import type { RequestContext } from '../download/request.js';
import { download, type OnDownloadProgress } from '../download/transfer.js';
import { wait } from '../download/wait.js';
import { explainWrongChecksum, refuseWrong, type WantedFile } from '../download/wanted-file.js';
import { makeFolder } from '../make-folder.js';
import { siblingPath } from '../sibling-path.js';
import { writeAtomically } from '../write-atomically.js';
import { PartFolder } from './part-folder.js';

/** Options of {@link downloadToCache}. */
export interface CachedFileOptions {
  /** Folder of the cache, which any number of processes may share; made when it is not there. */
  readonly folder: string;
  /** Name of the file in it; `name` of the file when left out. */
  readonly fileName?: string;
  /** Whether to fetch nothing. Default false. */
  readonly offline?: boolean;
  readonly onProgress?: OnDownloadProgress;
  /** Told when another process is found to be downloading the file, which is waited for. */
  readonly onWait?: () => void;
}

/** A file of a cache. */
export interface CachedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly path: string;
  /** Whether nothing had to be fetched. */
  readonly cached: boolean;
}

/** A file that was right when it came and is not when it is read back, as on a broken disk, is fetched again once. */
const downloads = 2;

/** How often another process's download is looked at, milliseconds. */
const lookMs = 100;

/**
 * A file from a cache, downloaded into it if it is not there. It is checked whenever it is read: against what is known of it, and against
 * the checksum that was kept when it came (beside it, in the form of `sha256sum`). One that was damaged since is fetched again.
 *
 * Processes share the folder: one downloads while the others wait for it, and what it has left when it dies or gives up they go on with. A
 * file is in its place whole or not at all.
 *
 * @throws DownloadError, `offline` if the file is not there or damaged and nothing may be fetched, `wrong-checksum` if it is damaged again each
 *   time it has come; `signal.reason` when aborted; errors of
 *   the file system
 */
export async function downloadToCache(
  file: WantedFile,
  options: CachedFileOptions,
  context: RequestContext,
): Promise<CachedFile> {
  const { folder, fileName = file.name, offline = false, onProgress, onWait } = options;
  const { signal } = context;
  const path = join(folder, fileName);
  const found = await readSound(path, file);
  if (typeof found === 'object') return { ...found, cached: true };
  if (offline) {
    const what = found === undefined ? `${path} is not there` : `${path} is damaged (${found})`;
    throw new DownloadError('offline', `${what}, and nothing may be fetched`);
  }
  await makeFolder(folder);
  let waited = false;
  for (let done = 0; ; ) {
    signal?.throwIfAborted();
    const part = await PartFolder.claim(path);
    if (!part) {
      if (!waited) onWait?.();
      waited = true;
      await wait(lookMs, signal);
      continue;
    }
    try {
      // Another process may just have been done.
      const there = await readSound(path, file);
      if (typeof there === 'object') {
        await part.remove();
        return { ...there, cached: true };
      }
      const sha256 = await fetchInto(part, file, context, onProgress);
      if (file.explainWrong) refuseWrong(file, await readFile(part.content));
      await writeAtomically(checksumPath(path), `${sha256}  ${fileName}\n`);
      await rename(part.content, path);
    } catch (error) {
      // Somebody on another computer, to whom this process seemed dead, goes on with it.
      if (!signal?.aborted && done < downloads - 1 && (await part.isGone())) {
        await part.remove();
        done++;
        continue;
      }
      // What came whole and is something else is of no use to anybody.
      if (error instanceof DownloadError && error.code === 'wrong-answer') await part.remove();
      else await part.release();
      throw error;
    }
    await part.remove();
    const fetched = await readSound(path, file);
    if (typeof fetched === 'object') return { ...fetched, cached: false };
    done++;
    if (done === downloads) {
      const what = fetched === undefined ? 'is gone' : `is damaged (${fetched})`;
      const rest = `${downloads} times; is something else writing there, or is the disk broken?`;
      throw new DownloadError('wrong-checksum', `${path} ${what} right after it was downloaded, ${rest}`);
    }
  }
}

async function fetchInto(
  part: PartFolder,
  file: WantedFile,
  context: RequestContext,
  onProgress?: OnDownloadProgress,
): Promise<string> {
  const sink = await FileSink.open(part.content, part.version, context.signal);
  try {
    return (await download(file, sink, context, onProgress)).sha256;
  } finally {
    await sink.close();
  }
}

/** The file if it is sound; what is wrong with it; undefined if it is not there. */
async function readSound(path: string, file: WantedFile): Promise<Omit<CachedFile, 'cached'> | string | undefined> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (!bytes) return undefined;
  const digest = (algorithm: string) => createHash(algorithm).update(bytes).digest('hex');
  const sha256 = digest('sha256');
  if (file.size !== undefined && bytes.length !== file.size) {
    return `it has ${bytes.length} bytes; expected ${file.size}`;
  }
  const kept = await keptChecksum(path);
  const wrong =
    explainWrongChecksum(file, { sha256, ...(file.md5 && { md5: digest('md5') }) }) ??
    explainWrongChecksum({ ...file, md5: undefined, sha256: kept }, { sha256 });
  const unlike = wrong ?? file.explainWrong?.(bytes);
  return unlike ?? { bytes: bytes as Uint8Array<ArrayBuffer>, sha256, path };
}

/** What was kept when the file came; a file that somebody put there by hand has none. */
async function keptChecksum(path: string): Promise<string | undefined> {
  const text = await readFile(checksumPath(path), 'utf8').catch(() => '');
  return /^([0-9a-f]{64}) /.exec(text)?.[1];
}

function checksumPath(path: string): string {
  return siblingPath(path, '.sha256');
}
