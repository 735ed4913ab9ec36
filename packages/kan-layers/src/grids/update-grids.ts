import { concat, reshape, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { checkOptions } from '../check-options.js';
import { EfficientKAN } from '../efficient-kan/efficient-kan.js';
import { findLayers } from '../find-layers.js';
import { layerInputs, type ModelSamples } from './layer-inputs.js';
import { type GridUpdateOptions, type GridUpdateReport, gridUpdateDefaults, updateGrid } from './update-grid.js';
import { type GridNumbers, readGrid, writeGrid } from './write-grid.js';

/** Options of {@link updateGrids}. */
export interface GridsUpdateOptions extends GridUpdateOptions {
  /** Rows that go through the model at a time. Default 32. */
  readonly batchSize?: number;
}

/**
 * Updates the grid of every EfficientKAN in a model, see {@link updateGrid}, one after the other in the order of use: each sees its
 * inputs as they are after the layers before it were updated. Every layer must see at least gridSize + 1 rows.
 *
 * @param samples inputs of the model, as for `predict`
 * @returns the report of each layer, by its name
 * @throws (rejects) if the model has no EfficientKAN, or as updateGrid does; then all layers are as before
 */
export async function updateGrids(
  model: LayersModel,
  samples: ModelSamples,
  options: GridsUpdateOptions = {},
): Promise<Record<string, GridUpdateReport>> {
  checkOptions('updateGrids', options, { ...gridUpdateDefaults, batchSize: 32 });
  const { batchSize = 32, ...placement } = options;
  const all = findLayers(model, (layer) => layer instanceof EfficientKAN);
  if (all.length === 0) {
    throw new Error(`updateGrids: '${model.name}' has no EfficientKAN layer; expected at least one`);
  }
  const reports: Record<string, GridUpdateReport> = {};
  const waiting = new Set(all);
  const before = new Map<EfficientKAN, GridNumbers>();
  try {
    while (waiting.size > 0) {
      const inputs = layerInputs(model, [...waiting], samples, batchSize);
      const next = inputs.entries().next().value;
      // Layers that the model's outputs do not need see nothing and keep their grids.
      if (!next) break;
      try {
        const [layer, parts] = next;
        waiting.delete(layer);
        const table = joinRows(parts);
        try {
          before.set(layer, await readGrid(layer.gridVariables!));
          reports[layer.name] = await updateGrid(layer, table, placement);
        } finally {
          table.dispose();
        }
      } finally {
        for (const parts of inputs.values()) for (const part of parts) part.dispose();
      }
    }
  } catch (error) {
    for (const [layer, numbers] of before) writeGrid(layer.gridVariables!, numbers);
    throw error;
  }
  return reports;
}

/** One table [rows, inputs] of all parts. */
export function joinRows(parts: readonly Tensor[]): Tensor {
  return tidy(() => {
    const tables = parts.map((x) => reshape(x, [-1, x.shape[x.rank - 1]!]));
    return tables.length === 1 ? tables[0]! : concat(tables, 0);
  });
}
