import { checkOptions, type OptionNames } from '@kanrecon/geometry';
import { computeFeatures, featureSize, type Reconstructor, sha256 } from '@kanrecon/model';
import { fastForward } from '../loop/fast-forward.js';
import { yieldToEvents } from '../loop/yield-to-events.js';
import type { LabelledImages } from '../source/labelled-images.js';
import { firstIndices } from '../source/training-images.js';
import { featureKey } from './feature-key.js';
import { type FeatureStore, memoryRows } from './feature-store.js';

/**
 * Images whose features are computed at once. Always the same ones together, whatever is there already, so that an interrupted
 * computation goes on to the same numbers.
 */
const together = 32;

/** Options of {@link cacheFeatures}. */
export interface CacheFeaturesOptions {
  /**
   * Where features are kept and looked for: those of the same backbone, preprocessing and images are not computed again, those of any
   * other are not taken. In memory, for this call alone, when left out.
   */
  readonly store?: FeatureStore;
  readonly onProgress?: (done: number, total: number) => void;
  /** Aborted, it throws the signal's reason; what the store has by then is kept. */
  readonly signal?: AbortSignal;
}

const optionNames: OptionNames<CacheFeaturesOptions> = { store: 1, onProgress: 1, signal: 1 };

/** Images that heads are trained on by their features. */
export interface CachedFeatures extends LabelledImages {
  /** [n, features], of the images at these indices. */
  features(indices: Uint32Array): Float32Array;
  /** Images whose features were computed, by this call; the others were in the store. */
  readonly computed: number;
  /** Frees what the store holds open. */
  close(): void;
}

/**
 * Runs a frozen backbone over all images once, so that heads can be trained on what comes out: an epoch then takes as long as the head
 * alone. The numbers are those of the uncached way within rounding (1e-5). For `trainExperiment` and runs there is nothing to call: a
 * backbone that is frozen, a fixed set of images and no augmentation are enough.
 *
 * @param reconstructor with a frozen backbone (`trainBackbone: false`); any head
 * @param images by index, 0 to `count` − 1
 * @throws if the backbone is trained; what the store throws; `signal.reason`
 */
export async function cacheFeatures(
  reconstructor: Reconstructor,
  images: LabelledImages,
  count: number,
  options: CacheFeaturesOptions = {},
): Promise<CachedFeatures> {
  checkOptions('cacheFeatures', options, optionNames);
  const { store, onProgress = () => {}, signal } = options;
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new Error(`cacheFeatures: count is wrong; expected a whole number of at least 1, got ${count}`);
  }
  if (reconstructor.config.trainBackbone) {
    throw new Error(
      'cacheFeatures: the backbone is trained, so its features change with every step; expected one that is frozen (trainBackbone: false)',
    );
  }
  const width = featureSize(reconstructor);
  const all = firstIndices(count);
  const chunks = Array.from({ length: Math.ceil(count / together) }, (_, i) =>
    all.subarray(i * together, (i + 1) * together),
  );
  onProgress(0, count); // to begin with, the images are read
  const rows = store
    ? await store.open(await keyOf(reconstructor, images, chunks, signal), count, width)
    : memoryRows(count, width);
  let computed = 0;
  try {
    for (const chunk of chunks) {
      signal?.throwIfAborted();
      const from = chunk[0]!;
      const to = from + chunk.length;
      if (!rows.has(from, to)) {
        const options = { batchSize: together, ...fastForward };
        await rows.write(from, await computeFeatures(reconstructor, images.readBatch(chunk), options));
        computed += chunk.length;
        onProgress(to, count);
        await yieldToEvents(); // lets an abort through
      }
    }
  } catch (error) {
    rows.close();
    throw error;
  }
  return {
    readBatch: (indices) => images.readBatch(indices),
    targets: (indices) => images.targets(indices),
    features: (indices) => rows.read(indices),
    computed,
    close: () => rows.close(),
  };
}

async function keyOf(
  reconstructor: Reconstructor,
  images: LabelledImages,
  chunks: readonly Uint32Array[],
  signal: AbortSignal | undefined,
): Promise<string> {
  const digests: string[] = [];
  for (const chunk of chunks) {
    signal?.throwIfAborted();
    digests.push(await sha256(images.readBatch(chunk)));
  }
  return featureKey(reconstructor, digests);
}
