import { rename, rm, stat } from 'node:fs/promises';
import { siblingPath } from '../sibling-path.js';
import { DownloadError } from './download-error.js';
import { type FileChecksums, FileSink, fileChecksums } from './file-sink.js';
import type { RequestContext } from './request.js';
import { download, type OnDownloadProgress } from './transfer.js';
import { explainWrongChecksum, type WantedFile } from './wanted-file.js';

/** Where a file goes. */
export interface DownloadFileOptions {
  /** It is written beside it, with `.part` at the end, and renamed when its checksum is right. */
  readonly path: string;
  readonly onProgress?: OnDownloadProgress;
}

/**
 * Downloads one file to a path that no other process writes to at the same time. What an interrupted call has left is kept and only the rest
 * asked for (Range); a server that sends everything all the same is listened to from the start. A file that is there already is only
 * checked.
 *
 * @returns the checksums of the file
 * @throws DownloadError if the file is not there, its checksum is wrong twice, the server cannot be reached, or another file is at the path;
 *   `signal.reason` when aborted; errors of the file system
 */
export async function downloadFile(
  file: WantedFile,
  { path, onProgress }: DownloadFileOptions,
  context: RequestContext,
): Promise<FileChecksums> {
  const whole = await sizeOf(path);
  if (whole !== undefined) {
    const sums = await fileChecksums(path, context.signal);
    if (whole === (file.size ?? whole) && explainWrongChecksum(file, sums) === undefined) {
      onProgress?.(whole, whole);
      return sums;
    }
    throw new DownloadError('wrong-checksum', `${path} is another file than the published one; delete or rename it`);
  }
  const part = partPath(path);
  const validator = siblingPath(path, '.part-version');
  const sink = await FileSink.open(part, validator, context.signal);
  let sums: FileChecksums;
  try {
    sums = (await download(file, sink, context, onProgress)) as FileChecksums;
  } catch (error) {
    await sink.close();
    if (error instanceof DownloadError && error.code === 'wrong-checksum') await rm(part, { force: true });
    throw error;
  }
  await sink.close();
  await rename(part, path);
  await rm(validator, { force: true });
  return sums;
}

/** Where a file is until it is whole. */
export function partPath(path: string): string {
  return siblingPath(path, '.part');
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}
