import { tensor, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { checkPositiveInteger } from '../check-positive-integer.js';
import { EfficientKAN, type EfficientKANArgs } from '../efficient-kan/efficient-kan.js';
import { makeLayer } from '../make-layer.js';
import { applyProjection } from './apply-projection.js';
import { type FunctionChange, functionChange } from './function-change.js';
import { layerOutputs } from './layer-rows.js';
import { nestedRidge, splineProjection } from './projection.js';
import { checkGrid, readGrid } from './write-grid.js';

/** What {@link refineGrid} gives: the new layer, and how far its function is from the old one's over all knots. */
export interface RefinedGrid extends FunctionChange {
  readonly layer: EfficientKAN;
}

/**
 * Makes a layer like the given one, with another number of grid intervals and the same function. The given layer stays as it is.
 * (It has to be another layer: weights change their shape, and an optimizer's moments belong to shapes. Use a new optimizer.)
 *
 * The new inner knots divide the old ones evenly, also where these follow samples. With a multiple of the old gridSize every old
 * knot is kept and the function is the same everywhere, to float32 rounding; otherwise it is fitted, as it is when the grid becomes
 * coarser. With the extrapolation 'zero' the outer knots, over which the splines fall to 0, stay where they are: inputs often lie there,
 * above all those of hidden layers. (pykan and efficient-kan make new, closer ones, and the function there another.) Then the grid is
 * not uniform any more, and cubic splines take the general recursion instead of the closed form, some six times as long for the basis.
 *
 * @param layer a built layer
 * @param gridSize intervals of the new grid
 * @returns the new layer, built, with the old one's name and configuration
 * @throws (rejects) if the layer is not built or the size is not a positive integer
 */
export async function refineGrid(layer: EfficientKAN, gridSize: number): Promise<RefinedGrid> {
  checkPositiveInteger('refineGrid: gridSize', gridSize);
  const { gridVariables: variables, inputs, units, splineOrder: order } = layer;
  if (!variables || inputs === undefined) {
    throw new Error(`refineGrid: '${layer.name}' has no weights yet; expected it built, got it before build`);
  }
  // Beyond the range, splines that do not end there go on as they are inside of it.
  const [outer, reach] = layer.extrapolation === 'zero' ? (['kept', 'knots'] as const) : (['even', 'range'] as const);
  const old = await readGrid(variables);
  const oldCount = old.knots.length / inputs;
  const newCount = gridSize + 2 * order + 1;
  const knots = new Float32Array(newCount * inputs);
  const coefficients = new Float32Array((gridSize + order) * inputs * units);
  // Most layers have the same knots for all inputs, and then one projection serves all.
  let last: { from: Float64Array; to: Float64Array; projection: Float64Array } | undefined;
  for (let i = 0; i < inputs; i++) {
    const from = Float64Array.from({ length: oldCount }, (_, j) => old.knots[j * inputs + i]!);
    if (!last || last.from.some((knot, j) => knot !== from[j])) {
      const to = dividedKnots(from, order, gridSize, outer);
      last = {
        from,
        to,
        projection: splineProjection(from, to, order, new Float64Array(0), nestedRidge, layer.extrapolation, reach),
      };
    }
    last.to.forEach((knot, j) => {
      knots[j * inputs + i] = knot;
    });
    applyProjection(last.projection, old.coefficients, coefficients, i, inputs, units);
  }
  checkGrid('refineGrid', { knots, coefficients }, inputs);

  const config = layer.getConfig() as unknown as EfficientKANArgs;
  const refined = makeLayer('refineGrid', EfficientKAN, { ...config, gridSize });
  refined.build([null, inputs]);
  tidy(() => {
    const values = layer.weights.map((weight) => {
      if (weight === variables.grid) return tensor(knots, [newCount, inputs]);
      if (weight === variables.spline) return tensor(coefficients, [gridSize + order, inputs, units]);
      return weight.read();
    });
    refined.setWeights(values);
  });
  return { layer: refined, ...(await compare(layer, refined, old.knots)) };
}

/**
 * Knots whose inner part divides the old one's into `gridSize`, evenly by the old knots' number.
 *
 * @param outer whether the knots beyond stay, or come as close as those inside
 */
function dividedKnots(knots: Float64Array, order: number, gridSize: number, outer: 'kept' | 'even'): Float64Array {
  const oldSize = knots.length - 1 - 2 * order;
  const result = new Float64Array(gridSize + 2 * order + 1);
  for (let j = 0; j <= gridSize; j++) {
    const whole = Math.floor((j * oldSize) / gridSize);
    // Of integers, so that an old knot is met exactly.
    const part = ((j * oldSize) % gridSize) / gridSize;
    const low = knots[order + whole]!;
    result[order + j] = Math.fround(part === 0 ? low : low + part * (knots[order + whole + 1]! - low));
  }
  if (outer === 'kept') {
    for (let j = 0; j < order; j++) {
      result[j] = knots[j]!;
      result[order + gridSize + 1 + j] = knots[order + oldSize + 1 + j]!;
    }
    return result;
  }
  for (let j = 1; j <= order; j++) {
    const below = ((knots[order]! - knots[order - 1]!) * oldSize) / gridSize;
    const above = ((knots[order + oldSize + 1]! - knots[order + oldSize]!) * oldSize) / gridSize;
    result[order - j] = Math.fround(knots[order]! - j * below);
    result[order + gridSize + j] = Math.fround(knots[order + oldSize]! + j * above);
  }
  return result;
}

/** Over points that fill all knots of every input, the outer ones too, each input in an order of its own. */
async function compare(old: EfficientKAN, refined: EfficientKAN, knots: Float32Array): Promise<FunctionChange> {
  const inputs = old.inputs!;
  const order = old.splineOrder;
  const last = old.gridSize + 2 * order;
  const rows = 8 * (Math.max(old.gridSize, refined.gridSize) + 2 * order);
  const points = new Float32Array(rows * inputs);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < inputs; i++) {
      const low = knots[i]!;
      const high = knots[last * inputs + i]!;
      points[r * inputs + i] = low + (((r + 0.5) / rows + i * 0.618034) % 1) * (high - low);
    }
  }
  const table = tensor2d(points, [rows, inputs]);
  try {
    const numbersPerRow = (Math.max(old.gridSize, refined.gridSize) + order) * inputs;
    const before = await layerOutputs(old, table, numbersPerRow);
    return functionChange(before, await layerOutputs(refined, table, numbersPerRow));
  } finally {
    table.dispose();
  }
}
