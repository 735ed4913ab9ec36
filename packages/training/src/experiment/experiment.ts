import { type PartialReconstructorConfig, reconstructorConfigSchema } from '@kanrecon/model';
import * as v from 'valibot';
import { augmentations } from '../augmentation/augmentations.js';
import { scheduleNames, stepDecayDefaults } from '../loop/schedule-names.js';

const count = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
/** What `growth` leaves out. */
const growthDefaults = { share: 0.3 } as const;

const text = v.pipe(v.string(), v.minLength(1));

/** Images of a folder, in the layout of `@kanrecon/dataset`. */
const datasetSchema = v.strictObject({
  kind: v.literal('dataset'),
  /** The data set's folder; in a run's files relative to the run's folder where it can be. */
  folder: text,
});

/** Images drawn while training, none of them seen twice. */
const streamSchema = v.strictObject({
  kind: v.literal('stream'),
  /** Images an epoch; whole batches are drawn. */
  epochImages: count(1),
  /** Threads that draw. The images do not depend on it. */
  workers: v.optional(count(1, 64), 1),
  /** A data set to validate with; its scene is the one that is drawn. */
  folder: v.optional(text),
});

/** Images that the caller has, with a table of numbers: handed over beside the experiment, in memory. */
const tableSchema = v.strictObject({
  kind: v.literal('table'),
  /** There is none. */
  folder: v.optional(v.never()),
});

/** The shape of an experiment as a valibot schema; {@link Experiment} is its type. */
export const experimentSchema = v.strictObject({
  /** The network: backbone, head, image size. Its seed is the experiment's. */
  model: v.omit(reconstructorConfigSchema, ['seed']),
  /** Where images come from. */
  data: v.variant('kind', [datasetSchema, streamSchema, tableSchema]),
  /** Whether the network also learns what shows of the camera: more targets, behind the shape's parameters. */
  camera: v.optional(v.boolean(), false),
  /** What is done to training images. */
  augmentation: v.optional(v.array(v.picklist(augmentations)), []),
  /** AdamW's settings; `learningRate` is the schedule's highest. */
  optimizer: v.strictObject({
    learningRate: v.pipe(v.number(), v.finite(), v.gtValue(0)),
    /** The backbone's highest rate, where it is another than the head's: the schedule moves both alike. */
    backboneRate: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
    weightDecay: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0)), 0.01),
    /** Longest that the gradients' common norm may be; any length when left out. */
    clipNorm: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
    /**
     * How much of the weights' moving average stays at each step. Where it is given, that average is the network: it is validated and
     * saved.
     */
    averageDecay: v.optional(v.pipe(v.number(), v.minValue(0), v.ltValue(1))),
  }),
  /** Course of the learning rate. */
  schedule: v.optional(v.picklist(scheduleNames), 'cosine'),
  /** Of the schedule `step` alone; the study's where left out. */
  stepDecay: v.optional(
    v.strictObject({
      /** Epochs between two drops. */
      every: v.optional(count(1), stepDecayDefaults.every),
      /** Factor of each drop. */
      gamma: v.optional(v.pipe(v.number(), v.gtValue(0), v.ltValue(1)), stepDecayDefaults.gamma),
    }),
  ),
  /**
   * Smaller images to begin with: the first `share` of the epochs, divided evenly among `sizes`, has images of that many pixels, and the rest
   * images of the network's size, the last epoch always. Validated and saved is the network at its own size.
   */
  growth: v.optional(
    v.strictObject({
      /** From the smallest to the greatest, all below the network's. */
      sizes: v.pipe(v.array(count(32, 1023)), v.minLength(1), v.maxLength(16)),
      share: v.optional(v.pipe(v.number(), v.gtValue(0), v.ltValue(1)), growthDefaults.share),
    }),
  ),
  /** When training is done. */
  budget: v.strictObject({ epochs: count(1) }),
  /** Images a step. */
  batchSize: v.optional(count(1, 4096), 16),
  /** Of weights, order, augmentation, dropout and streamed images: the same seed gives the same numbers. */
  seed: v.optional(count(0, 0xffffffff), 1),
  /** Threads that share each batch. The numbers depend on it: through rounding, BatchNorm and dropout. */
  workers: v.optional(count(1, 64), 1),
});

/** All that a training's numbers depend on, but the images themselves. */
export interface Experiment extends v.InferOutput<typeof experimentSchema> {}

/** An {@link Experiment} with what has a default left out. */
export interface ExperimentOptions extends v.InferInput<typeof experimentSchema> {}

/** What the experiment's network is made from. */
export function modelOf({ model, seed }: Pick<Experiment, 'model' | 'seed'>): PartialReconstructorConfig {
  return { ...model, seed };
}
