import { type PruneResult, prune } from '@kanrecon/kan-layers';
import { drawShape, drawView, renderView } from '@kanrecon/scene';
import { dispose, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Sequential } from '@tensorflow/tfjs-layers';
import { ViewerError } from '../../image/viewer-error.js';
import type { LoadedNetwork } from '../loaded-network.js';
import { takeTurn } from '../take-turn.js';
import { edgesOf } from './edges-of.js';
import { headCopy } from './readable-head.js';

/** Images whose features show where the functions are used, at most; of large heads fewer, as each edge is looked at for each image. */
const mostImages = 60;
const fewestImages = 16;
const mostValues = 4e6;
/** Of images that no network was trained with. */
const seed = 2 ** 44 + 17;

/** A head that is looked into, whole or pruned. */
export interface OpenedHead {
  readonly network: LoadedNetwork;
  /** What is left of it. */
  readonly model: Sequential;
  /** All of it: the same where nothing was pruned. */
  readonly whole: Sequential;
  /** What the backbone makes of images of the network's scene: one row an image. */
  readonly features: readonly Float32Array[];
  /** What pruning has done; undefined of the whole head. */
  readonly pruned?: PruneResult;
}

// One head at a time is looked at; what was made for it is kept.
let whole: OpenedHead | undefined;
let cut: { readonly of: OpenedHead; readonly threshold: number; readonly head: OpenedHead } | undefined;

/**
 * Opens a network's head, without the edges that count for less than a threshold.
 *
 * @param threshold of the edges' scores; 0 takes none out
 * @param onImage told of each image that is drawn for it
 * @throws ViewerError if nothing would be left; the signal's reason
 */
export async function openHead(
  network: LoadedNetwork,
  threshold: number,
  signal: AbortSignal,
  onImage: (done: number, total: number) => void = () => {},
): Promise<OpenedHead> {
  // Another network may have come under the same name: a training went on, or a model was deleted and another opened.
  if (whole?.network !== network) {
    const opened = await openWhole(network, signal, onImage);
    forget();
    whole = opened;
  }
  if (threshold === 0) return whole;
  if (cut?.of === whole && cut.threshold === threshold) return cut.head;
  await takeTurn(signal);
  const pruned = pruneHead(whole, threshold);
  cut?.head.model.dispose();
  cut = { of: whole, threshold, head: { ...whole, model: pruned.model, pruned } };
  return cut.head;
}

function forget(): void {
  cut?.head.model.dispose();
  whole?.model.dispose();
  cut = undefined;
  whole = undefined;
}

async function openWhole(
  network: LoadedNetwork,
  signal: AbortSignal,
  onImage: (done: number, total: number) => void,
): Promise<OpenedHead> {
  const model = headCopy(network);
  try {
    return {
      network,
      model,
      whole: model,
      features: await drawFeatures(network, edgesOf(model), signal, onImage),
    };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** The features of images of the network's own scene. */
async function drawFeatures(
  { reconstructor, scene }: LoadedNetwork,
  edges: number,
  signal: AbortSignal,
  onImage: (done: number, total: number) => void,
): Promise<readonly Float32Array[]> {
  const count = Math.min(mostImages, Math.max(fewestImages, Math.floor(mostValues / edges)));
  const rows: Float32Array[] = [];
  for (let i = 0; i < count; i++) {
    const { image } = renderView(scene, drawShape(scene, seed, i), drawView(scene, seed, i, 0), {
      size: reconstructor.config.imageSize,
    });
    rows.push(await featuresOf(reconstructor, reconstructor.fit(image)));
    onImage(i + 1, count);
    await takeTurn(signal);
  }
  return rows;
}

/** What a backbone makes of one image. @param bytes [imageSize, imageSize, 3] */
export async function featuresOf(
  reconstructor: LoadedNetwork['reconstructor'],
  bytes: Uint8Array,
): Promise<Float32Array> {
  const input = reconstructor.imagesToTensor(bytes);
  const output = reconstructor.backbone.predict(input) as Tensor2D;
  try {
    return await output.data<'float32'>();
  } finally {
    dispose([input, output]);
  }
}

function pruneHead({ model, features }: OpenedHead, threshold: number): PruneResult {
  try {
    return prune(model, features, { edgeThreshold: threshold, nodeThreshold: threshold / nodeShare });
  } catch (cause) {
    if (!(cause instanceof Error && cause.message.includes('nothing would be left'))) throw cause;
    throw new ViewerError(`No edge counts for ${threshold} or more, so that nothing would be left; prune less.`, {
      cause,
    });
  }
}

/** As many times less than an edge may a node count, as by the defaults of `prune`. */
const nodeShare = 3;
