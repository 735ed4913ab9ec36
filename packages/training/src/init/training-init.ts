import * as v from 'valibot';

const shape = v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0)));
const weight = { name: v.string(), shape };

/** The shape of a {@link TrainingInit} as a valibot schema. */
export const trainingInitSchema = v.object({
  /** The name of the network that the training began from, in the study's manner; or of the file with its backbone's weights. */
  name: v.string(),
  /** How many weights were taken over; a weight is a tensor. */
  taken: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  /** The others, which began anew; `there` is the shape of that network's weight of the same name, if it has one. */
  fresh: v.array(v.object({ ...weight, there: v.optional(shape) })),
  /** Weights of that network for which there was no place. */
  unused: v.array(v.object(weight)),
  /** Of a file: its checksum, hexadecimal. */
  sha256: v.optional(v.string()),
});

/** What a training began with that did not begin from random weights: names are `layer/weight`, or as the file has them. */
export interface TrainingInit extends v.InferOutput<typeof trainingInitSchema> {}
