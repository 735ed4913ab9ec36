import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { checkOptions } from '../check-options.js';
import { EfficientKAN } from '../efficient-kan/efficient-kan.js';
import { findLayers } from '../find-layers.js';
import { layerInputs, type ModelSamples } from './layer-inputs.js';
import { inputTable } from './layer-rows.js';
import { joinRows } from './update-grids.js';

/** What {@link countOutsideGrid} gives. */
export interface OutsideGridCount {
  /** Values looked at: rows × inputs. */
  readonly total: number;
  /** Values outside the grid's range, where the splines are no longer complete; NaN counts. */
  readonly outside: number;
  /** Those of them that are outside all knots, splineOrder steps further, where the splines are 0. */
  readonly beyondKnots: number;
  /** outside / total. */
  readonly fraction: number;
  /** The fraction for each input. */
  readonly perInput: Float64Array;
}

/**
 * Counts the inputs of a layer that its grid does not cover. Many of them say that it is time for `updateGrid`, or that what the
 * layer sees is not what it was trained on.
 *
 * @param layer a built layer
 * @param samples [rows, inputs], or any rank ≥ 2 that the layer takes
 * @throws (rejects) if the layer is not built or the samples have a wrong shape
 */
export async function countOutsideGrid(layer: EfficientKAN, samples: Tensor): Promise<OutsideGridCount> {
  const table = inputTable('countOutsideGrid', layer, samples);
  try {
    const [values, knots] = await Promise.all([table.data(), layer.gridVariables!.grid.read().data()]);
    const [rows, inputs] = table.shape;
    const count = knots.length / inputs;
    const perInput = new Float64Array(inputs);
    let outside = 0;
    let beyondKnots = 0;
    for (let i = 0; i < inputs; i++) {
      const knot = (j: number) => knots[j * inputs + i]!;
      const low = knot(layer.splineOrder);
      const high = knot(count - 1 - layer.splineOrder);
      let missed = 0;
      for (let r = 0; r < rows; r++) {
        const x = values[r * inputs + i]!;
        if (x >= low && x <= high) continue;
        missed++;
        if (!(x >= knot(0) && x <= knot(count - 1))) beyondKnots++;
      }
      outside += missed;
      perInput[i] = rows === 0 ? 0 : missed / rows;
    }
    const total = rows * inputs;
    return { total, outside, beyondKnots, fraction: total === 0 ? 0 : outside / total, perInput };
  } finally {
    table.dispose();
  }
}

/**
 * The same for every EfficientKAN of a model at once: the model runs on the samples and each layer's inputs are counted.
 *
 * @param samples inputs of the model, as for `predict`
 * @param options batchSize: rows that go through the model at a time (default 32)
 * @returns the count of each layer, by its name
 * @throws (rejects) if the model has no EfficientKAN
 */
export async function countOutsideGrids(
  model: LayersModel,
  samples: ModelSamples,
  options: { readonly batchSize?: number } = {},
): Promise<Record<string, OutsideGridCount>> {
  checkOptions('countOutsideGrids', options, { batchSize: 32 });
  const { batchSize = 32 } = options;
  const all = findLayers(model, (layer) => layer instanceof EfficientKAN);
  if (all.length === 0) {
    throw new Error(`countOutsideGrids: '${model.name}' has no EfficientKAN layer; expected at least one`);
  }
  const counts: Record<string, OutsideGridCount> = {};
  const inputs = layerInputs(model, all, samples, batchSize);
  try {
    for (const [layer, parts] of inputs) {
      const table = joinRows(parts);
      try {
        counts[layer.name] = await countOutsideGrid(layer, table);
      } finally {
        table.dispose();
      }
    }
  } finally {
    for (const parts of inputs.values()) for (const part of parts) part.dispose();
  }
  return counts;
}
