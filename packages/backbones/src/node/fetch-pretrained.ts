import { createHash } from 'node:crypto';
import { downloadToCache } from '@kanrecon/files/node';
import type { BackboneName } from '../backbone-names.js';
import { checkOptions } from '../check-options.js';
import {
  inWords,
  type PretrainedFile,
  type PretrainedRequest,
  pretrainedFile,
  pretrainedRequest,
  requestOptionNames,
} from '../pretrained/pretrained-request.js';
import { weightsCacheFolder } from './weights-cache-folder.js';

/** Options of {@link fetchPretrained}. */
export interface FetchPretrainedOptions extends PretrainedRequest {
  /** Folder that keeps the files, which any number of processes may share; {@link weightsCacheFolder} when left out. */
  readonly cacheFolder?: string;
  /** Told when another process is found to be downloading the file, which is waited for. */
  readonly onWait?: () => void;
}

/**
 * Published weights of a backbone, from a folder that keeps them or else from their publisher: with `createPretrained` the only functions of
 * this package that use the network. The file is checked whenever it is read; a download that broke off is gone on with, in a later process
 * too.
 *
 * It uses the platform's `fetch`: a proxy works as far as that knows it (Node 24 and later with `NODE_USE_ENV_PROXY=1` and `HTTPS_PROXY`).
 *
 * @throws RangeError for a backbone without published weights, or a wrong option
 * @throws PretrainedError saying why they cannot be had; `signal.reason` when aborted; errors of the file system
 */
export async function fetchPretrained(
  name: BackboneName,
  options: FetchPretrainedOptions = {},
): Promise<PretrainedFile> {
  checkOptions('fetchPretrained', options, { ...requestOptionNames, cacheFolder: 1, onWait: 1 });
  const { weights, wanted, context, origin } = pretrainedRequest('fetchPretrained', name, options);
  const { cacheFolder = weightsCacheFolder(), offline = false, onProgress, onWait } = options;
  const found = downloadToCache(
    wanted,
    {
      folder: cacheFolder,
      fileName: fileNameOf(wanted.name, origin),
      offline,
      ...(onProgress && { onProgress }),
      ...(onWait && { onWait }),
    },
    context,
  );
  const advice = `; fetch it once without offline, or put ${wanted.url} there`;
  return pretrainedFile(weights, await found.catch(inWords('fetchPretrained', advice)));
}

/** `weights.from-0123456789abcdef.pth` for what a mirror says is `weights.pth`. */
function fileNameOf(name: string, origin: string | undefined): string {
  if (origin === undefined) return name;
  const mark = createHash('sha256').update(origin).digest('hex').slice(0, 16);
  return name.replace(/\.[^.]*$/, (ending) => `.from-${mark}${ending}`);
}
