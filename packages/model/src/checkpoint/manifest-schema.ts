import * as v from 'valibot';
import type { ModelCard } from '../network/model-card.js';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());

const dataSummarySchema = v.object({
  byteLength: count,
  /** 64 hexadecimal digits. */
  sha256: v.string(),
});

/** Tells damaged data from sound ones. */
export interface DataSummary extends Readonly<v.InferOutput<typeof dataSummarySchema>> {}

const firstDataSummarySchema = v.object({ byteLength: count, crc32: v.string() });

/** What versions 1 and 2 had in the place of a {@link DataSummary}. */
export interface FirstDataSummary extends Readonly<v.InferOutput<typeof firstDataSummarySchema>> {}

const optimizerHeaderSchema = v.object({
  options: v.pipe(
    v.object({
      learningRate: finite,
      beta1: finite,
      beta2: finite,
      epsilon: finite,
      weightDecay: finite,
      exempt: v.picklist(['none', 'biasAndNorm']),
      clipNorm: v.optional(finite),
      /** There: each slot has the average behind its moments. */
      averageDecay: v.optional(finite),
    }),
    v.readonly(),
  ),
  iterations: count,
  slots: v.pipe(
    v.array(
      v.pipe(
        v.object({
          name: v.string(),
          shape: v.pipe(v.array(count), v.maxLength(6), v.readonly()),
          rateFactor: v.exactOptional(v.pipe(finite, v.minValue(0))),
        }),
        v.readonly(),
      ),
    ),
    v.readonly(),
  ),
});

/** An optimizer's state without its moments. */
export interface OptimizerHeader extends Readonly<v.InferOutput<typeof optimizerHeaderSchema>> {}

const summary = v.union([dataSummarySchema, firstDataSummarySchema]);

/** What is read of a manifest of any version, but for its configuration and targets, which have schemas of their own. */
export const manifestSchema = v.object({
  /** Data that this package carries and does not read. */
  card: v.record(v.string(), v.unknown()) as v.GenericSchema<unknown, ModelCard>,
  /** What an earlier version lacks is not checked. */
  files: v.pipe(
    v.object({
      'model.json': v.optional(summary),
      'weights.bin': summary,
      'optimizer.bin': v.optional(summary),
    }),
    v.readonly(),
  ),
  optimizer: v.optional(optimizerHeaderSchema),
});

/** The fields that {@link manifestSchema} is of. */
export interface ManifestFields extends Readonly<v.InferOutput<typeof manifestSchema>> {}
