import '@tensorflow/tfjs-backend-cpu';
import { createPretrained, type FetchPretrainedOptions, fetchPretrained } from '../../src/index.js';

/** What the test asks of the page. */
const calls = {
  /** Published weights, without their bytes; or what was thrown. */
  async fetchLite0(options: FetchPretrainedOptions) {
    const told = { progress: [] as number[], retries: [] as string[] };
    try {
      const { bytes, ...rest } = await fetchPretrained('efficientNetLite0', {
        ...options,
        onProgress: (done, total) => told.progress.push(done / total),
        onRetry: (reason) => told.retries.push(reason),
      });
      return { ...rest, length: bytes.length, ...told };
    } catch (error) {
      const { name, code, message } = error as Error & { code?: string };
      return { error: { name, code, message }, ...told };
    }
  },

  /** Two at once. */
  fetchTwice: (options: FetchPretrainedOptions) => Promise.all([calls.fetchLite0(options), calls.fetchLite0(options)]),

  /** Aborts while it downloads. */
  async abort(options: FetchPretrainedOptions) {
    const stop = new AbortController();
    const running = fetchPretrained('efficientNetLite0', { ...options, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 300);
    return running.then(
      () => 'done',
      (error: Error) => error.message,
    );
  },

  /** Spoils what the cache holds. */
  async spoil(cache: string) {
    const store = await caches.open(cache);
    for (const request of await store.keys()) {
      const headers = { 'x-kanrecon-sha256': '0'.repeat(64) };
      await store.put(request, new Response(new Uint8Array(9), { headers }));
    }
  },

  async create(options: FetchPretrainedOptions) {
    const { model, loaded, mean, pretrained } = await createPretrained('efficientNetLite0', {
      ...options,
      imageSize: 32,
    });
    model.dispose();
    return { loaded: loaded.loaded, mean, cached: pretrained.cached };
  },
};

export type Calls = typeof calls;
Object.assign(self, { calls });
