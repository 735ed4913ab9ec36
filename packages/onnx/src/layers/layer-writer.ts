import type { GraphBuilder } from '../graph/graph-builder.js';

/** A value of the network: its name in the graph and its shape as TensorFlow.js has it, the batch first and the channels last. */
export interface Value {
  /** Of rank 4 the graph's own order is batch, channels, height, width. */
  readonly name: string;
  readonly shape: readonly (number | null)[];
}

/** A weight's numbers, row-major, in the shape that TensorFlow.js has. */
export interface WeightValues {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A layer to be written. */
export interface LayerToWrite {
  readonly graph: GraphBuilder;
  /** The layer's name and class. */
  readonly name: string;
  readonly kind: string;
  /** As its `getConfig` gives it. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: readonly Value[];
  /** Of its output. */
  readonly outputShape: readonly (number | null)[];
  /** By the last part of their names: `kernel`, `bias`. */
  readonly weights: Readonly<Record<string, WeightValues>>;
  /** Says that the layer is not covered, and why. @throws OnnxExportError */
  refuse(why: string): never;
}

/** Writes a layer's operations, as they are outside training. @returns the name of its output */
export type LayerWriter = (layer: LayerToWrite) => string;

/** The one input of a layer that must have so many axes. @throws OnnxExportError */
export function inputOfRank(layer: LayerToWrite, rank: number): Value {
  const [input] = layer.inputs;
  if (layer.inputs.length !== 1 || !input) layer.refuse(`it has ${layer.inputs.length} inputs; expected one`);
  if (input.shape.length !== rank) layer.refuse(`its input has ${input.shape.length} axes; expected ${rank}`);
  return input;
}

/** Refuses a setting of a layer that has another value than expected. @throws OnnxExportError */
export function expectSetting(layer: LayerToWrite, name: string, ...expected: unknown[]): void {
  const value = layer.config[name] ?? null;
  if (expected.some((one) => JSON.stringify(one) === JSON.stringify(value))) return;
  layer.refuse(
    `its ${name} is ${JSON.stringify(value)}; expected ${expected.map((one) => JSON.stringify(one)).join(' or ')}`,
  );
}

/** A row-major array with its axes in another order: axis i of the result is axis `axes[i]` of the source. */
export function permute({ data, shape }: WeightValues, axes: readonly number[]): Float32Array {
  const steps = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, side) => product * side, 1));
  const out = new Float32Array(data.length);
  const sides = axes.map((axis) => shape[axis]!);
  const index = new Array<number>(axes.length).fill(0);
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = data[from]!;
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const step = steps[axes[axis]!]!;
      from += step;
      if (++index[axis]! < sides[axis]!) break;
      from -= step * sides[axis]!;
      index[axis] = 0;
    }
  }
  return out;
}
