import { DownloadError, type RequestContext, requestPatience, type WantedFile } from '@kanrecon/files/download';
import type { BackboneName } from '../backbone-names.js';
import { readWeights } from '../weights/read-weights.js';
import { tensorList } from '../weights/tensor-list.js';
import { PretrainedError } from './pretrained-error.js';
import { type PretrainedWeights, pretrainedWeights, type WeightsName } from './pretrained-weights.js';

/** Options of fetching published weights, wherever they are kept. */
export interface PretrainedRequest {
  /** Which of the published weights. Default `imagenet`. */
  readonly weights?: WeightsName;
  /**
   * A mirror, in place of the publisher's server: the paths there are the same (`PretrainedWeights.path`). Where no whole checksum tells that
   * a file is the publisher's, what comes from a mirror is kept apart and taken for that mirror alone.
   */
  readonly baseUrl?: string;
  /** Whether nothing may be fetched: only what was kept is used. Default false. */
  readonly offline?: boolean;
  /** Told how many bytes are there, while they are fetched. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Told in a clause why something is tried again. */
  readonly onRetry?: (reason: string) => void;
  /** Stops at once. */
  readonly signal?: AbortSignal;
  /** In place of the platform's own. */
  readonly fetch?: typeof fetch;
  /** Attempts in a row without any progress before giving up. Default 5. */
  readonly attempts?: number;
  /** Wait before the second attempt, milliseconds; it doubles with each. Default 1000. */
  readonly retryDelayMs?: number;
  /** After so many milliseconds without a byte the connection counts as broken. Default 60,000. */
  readonly stallMs?: number;
}

/** Names of the options. */
export const requestOptionNames = {
  weights: 1,
  baseUrl: 1,
  offline: 1,
  onProgress: 1,
  onRetry: 1,
  signal: 1,
  fetch: 1,
  attempts: 1,
  retryDelayMs: 1,
  stallMs: 1,
} as const;

/** Published weights as they came. */
export interface PretrainedFile {
  /** Name of the file: `squeezenet1_1-b8a52dc0.pth`. */
  readonly name: string;
  /** All of it, for {@link loadWeights}. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of the bytes, hexadecimal. */
  readonly sha256: string;
  /** What that was compared with: the whole checksum, its first digits, or nothing, where none is known. */
  readonly verified: 'sha256' | 'sha256-prefix' | 'none';
  /** Whether nothing had to be fetched. */
  readonly cached: boolean;
  /** Where it is kept, if that is a folder. */
  readonly path?: string;
  /** What is known of them. */
  readonly weights: PretrainedWeights;
}

/** More than any of the files has, for those whose size is not known. */
const maxSize = 256 * 2 ** 20;

/**
 * What is to be fetched, and how.
 *
 * @returns `origin`: the mirror's address if a cache is to tell its file from the publisher's; undefined for the publisher's own, and where a
 *   whole checksum makes them the same
 */
export function pretrainedRequest(caller: string, name: BackboneName, options: PretrainedRequest) {
  const weights = pretrainedWeights(name, options.weights, caller);
  const { sha256, size, file, path, baseUrl: publishers } = weights;
  const { baseUrl = publishers, signal, onRetry } = options;
  const base = baseOf(caller, baseUrl);
  const url = new URL(path, base).href;
  const origin = sha256?.length === 64 || base === publishers ? undefined : base;
  const wanted: WantedFile = {
    ...{ url, name: file, maxSize },
    ...(sha256 ? { sha256 } : { explainWrong: (bytes) => explainOther(weights, bytes) }),
    ...(size && { size }),
  };
  const context: RequestContext = {
    // Called as a method of another object, a browser's own would refuse.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    ...requestPatience(caller, options),
    ...(signal && { signal }),
    ...(onRetry && { onRetry }),
  };
  return { weights, wanted, context, origin };
}

/** The folder that paths go on from. */
function baseOf(caller: string, baseUrl: string): string {
  const base = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!base || !/^https?:$/.test(base.protocol)) {
    throw new RangeError(
      `${caller}: baseUrl is no address; expected https://… or http://…, got ${JSON.stringify(baseUrl)}`,
    );
  }
  if (base.search || base.hash) {
    const rest = "expected none behind ? or #, since the file's path is set behind the address";
    throw new RangeError(`${caller}: baseUrl is wrong; ${rest}, got ${JSON.stringify(baseUrl)}`);
  }
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  // Without the marks of a query and a fragment that are empty.
  base.search = base.hash = '';
  return base.href;
}

/**
 * Why something is not these weights: a web page that a network puts in front of everything, say, or another network's. What numbers are in
 * it, nothing tells.
 */
function explainOther({ backbone, tensors }: PretrainedWeights, bytes: Uint8Array): string | undefined {
  try {
    const found = tensorList(readWeights(bytes));
    if (!tensors || (found.count === tensors.count && found.crc32 === tensors.crc32)) return undefined;
    const how = found.count === tensors.count ? 'names or shapes are others' : `expected ${tensors.count}`;
    return `its weights are not those of ${backbone} (${found.count} tensors beside the classifier; ${how})`;
  } catch (error) {
    return (error as Error).message.replace(/^\w+: /, '');
  }
}

/** What a cache or a server gave. */
export function pretrainedFile(
  weights: PretrainedWeights,
  { bytes, sha256, cached, path }: Pick<PretrainedFile, 'bytes' | 'sha256' | 'cached' | 'path'>,
): PretrainedFile {
  const known = weights.sha256?.length ?? 0;
  const verified = known === 64 ? 'sha256' : known > 0 ? 'sha256-prefix' : 'none';
  return { name: weights.file, bytes, sha256, verified, cached, ...(path !== undefined && { path }), weights };
}

/** What the downloader says, in this package's errors. */
export function inWords(caller: string, advice: string) {
  return (error: unknown): never => {
    if (!(error instanceof DownloadError)) throw error;
    const rest = error.code === 'offline' ? advice : '';
    throw new PretrainedError(error.code, `${caller}: ${error.message}${rest}`, { cause: error });
  };
}
