import type { DownloadErrorCode } from '@kanrecon/files/download';

/** Published weights that cannot be had: `code` says why. */
export class PretrainedError extends Error {
  override readonly name = 'PretrainedError';

  constructor(
    readonly code: DownloadErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
