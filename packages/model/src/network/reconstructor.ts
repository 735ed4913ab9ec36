import {
  checkBytes,
  checkOptions,
  type FitImageOptions,
  fitImage,
  type InputImage,
  imageFitNames,
} from '@kanrecon/image';
import { countParameters } from '@kanrecon/kan-layers';
import { dispose, type Tensor, type Tensor4D, tensor4d, tidy, type Variable } from '@tensorflow/tfjs-core';
import { type LayersModel, type layers, model as layersModel } from '@tensorflow/tfjs-layers';
import { HEAD_PREFIX } from '../heads/build-head.js';
import { headOfConfig } from '../heads/head-of-config.js';
import type { DecodedTargets, HeadSpec } from '../heads/head-spec.js';
import { normalizeImages } from '../preprocessing/normalize-images.js';
import { denormalizeTargets } from '../targets/scale-targets.js';
import type { Target } from '../targets/target.js';
import type { ModelCard } from './model-card.js';
import { NonFinitePredictionError } from './non-finite-prediction-error.js';
import type { ReconstructorConfig } from './reconstructor-config.js';
import { reconstructorName } from './reconstructor-name.js';

type Layer = ReturnType<typeof layers.dense>;

/** Options of {@link Reconstructor.predictBatch}. */
export interface PredictBatchOptions {
  /** Images that go through the network at once; bounds the memory. */
  readonly batchSize?: number;
  /**
   * Runs the network in inference: by default `model.apply(input, { training: false })`, or something faster that does the same,
   * `fusedPredict` of @kanrecon/tfjs-wasm-training.
   */
  readonly apply?: (model: LayersModel, input: Tensor) => Tensor | Tensor[];
}

/** Options of {@link Reconstructor.predict}: how the image is fitted, where it is to be otherwise than in training, and clipping. */
export interface PredictOptions extends FitImageOptions {
  /** Moves values that lie outside their range to its nearer end. Without it they are given as the network found them. */
  readonly clip?: boolean;
}

/** What {@link Reconstructor.predict} found in one image. */
export interface Prediction {
  /** Value by target name, in its unit. */
  readonly parameters: Record<string, number>;
  /** The same scaled to [0, 1] over each range, in the targets' order. */
  readonly normalized: Float32Array;
  /** How sure the network is: each target's standard deviation on that scale. Of a head that says so (`uncertainty: 'gaussian'`). */
  readonly spread?: Float32Array;
  /** Whether the network's value, before any clipping, lies inside the range. */
  readonly inRange: Record<string, boolean>;
}

/** Used where an option is left out. */
export const batchDefaults: Required<PredictBatchOptions> = {
  batchSize: 32,
  apply: (model, input) => model.apply(input, { training: false }) as Tensor,
};

/** What a {@link Reconstructor} is made of. */
export interface ReconstructorParts {
  readonly config: ReconstructorConfig;
  readonly targets: readonly Target[];
  /** Input [batch, imageSize, imageSize, 3], output [batch, outputs]; head layers are named `head_…`. */
  readonly model: LayersModel;
  /** What the outputs mean; the head that the configuration names when left out. */
  readonly spec?: HeadSpec;
  readonly card?: ModelCard;
}

/**
 * A network that reads named numbers off an image: CNN backbone, then a head whose outputs say each target, scaled to [0, 1]. Made by
 * `createReconstructor`, `fromArtifacts` or `loadReconstructor`; runs on whatever TensorFlow.js backend is set. `model` is a plain
 * tf.LayersModel and may be used as such.
 */
export class Reconstructor {
  readonly config: ReconstructorConfig;
  /** The numbers that it predicts, with the ranges that it learned. */
  readonly targets: readonly Target[];
  readonly model: LayersModel;
  /** The head: what the outputs mean, and what training makes small. */
  readonly head: HeadSpec;
  /** What else is known of it. */
  readonly card: ModelCard;
  /** The study's name for it: `SQUEEZENET_DROP4_FOURIER_DROP_256`. */
  readonly name: string;
  /** Numbers in the network: those that training changes, and all (with moving statistics and fixed grids). */
  readonly parameterCount: { readonly trainable: number; readonly total: number };
  private backboneModel: LayersModel | undefined;
  private disposed = false;

  /** @throws if the model's input or output does not fit configuration and targets */
  constructor({ config, targets, model, spec = headOfConfig(config.head), card = {} }: ReconstructorParts) {
    this.config = config;
    this.targets = targets;
    this.model = model;
    this.head = spec;
    this.card = card;
    const { imageSize } = config;
    const input = model.inputs[0].shape.slice(1).join(' × ');
    const output = model.outputs[0].shape.slice(1).join(' × ');
    if (input !== `${imageSize} × ${imageSize} × 3` || output !== `${this.outputs}`) {
      throw new Error(
        `Reconstructor: the model does not fit its configuration; expected input ${imageSize} × ${imageSize} × 3 and output ${this.outputs} (${targets.length} targets, head ${spec.name}), got ${input} and ${output}`,
      );
    }
    if (!config.trainBackbone) for (const layer of this.backboneLayers) layer.trainable = false;
    this.name = reconstructorName(config);
    this.parameterCount = countParameters(model);
  }

  /** Numbers that the network puts out for an image: one a target, or more where the head says more of each. */
  get outputs(): number {
    return this.head.outputs(this.targets.length);
  }

  /** The head's layers, from the features to the output. */
  get headLayers(): Layer[] {
    return this.model.layers.filter(({ name }) => name.startsWith(HEAD_PREFIX)) as Layer[];
  }

  /** The backbone's layers, the input among them. */
  get backboneLayers(): Layer[] {
    return this.model.layers.filter(({ name }) => !name.startsWith(HEAD_PREFIX)) as Layer[];
  }

