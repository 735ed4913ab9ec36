import type { Tensor } from '@tensorflow/tfjs-core';
import { checkOptions } from '../check-options.js';
import type { EfficientKAN } from '../efficient-kan/efficient-kan.js';
import { fillDefaults } from '../fill-defaults.js';
import { adaptiveKnots } from './adaptive-knots.js';
import { applyProjection } from './apply-projection.js';
import { type FunctionChange, functionChange, smallestGap } from './function-change.js';
import { inputTable, layerOutputs } from './layer-rows.js';
import { adaptiveRidge, splineProjection } from './projection.js';
import { checkGrid, readGrid, writeGrid } from './write-grid.js';

/** Options of {@link updateGrid}. */
export interface GridUpdateOptions {
  /** How far the grid reaches beyond the samples on both sides, in the input's units. Default 0.01. */
  readonly margin?: number;
  /** Share of a uniform grid that is mixed into the quantiles: 1 is uniform, 0 follows the samples alone. Default 0.02. */
  readonly gridEps?: number;
  /** Smallest distance of neighbouring knots, as a share of the uniform grid's step. Default 0.001. */
  readonly minGap?: number;
}

/** What {@link updateGrid} did. */
export interface GridUpdateReport extends FunctionChange {
  /** Inputs with a new grid. */
  readonly inputsChanged: number;
  /** Inputs that kept theirs because their samples are all alike and say nothing about where the grid should be. */
  readonly inputsKept: number;
  /** Smallest distance of neighbouring knots, over all inputs. */
  readonly minGap: number;
}

export const gridUpdateDefaults: Required<GridUpdateOptions> = { margin: 0.01, gridEps: 0.02, minGap: 1e-3 };

/**
 * Moves a layer's grid to where its inputs are and keeps its function: new knots from the samples' quantiles (those of
 * efficient-kan's `update_grid`), and coefficients fitted to the old function, in double precision. The `scale` weight stays as it
 * is. All or nothing: when it fails, the layer is as before. Do not train the layer until the promise is settled.
 *
 * The new splines are other splines, so the function is kept as well as they can: exactly where a polynomial of the splines'
 * order is, to a few tenths of a percent for a smooth function, and worse where the old one has detail (or ends: it falls to 0
 * beyond the old grid) at places that now have few knots. The report says by how much. Momentum that an optimizer keeps for the
 * coefficients goes on unchanged, as in the reference.
 *
 * @param layer a built layer
 * @param samples [rows, inputs], or any rank ≥ 2 that the layer takes: at least gridSize + 1 rows, all numbers finite
 * @throws (rejects) if samples are too few, not finite or of a wrong shape, or an option is out of range
 */
export async function updateGrid(
  layer: EfficientKAN,
  samples: Tensor,
  options: GridUpdateOptions = {},
): Promise<GridUpdateReport> {
  checkOptions('updateGrid', options, gridUpdateDefaults);
  const placement = checkedOptions(options);
  const table = inputTable('updateGrid', layer, samples);
  try {
    const { gridSize, splineOrder: order, units, extrapolation } = layer;
    const [rows, inputs] = table.shape;
    const values = await table.data();
    checkSamples(values, rows, inputs, gridSize);
    const variables = layer.gridVariables!;
    const old = await readGrid(variables);
    const numbersPerRow = (gridSize + order) * inputs;
    const before = await layerOutputs(layer, table, numbersPerRow);

    const knots = old.knots.slice();
    const coefficients = old.coefficients.slice();
    const column = new Float64Array(rows);
    let inputsChanged = 0;
    for (let i = 0; i < inputs; i++) {
      for (let r = 0; r < rows; r++) column[r] = values[r * inputs + i]!;
      column.sort();
      // Rounded to what the layer will hold, and fitted for that.
      const placed = adaptiveKnots(column, gridSize, order, placement)?.map(Math.fround);
      if (!placed) continue;
      inputsChanged++;
      placed.forEach((knot, j) => {
        knots[j * inputs + i] = knot;
      });
      const oldKnots = Float64Array.from({ length: placed.length }, (_, j) => old.knots[j * inputs + i]!);
      const projection = splineProjection(oldKnots, placed, order, column, adaptiveRidge, extrapolation);
      applyProjection(projection, old.coefficients, coefficients, i, inputs, units);
    }
    checkGrid('updateGrid', { knots, coefficients }, inputs);

    const result = { inputsChanged, inputsKept: inputs - inputsChanged, minGap: smallestGap(knots, inputs) };
    if (inputsChanged === 0) return { ...result, maxError: 0, rmsError: 0, relativeError: 0 };
    try {
      writeGrid(variables, { knots, coefficients });
      const change = functionChange(before, await layerOutputs(layer, table, numbersPerRow));
      if (!Number.isFinite(change.maxError)) {
        throw new Error(`updateGrid: '${layer.name}' gives ${change.maxError} as an error; expected finite outputs`);
      }
      return { ...result, ...change };
    } catch (error) {
      writeGrid(variables, old);
      throw error;
    }
  } finally {
    table.dispose();
  }
}

function checkedOptions(options: GridUpdateOptions): Required<GridUpdateOptions> {
  const all = fillDefaults(options, gridUpdateDefaults);
  const check = (name: keyof GridUpdateOptions, low: number, high: number) => {
    if (!(all[name] >= low && all[name] <= high)) {
      throw new Error(`updateGrid: ${name} is wrong; expected a number in [${low}, ${high}], got ${all[name]}`);
    }
  };
  check('margin', 0, Number.MAX_VALUE);
  check('gridEps', 0, 1);
  check('minGap', 0, 1);
  return all;
}

function checkSamples(values: ArrayLike<number>, rows: number, inputs: number, gridSize: number): void {
  if (rows <= gridSize) {
    throw new Error(
      `updateGrid: too few samples for ${gridSize} intervals; expected at least ${gridSize + 1} rows, got ${rows}`,
    );
  }
  for (let k = 0; k < values.length; k++) {
    if (!Number.isFinite(values[k])) {
      throw new Error(
        `updateGrid: a sample is not finite; expected numbers, got ${values[k]} in row ${Math.floor(k / inputs)}, input ${k % inputs}`,
      );
    }
  }
}
