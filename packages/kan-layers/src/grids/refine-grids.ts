import { tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, type layers, models } from '@tensorflow/tfjs-layers';
import { checkPositiveInteger } from '../check-positive-integer.js';
import { EfficientKAN } from '../efficient-kan/efficient-kan.js';
import { findLayers, innerLayers } from '../find-layers.js';
import type { FunctionChange } from './function-change.js';
import { refineGrid } from './refine-grid.js';

/** What {@link refineGrids} gives. */
export interface RefinedGrids<M extends LayersModel> {
  /** A new model of the same kind, not compiled. */
  readonly model: M;
  /** Of each refined layer, by its name, how far its function is from the old one's: over all knots, not only the grid's range. */
  readonly changes: Record<string, FunctionChange>;
}

/**
 * Makes a model like the given one in which every EfficientKAN has another number of grid intervals and the same function, see
 * {@link refineGrid}; sequential, functional and nested. All other layers are copied with their weights, so that the given model
 * stays as it is and both can be disposed of. Compile the new one, with a new optimizer, before training it.
 *
 * @throws (rejects) if the model has no EfficientKAN or the size is not a positive integer
 */
export async function refineGrids<M extends LayersModel>(model: M, gridSize: number): Promise<RefinedGrids<M>> {
  checkPositiveInteger('refineGrids: gridSize', gridSize);
  if (findLayers(model, (layer) => layer instanceof EfficientKAN).length === 0) {
    throw new Error(`refineGrids: '${model.name}' has no EfficientKAN layer; expected at least one`);
  }
  const topology = model.toJSON(null, false) as Parameters<typeof models.modelFromJSON>[0];
  setGridSizes(topology, gridSize);
  const copy = (await models.modelFromJSON(topology)) as unknown as M;
  const changes: Record<string, FunctionChange> = {};
  try {
    await copyWeights(model, copy, gridSize, changes);
  } catch (error) {
    copy.dispose();
    throw error;
  }
  return { model: copy, changes };
}

/** Changes the serialised model in place. */
function setGridSizes(value: unknown, gridSize: number): void {
  if (typeof value !== 'object' || value === null) return;
  const { class_name: className, config } = value as { class_name?: string; config?: Record<string, unknown> };
  if (className === EfficientKAN.className && config) {
    config['grid_size'] = gridSize;
    return;
  }
  for (const inner of Object.values(value)) setGridSizes(inner, gridSize);
}

async function copyWeights(
  from: layers.Layer,
  to: layers.Layer,
  gridSize: number,
  changes: Record<string, FunctionChange>,
): Promise<void> {
  if (from instanceof EfficientKAN) {
    const { layer, ...change } = await refineGrid(from, gridSize);
    to.setWeights(layer.getWeights());
    for (const weight of layer.weights) weight.dispose();
    changes[from.name] = change;
    return;
  }
  const inner = innerLayers(from);
  const counterparts = innerLayers(to);
  if (inner.length === 0) {
    tidy(() => to.setWeights(from.getWeights()));
    return;
  }
  // By name: a functional model lists its layers in another order after loading.
  for (const [i, layer] of inner.entries()) {
    const counterpart = counterparts.find(({ name }) => name === layer.name) ?? counterparts[i]!;
    await copyWeights(layer, counterpart, gridSize, changes);
  }
}
