import { DownloadError } from './download-error.js';
import { type RequestContext, request, TryAgain } from './request.js';
import { explainWrongChecksum, type FoundChecksums, hasChecksum, type WantedFile } from './wanted-file.js';

/** Where a file's bytes go, and what is there already. */
export interface DownloadSink {
  /** Bytes that are there, from the file's beginning. */
  readonly have: number;
  /** The server's strong ETag of the version that they are of; undefined where it is not known or cannot be asked for. */
  readonly validator: string | undefined;
  /** Drops what is there: the file begins anew, as the version with this ETag. */
  begin(validator: string | undefined): Promise<void>;
  append(bytes: Uint8Array): Promise<void>;
  /** Of all that is there. */
  checksums(): Promise<FoundChecksums>;
}

/** How far a download is. */
export type OnDownloadProgress = (done: number, total: number) => void;

/**
 * Fetches a file into a sink. What a broken connection or an earlier call has left there is kept, and only the rest is asked for (Range);
 * with If-Range where the version is known, so that a file that was changed since comes whole. Where neither the version nor a checksum is
 * known, nothing is glued together: it begins anew. A file with a wrong checksum is fetched once more from the start.
 *
 * @returns the checksums of the file
 * @throws DownloadError; `signal.reason` when aborted; what the sink throws
 */
export async function download(
  file: WantedFile,
  sink: DownloadSink,
  context: RequestContext,
  onProgress?: OnDownloadProgress,
): Promise<FoundChecksums> {
  for (let again = false; ; again = true) {
    await transfer(file, sink, context, onProgress);
    const found = await sink.checksums();
    const wrong = explainWrongChecksum(file, found);
    if (wrong === undefined) return found;
    // What is resumed may have begun as another version of the file.
    await sink.begin(undefined);
    if (again) {
      throw new DownloadError('wrong-checksum', `${file.url} gives another file than was published: ${wrong}`);
    }
    context.onRetry?.(wrong);
  }
}

async function transfer(
  file: WantedFile,
  sink: DownloadSink,
  context: RequestContext,
  onProgress?: OnDownloadProgress,
): Promise<void> {
  const mayResume = () => sink.validator !== undefined || hasChecksum(file);
  if (sink.have > 0 && (!mayResume() || sink.have > (file.size ?? Number.POSITIVE_INFINITY)))
    await sink.begin(undefined);
  if (sink.have === file.size) return;
  const headers = (): Record<string, string> => ({
    // The file as it is: a packed answer would make other bytes of a range.
    'accept-encoding': 'identity',
    ...(sink.have > 0 && { range: `bytes=${sink.have}-` }),
    ...(sink.have > 0 && sink.validator && { 'if-range': sink.validator }),
  });
  // Progress is what no attempt had before: a server that ignores Range and always breaks off would be asked for ever.
  let furthest = sink.have;
  for (let complete = false; !complete; ) {
    complete = await request(file.url, { headers }, context, async (response, beat) => {
      const total = await beginAnswer(response, file, sink);
      if (total === 'complete') return true;
      const limit = total ?? file.maxSize;
      const gotOn = async () => {
        const before = furthest;
        furthest = Math.max(furthest, sink.have);
        return (await keep(sink, mayResume())) && furthest > before;
      };
      const reader = bodyOf(response).getReader();
      try {
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          beat();
          if (limit !== undefined && sink.have + part.value.length > limit) throw tooMuch(file, limit);
          await sink.append(part.value);
          onProgress?.(sink.have, total ?? sink.have);
        }
      } catch (error) {
        await reader.cancel().catch(() => {});
        if (!(error instanceof TypeError || error instanceof TryAgain)) throw error;
        throw new TryAgain('the connection was broken off', await gotOn(), { cause: error });
      }
      if (total === undefined || sink.have === total) return true;
      throw new TryAgain('the answer ended too early', await gotOn());
    });
  }
}

const unsized = 'does not say how long the file is, and no checksum of it is known,';

/** Whether what has come can be gone on from; what cannot is dropped. */
async function keep(sink: DownloadSink, mayResume: boolean): Promise<boolean> {
  if (mayResume) return true;
  await sink.begin(undefined);
  return false;
}

/**
 * Looks at an answer's head, and has the sink begin anew where it does not go on with what is there.
 *
 * @returns bytes of the whole file, if that is known; `complete` if all of it is there
 */
async function beginAnswer(
  response: Response,
  file: WantedFile,
  sink: DownloadSink,
): Promise<number | 'complete' | undefined> {
  const { status, headers } = response;
  const etag = headers.get('etag') ?? undefined;
  const validator = etag?.startsWith('W/') ? undefined : etag;
  const refuse = async (code: 'refused' | 'wrong-answer', what: string): Promise<never> => {
    await response.body?.cancel();
    throw new DownloadError(code, `the server ${what} for ${file.name} (${file.url})`);
  };
  if (status === 200) {
    await sink.begin(validator);
    // Of a packed answer it is another length.
    const said = headers.get('content-encoding') ? null : headers.get('content-length');
    const total = said === null ? undefined : Number(said);
    if (total === undefined && file.size === undefined && !hasChecksum(file)) {
      await refuse('wrong-answer', unsized);
    }
    if (total !== undefined && total > (file.size ?? file.maxSize ?? total)) {
      await response.body?.cancel();
      throw tooMuch(file, file.size ?? file.maxSize!);
    }
    if (total !== undefined && file.size !== undefined && total < file.size) {
      await refuse('wrong-answer', `sends ${total} bytes, fewer than the ${file.size} that were published,`);
    }
    return file.size ?? total;
  }
  const range = headers.get('content-range');
  if (status === 206 && sink.have > 0) {
    const [, start, whole] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(range ?? '') ?? [];
    const total = whole === undefined || whole === '*' ? undefined : Number(whole);
    // Some servers keep to Range and not to If-Range.
    if (sink.validator !== undefined && validator !== undefined && validator !== sink.validator) {
      await response.body?.cancel();
      await sink.begin(undefined);
      throw new TryAgain('the file was changed on the server');
    }
    // Browsers may hide the header; the checksum tells then.
    const fits = range === null ? hasChecksum(file) : Number(start) === sink.have;
    if (fits && total === undefined && file.size === undefined && !hasChecksum(file))
      await refuse('wrong-answer', unsized);
    if (fits && (file.size === undefined || total === undefined || total === file.size)) {
      return file.size ?? total;
    }
  }
  if (status === 416 && sink.have > 0) {
    await response.body?.cancel();
    if (range === `bytes */${sink.have}`) return 'complete';
    await sink.begin(undefined);
    throw new TryAgain('the server has no such part of the file');
  }
  if (status === 206) return refuse('wrong-answer', 'sends another part than was asked for');
  return refuse('refused', `answers with ${status}`);
}

function bodyOf(response: Response): ReadableStream<Uint8Array> {
  if (!response.body) throw new TryAgain('the answer is empty');
  return response.body;
}

function tooMuch({ url, size }: WantedFile, limit: number): DownloadError {
  const what = size === undefined ? 'that are taken at most' : 'that were published';
  return new DownloadError('wrong-answer', `${url} sends more than the ${limit} bytes ${what}`);
}
