import { DownloadError, downloadBytes, explainWrongChecksum, sha256, type WantedFile } from '@kanrecon/files/download';
import type { BackboneName } from '../backbone-names.js';
import { checkOptions } from '../check-options.js';
import {
  inWords,
  type PretrainedFile,
  type PretrainedRequest,
  pretrainedFile,
  pretrainedRequest,
  requestOptionNames,
} from './pretrained-request.js';

/** Options of {@link fetchPretrained}. */
export interface FetchPretrainedOptions extends PretrainedRequest {
  /** Name of the browser's cache (Cache API) that keeps the file; null keeps nothing. Default `kanrecon-weights`. */
  readonly cache?: string | null;
}

const defaults = { cache: 'kanrecon-weights' } as const;

/** Beside a kept file: its checksum when it came. */
const checksumHeader = 'x-kanrecon-sha256';

type Found = Pick<PretrainedFile, 'bytes' | 'sha256' | 'cached'>;

/**
 * Published weights of a backbone, from the browser's cache or else from their publisher: the only function of this entry, beside
 * `createPretrained`, that uses the network. The file is checked whenever it is read. Where there is no Cache API, as in Node.js, nothing is
 * kept; there the function of the same name of `@kanrecon/backbones/node` keeps files in a folder.
 *
 * A page may fetch from another server only what that allows (CORS); a mirror of one's own is told by `baseUrl`.
 *
 * @throws RangeError for a backbone without published weights, or a wrong option
 * @throws PretrainedError saying why they cannot be had; `signal.reason` when aborted
 */
export async function fetchPretrained(
  name: BackboneName,
  options: FetchPretrainedOptions = {},
): Promise<PretrainedFile> {
  checkOptions('fetchPretrained', options, { ...requestOptionNames, ...defaults });
  const { weights, wanted, context, origin } = pretrainedRequest('fetchPretrained', name, options);
  const { cache = defaults.cache, offline = false, onProgress, signal } = options;
  const store = cache === null || typeof caches === 'undefined' ? undefined : await caches.open(cache);
  // By the publisher's address wherever the file came from, if its checksum tells that it is the publisher's.
  const key = new URL(weights.path, origin ?? weights.baseUrl).href;
  const find = async (): Promise<Found> => {
    const kept = store && (await readKept(store, key, wanted));
    if (kept) return kept;
    if (offline) {
      const what = store ? `${wanted.name} is not in the browser's cache ${cache}` : 'there is no cache here';
      throw new DownloadError('offline', `${what}, and nothing may be fetched`);
    }
    // Not in the browser's HTTP cache too, which would also go on with parts by itself.
    const uncached: typeof fetch = (input, init) => context.fetch(input, { ...init, cache: 'no-store' });
    const fetched = await downloadBytes(wanted, { ...context, fetch: uncached }, onProgress);
    const headers = { 'content-type': 'application/octet-stream', [checksumHeader]: fetched.sha256 };
    // A browser that has no room left fetches it again next time.
    await store?.put(key, new Response(fetched.bytes, { headers })).catch(() => {});
    return { ...fetched, cached: false };
  };
  const locks = store && globalThis.navigator?.locks;
  // Of several pages and workers one downloads.
  const found = locks ? locks.request(`${cache} ${key}`, signal ? { signal } : {}, find) : find();
  const advice = '; fetch it once without offline';
  return pretrainedFile(weights, await (found as Promise<Found>).catch(inWords('fetchPretrained', advice)));
}

/** What the cache holds, if that is sound; what is not is dropped. */
async function readKept(store: Cache, key: string, wanted: WantedFile): Promise<Found | undefined> {
  const kept = await store.match(key);
  if (!kept) return undefined;
  const bytes = new Uint8Array(await kept.arrayBuffer());
  const found = { sha256: await sha256(bytes) };
  const before = kept.headers.get(checksumHeader) ?? undefined;
  const isRight =
    bytes.length === (wanted.size ?? bytes.length) &&
    wanted.explainWrong?.(bytes) === undefined &&
    [wanted.sha256, before].every((one) => explainWrongChecksum({ ...wanted, sha256: one }, found) === undefined);
  if (isRight) return { bytes, ...found, cached: true };
  await store.delete(key);
  return undefined;
}
