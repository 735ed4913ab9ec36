import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { EfficientKAN } from '../src/index.js';

/**
 * Makes a built EfficientKAN layer's edges the given functions over its grid: base 0, scale 1, and the splines' coefficients by least
 * squares, with a basis and a solver of the test's own.
 */
export function plant(layer: EfficientKAN, functions: (input: number, unit: number) => (x: number) => number): void {
  const { gridSize, splineOrder, gridRange, units } = layer;
  const inputs = layer.inputs!;
  const count = gridSize + splineOrder;
  const [low, high] = gridRange;
  const step = (high - low) / gridSize;
  const points = Array.from({ length: 40 * gridSize }, (_, k) => low + ((high - low) * (k + 0.5)) / (40 * gridSize));
  const rows = points.map((x) =>
    Array.from({ length: count }, (_, j) => cardinal((x - low) / step + splineOrder - j, splineOrder)),
  );
  const coefficients = new Float32Array(count * inputs * units);
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < units; o++) {
      const f = functions(i, o);
      const solution = leastSquares(rows, points.map(f));
      solution.forEach((value, g) => {
        coefficients[(g * inputs + i) * units + o] = value;
      });
    }
  }
  const set = (index: number, data: Float32Array, shape: number[]) => {
    const value: Tensor = tensor(data, shape);
    layer.weights[index]!.write(value);
    value.dispose();
  };
  set(0, new Float32Array(inputs * units), [inputs, units]);
  set(1, coefficients, [count, inputs, units]);
  set(2, new Float32Array(inputs * units).fill(1), [inputs, units]);
}

/** The spline on knots 0, 1, …, order + 1, by divided differences of (u − j)₊ᵏ. */
function cardinal(u: number, order: number): number {
  let total = 0;
  let binomial = 1;
  let factorial = 1;
  for (let k = 2; k <= order; k++) factorial *= k;
  for (let j = 0; j <= order + 1; j++) {
    total += (binomial * Math.max(u - j, 0) ** order) / factorial;
    binomial *= -(order + 1 - j) / (j + 1);
  }
  return u >= order + 1 ? 0 : total;
}

/** By the normal equations and Gauss's elimination with pivots. */
function leastSquares(rows: readonly number[][], y: readonly number[]): number[] {
  const n = rows[0]!.length;
  const m = Array.from({ length: n }, (_, i) => [
    ...Array.from({ length: n }, (_, j) => rows.reduce((s, row) => s + row[i]! * row[j]!, 0)),
    rows.reduce((s, row, k) => s + row[i]! * y[k]!, 0),
  ]);
  for (let i = 0; i < n; i++) {
    let p = i;
    for (let r = i + 1; r < n; r++) if (Math.abs(m[r]![i]!) > Math.abs(m[p]![i]!)) p = r;
    [m[i], m[p]] = [m[p]!, m[i]!];
    for (let r = 0; r < n; r++) {
      if (r === i) continue;
      const factor = m[r]![i]! / m[i]![i]!;
      for (let c = i; c <= n; c++) m[r]![c]! -= factor * m[i]![c]!;
    }
  }
  return m.map((row, i) => row[n]! / row[i]!);
}