  /** The backbone alone: normalised images to pooled features [batch, n]. It shares its weights with {@link model}. */
  get backbone(): LayersModel {
    this.backboneModel ??= layersModel({ inputs: this.model.inputs, outputs: this.headLayers[0].input });
    return this.backboneModel;
  }

  /** The variables that training changes, in a fixed order. */
  get trainableVariables(): Variable[] {
    return this.model.trainableWeights.map((weight) => weight.read() as Variable);
  }

  /** Bytes [n, imageSize, imageSize, 3] as the network's input. The caller disposes the tensor. */
  imagesToTensor(images: Uint8Array | Uint8ClampedArray): Tensor4D {
    const { imageSize, mean, std } = this.config;
    const count = this.countImages(images);
    return tensor4d(normalizeImages(images, { mean, std }), [count, imageSize, imageSize, 3]);
  }

  /**
   * Targets for a batch of images.
   *
   * @param images RGB bytes [n, imageSize, imageSize, 3], rows from the top
   * @returns normalised values [n, targets]: 0 and 1 are the ends of a target's range. Nothing is clipped.
   * @throws NonFinitePredictionError if the network's answer is no number; an Error if the images are no bytes or their number is no
   *   multiple of an image's, or `batchSize` is not a positive whole number
   */
  async predictBatch(images: Uint8Array | Uint8ClampedArray, options: PredictBatchOptions = {}): Promise<Float32Array> {
    checkOptions('Reconstructor.predictBatch', options, batchDefaults);
    return (await this.predictBatchWithSpread(images, options)).mean;
  }

  /**
   * The same with how sure the network is of each, where its head says so.
   *
   * @returns [n, targets] each, on the same scale: `mean`, as {@link predictBatch} gives it, and `spread`, standard deviations
   */
  async predictBatchWithSpread(
    images: Uint8Array | Uint8ClampedArray,
    options: PredictBatchOptions = {},
  ): Promise<DecodedTargets> {
    checkOptions('Reconstructor.predictBatchWithSpread', options, batchDefaults);
    const { batchSize = batchDefaults.batchSize, apply = batchDefaults.apply } = options;
    if (!Number.isInteger(batchSize) || batchSize < 1) {
      throw new Error(`Reconstructor: batchSize is wrong; expected a positive whole number, got ${batchSize}`);
    }
    const count = this.countImages(images);
    const bytes = images.length / Math.max(1, count);
    const raw = new Float32Array(count * this.outputs);
    for (let start = 0; start < count; start += batchSize) {
      const part = images.subarray(start * bytes, Math.min(count, start + batchSize) * bytes);
      const input = this.imagesToTensor(part);
      const output = tidy(() => apply(this.model, input) as Tensor);
      try {
        raw.set(await output.data<'float32'>(), start * this.outputs);
      } finally {
        dispose([input, output]);
      }
    }
    return this.decode(raw);
  }

  /**
   * What the network's outputs say of the targets.
   *
   * @param raw [n, outputs]
   * @throws NonFinitePredictionError if one is no number
   */
  decode(raw: Float32Array): DecodedTargets {
    const decoded = this.head.decode(raw, this.targets.length);
    for (const values of [decoded.mean, decoded.spread]) {
      const wrong = values?.findIndex((value) => !Number.isFinite(value)) ?? -1;
      if (wrong < 0) continue;
      const { name } = this.targets[wrong % this.targets.length];
      throw new NonFinitePredictionError(name, values![wrong]);
    }
    return decoded;
  }

  /** An image of any size as the network was trained to see it: see `fitImage`. @returns bytes [imageSize, imageSize, 3] */
  fit(image: InputImage, options: FitImageOptions = {}): Uint8Array {
    checkOptions('Reconstructor.fit', options, imageFitNames);
    const { shorterSide, ...fit } = this.config.fit;
    // Of a crop, and so not of another padding that is asked for.
    const isCrop = (options.padding ?? fit.padding) === 'crop';
    return fitImage(image, this.config.imageSize, { ...fit, ...(isCrop && { shorterSide }), ...options });
  }

  /**
   * Targets of one image of any size, brought to the network's size as in training.
   *
   * @param image RGB or RGBA bytes (a canvas' ImageData will do)
   */
  async predict(image: InputImage, options: PredictOptions = {}): Promise<Prediction> {
    checkOptions('Reconstructor.predict', options, { ...imageFitNames, clip: false });
    const { clip = false, ...fit } = options;
    const { mean: raw, spread } = await this.predictBatchWithSpread(this.fit(image, fit));
    const inside = this.targets.map(({ name }, i) => [name, raw[i] >= 0 && raw[i] <= 1] as const);
    const normalized = clip ? raw.map((value) => Math.min(1, Math.max(0, value))) : raw;
    const parameters = denormalizeTargets(this.targets, normalized);
    for (const [name, value] of Object.entries(parameters)) {
      if (!Number.isFinite(value)) throw new NonFinitePredictionError(name, value);
    }
    return {
      parameters,
      normalized,
      ...(spread && { spread }),
      inRange: Object.fromEntries(inside),
    };
  }

  /** Frees the network's weights; a second call does nothing. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    for (const { weights } of this.model.layers) for (const weight of weights) weight.dispose();
  }

  private countImages(images: Uint8Array | Uint8ClampedArray): number {
    checkBytes('Reconstructor', 'the images', images);
    const { imageSize } = this.config;
    const bytes = 3 * imageSize * imageSize;
    if (images.length % bytes !== 0) {
      throw new Error(
        `Reconstructor: wrong number of bytes; expected a multiple of ${imageSize} × ${imageSize} × 3 = ${bytes}, got ${images.length}`,
      );
    }
    return images.length / bytes;
  }
}
