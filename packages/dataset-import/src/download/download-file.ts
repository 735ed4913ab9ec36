import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { DatasetError } from '@kanrecon/dataset';
import { siblingPath, writeFully } from '@kanrecon/files/node';
import { type RequestContext, request, TryAgain } from './request.js';
import type { PublishedFile } from './zenodo-record.js';

/** Checksums of a file, hexadecimal. */
export interface Checksums {
  readonly md5: string;
  readonly sha256: string;
}

/** Options of {@link downloadFile}. */
export interface DownloadFileOptions {
  /** Where the file goes; it is written beside it, with `.part` at the end, and renamed when its checksum is right. */
  readonly path: string;
  /** Expected, if known, beside the record's own MD5. */
  readonly sha256?: string;
  /** Told how many bytes are there. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Downloads one file. What an interrupted call has left is kept and only the rest asked for (Range); a server that sends everything
 * all the same is listened to from the start. A file that is there already is only checked.
 *
 * @returns the checksums of the file
 * @throws DatasetError if the file is not there, its checksum is wrong twice, or the server cannot be reached
 */
export async function downloadFile(
  file: PublishedFile,
  options: DownloadFileOptions,
  context: RequestContext,
): Promise<Checksums> {
  const { path } = options;
  const whole = await sizeOf(path);
  if (whole !== undefined) {
    const sums = await checksums(path, context.signal);
    if (whole === file.size && explainWrong(file, sums, options.sha256) === undefined) {
      options.onProgress?.(file.size, file.size);
      return sums;
    }
    throw new DatasetError(`downloadDataset: ${path} is another file than the published one; delete or rename it`);
  }
  const part = partPath(path);
  for (let again = false; ; again = true) {
    await transfer(file, part, options, context);
    const sums = await checksums(part, context.signal);
    const wrong = explainWrong(file, sums, options.sha256);
    if (wrong === undefined) {
      await rename(part, path);
      return sums;
    }
    // What is resumed may have begun as another version of the file: once more, from the start.
    await rm(part, { force: true });
    if (again) throw new DatasetError(`downloadDataset: ${file.url} gives another file than was published: ${wrong}`);
    context.onRetry?.(wrong);
  }
}

/** Where a file is until it is whole. */
export function partPath(path: string): string {
  return siblingPath(path, '.part');
}

async function transfer(
  file: PublishedFile,
  part: string,
  { onProgress }: DownloadFileOptions,
  context: RequestContext,
): Promise<void> {
  // Not "a": positions are ours, and what is too long is cut.
  const handle = await open(part, 'r+').catch(() => open(part, 'w+'));
  try {
    let have = Math.min((await handle.stat()).size, file.size);
    while (have < file.size) {
      const headers = (): Record<string, string> => ({
        // The file as it is: a packed answer would make other bytes of a range.
        'accept-encoding': 'identity',
        ...(have > 0 && { range: `bytes=${have}-` }),
      });
      await request(file.url, { headers }, context, async (response, beat) => {
        have = await startOf(response, have, file);
        const before = have;
        try {
          for await (const chunk of bodyOf(response)) {
            beat();
            await append(handle, chunk, have, file);
            have += chunk.length;
            onProgress?.(have, file.size);
          }
        } catch (error) {
          if (!(error instanceof TypeError || error instanceof TryAgain)) throw error;
          throw new TryAgain('the connection was broken off', have > before, { cause: error });
        }
        if (have < file.size) throw new TryAgain('the answer ended too early', have > before);
      });
    }
    await handle.truncate(file.size);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** At which byte an answer begins. */
async function startOf(response: Response, have: number, { url, name, size }: PublishedFile): Promise<number> {
  const { status } = response;
  if (status === 200) return 0;
  if (status === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
    const fits = range && Number(range[1]) === have && (range[2] === '*' || Number(range[2]) === size);
    if (fits) return have;
  }
  await response.body?.cancel();
  const what = status === 206 ? 'sends another part than was asked for' : `answers with ${status}`;
  throw new DatasetError(`downloadDataset: the server ${what} for ${name} (${url})`);
}

function bodyOf(response: Response): AsyncIterable<Uint8Array> {
  if (!response.body) throw new TryAgain('the answer is empty');
  return response.body as unknown as AsyncIterable<Uint8Array>;
}

async function append(handle: FileHandle, chunk: Uint8Array, at: number, file: PublishedFile): Promise<void> {
  if (at + chunk.length > file.size) {
    throw new DatasetError(`downloadDataset: ${file.url} sends more than the ${file.size} bytes that were published`);
  }
  await writeFully(handle, chunk, at);
}

function explainWrong(file: PublishedFile, sums: Checksums, sha256?: string): string | undefined {
  if (file.md5 && sums.md5 !== file.md5) return `the MD5 of ${file.name} is ${sums.md5}; expected ${file.md5}`;
  if (sha256 && sums.sha256 !== sha256.toLowerCase()) {
    return `the SHA-256 of ${file.name} is ${sums.sha256}; expected ${sha256.toLowerCase()}`;
  }
  return undefined;
}

async function checksums(path: string, signal?: AbortSignal): Promise<Checksums> {
  const md5 = createHash('md5');
  const sha256 = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) {
    md5.update(chunk);
    sha256.update(chunk);
  }
  return { md5: md5.digest('hex'), sha256: sha256.digest('hex') };
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}
