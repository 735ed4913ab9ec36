import { concat, reshape, slice, type Tensor, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import type { KANLayer } from '../kan-layer.js';

/** A layer's basis for one chunk of rows stays below this many numbers. */
const chunkNumbers = 2 ** 22;

/**
 * Samples of a layer's input as a table, with a check.
 *
 * @returns a tensor [rows, inputs] that the caller disposes of
 * @throws if the layer is not built or the last dimension is not its number of inputs
 */
export function inputTable(who: string, layer: KANLayer, samples: Tensor): Tensor2D {
  const { inputs } = layer;
  if (!layer.built || inputs === undefined) {
    throw new Error(`${who}: '${layer.name}' has no weights yet; expected it built, got it before build`);
  }
  if (samples.rank < 2 || samples.shape[samples.rank - 1] !== inputs) {
    throw new Error(
      `${who}: the samples do not fit '${layer.name}'; expected shape [rows, ${inputs}], got [${samples.shape}]`,
    );
  }
  return tidy(() => reshape(samples, [-1, inputs]));
}

/** The layer's outputs for a table of rows, a chunk at a time. */
export async function layerOutputs(layer: KANLayer, table: Tensor2D, numbersPerRow: number): Promise<Float32Array> {
  const rows = table.shape[0];
  const chunk = Math.max(1, Math.floor(chunkNumbers / numbersPerRow));
  const y = tidy(() => {
    const parts: Tensor[] = [];
    for (let begin = 0; begin < rows; begin += chunk) {
      // In a tidy of its own, so that a chunk's basis is gone before the next is made.
      parts.push(tidy(() => layer.apply(slice(table, [begin, 0], [Math.min(chunk, rows - begin), -1])) as Tensor));
    }
    return parts.length === 1 ? parts[0]! : concat(parts, 0);
  });
  try {
    return (await y.data()) as Float32Array;
  } finally {
    y.dispose();
  }
}
