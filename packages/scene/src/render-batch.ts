import { checkOptions, normalizeParameters, type OptionNames } from '@kanrecon/geometry';
import { checkBytes } from '@kanrecon/render';
import type { CameraTarget } from './camera-targets/camera-target.js';
import { cameraValues } from './camera-targets/camera-values.js';
import { drawShape } from './draw-shape.js';
import { drawView } from './draw-view.js';
import { refuseUnseen } from './refuse-unseen.js';
import { renderView } from './render-view.js';
import type { Scene } from './scene.js';

/** Images drawn for training, with their targets. */
export interface StreamBatch {
  /** Which batch of the stream, from 0. */
  readonly number: number;
  /** [n, size, size, 3], RGB, row-major. */
  readonly images: Uint8Array;
  /** Shape parameters scaled to [0, 1], in the surface's order, then the camera targets that were asked for, as `[n, k]`. */
  readonly targets: Float32Array;
}

/** Options of {@link renderBatch}. */
export interface RenderBatchOptions {
  /** An integer of up to 53 bits. */
  readonly seed: number;
  /** Which batch, from 0. */
  readonly batch: number;
  /** Number of images. */
  readonly batchSize: number;
  /** Width and height in pixels. */
  readonly imageSize: number;
  /** Receives the pixels when given: batchSize · imageSize² · 3 long. */
  readonly images?: Uint8Array;
  /** Receives the targets when given: batchSize · (number of parameters and of camera targets) long. */
  readonly targets?: Float32Array;
  /** What else of each view's camera is told among the targets; nothing when left out. */
  readonly cameraTargets?: readonly CameraTarget[];
}

const optionNames: OptionNames<RenderBatchOptions> = {
  seed: 1,
  batch: 1,
  batchSize: 1,
  imageSize: 1,
  images: 1,
  targets: 1,
  cameraTargets: 1,
};

/**
 * Draws one batch of fresh images: image i of batch b is the first view of shape b · batchSize + i of the data set with this seed. It
 * depends on the arguments alone, not on what was drawn before.
 *
 * @throws if an option is out of range; SurfaceError if an object cannot be drawn, or no pixel shows it
 */
export function renderBatch(scene: Scene, options: RenderBatchOptions): StreamBatch {
  checkOptions('renderBatch', options, optionNames);
  const { seed, batch, batchSize, imageSize, cameraTargets = [] } = options;
  if (options.images !== undefined) checkBytes('renderBatch', 'images', options.images);
  const { surface } = scene;
  const pixels = 3 * imageSize * imageSize;
  const parameters = surface.parameters.length;
  const width = parameters + cameraTargets.length;
  const images = options.images ?? new Uint8Array(batchSize * pixels);
  const targets = options.targets ?? new Float32Array(batchSize * width);
  for (let i = 0; i < batchSize; i++) {
    const number = batch * batchSize + i;
    const shape = drawShape(scene, seed, number);
    const out = images.subarray(i * pixels, (i + 1) * pixels);
    const view = drawView(scene, seed, number, 0);
    const rendering = renderView(scene, shape, view, { size: imageSize, out });
    refuseUnseen(surface, number, shape, rendering);
    const row = targets.subarray(i * width, (i + 1) * width);
    normalizeParameters(surface, shape.parameters, row.subarray(0, parameters));
    cameraValues(scene, cameraTargets, view.cameraAngles, row.subarray(parameters));
  }
  return { number: batch, images, targets };
}
