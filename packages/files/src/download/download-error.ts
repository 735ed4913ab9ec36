/**
 * - `unreachable`: all attempts failed on the way
 * - `refused`: the server answers that there is no such file, or that it gives none; or it is not trusted
 * - `wrong-answer`: it sends something else than was asked for, or another length than is known
 * - `wrong-checksum`: the file is another one than is expected
 * - `offline`: the file is not there, and nothing may be fetched
 */
export type DownloadErrorCode = 'unreachable' | 'refused' | 'wrong-answer' | 'wrong-checksum' | 'offline';

/** A file that cannot be had. The message is a clause that names the file's address or its server, and no function. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';

  constructor(
    readonly code: DownloadErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
