import { type Tensor, tensor, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { backends, relativeError, useBackend } from '../../test/backends.js';
import { type EfficientKAN, type Extrapolation, efficientKAN, refineGrid, updateGrid } from '../index.js';

const modes = ['zero', 'clamp', 'linear'] as const;

/** One input, one unit, no base branch: the spline alone. */
function splineOf(extrapolation: Extrapolation, splineOrder: number, bent: boolean): EfficientKAN {
  const layer = efficientKAN({
    units: 1,
    seed: 3,
    scaleNoise: 20,
    extrapolation,
    splineOrder,
    baseInitializer: 'zeros',
    scaleInitializer: 'ones',
  });
  layer.build([null, 1]);
  const { grid } = layer.gridVariables!;
  if (bent) {
    grid.write(
      tensor(
        Float32Array.from(grid.read().dataSync(), (t) => t + 0.1 * Math.sin(2 * t)),
        grid.shape as number[],
      ),
    );
  }
  return layer;
}

const at = (layer: EfficientKAN, ...x: number[]) =>
  [...(layer.apply(tensor2d(x, [x.length, 1])) as Tensor).dataSync()] as number[];

describe.each(backends)('extrapolation on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each([
    [1, false],
    [1, true],
    [2, false],
    [3, false],
    [3, true],
  ])('order %i, bent knots %s: the same inside, constant or straight outside, without a jump', (order, bent) => {
    const [zero, clamp, linear] = modes.map((mode) => splineOf(mode, order, bent));
    const knots = zero!.gridVariables!.grid.read().dataSync();
    const [low, high] = [knots[order]!, knots[knots.length - 1 - order]!];
    const inside = [low + 1e-3, -0.4, 0.123, 0.77, high - 1e-3];
    const expected = at(zero!, ...inside);
    expect(relativeError(at(clamp!, ...inside), expected)).toBeLessThan(1e-5);
    expect(relativeError(at(linear!, ...inside), expected)).toBeLessThan(1e-5);
    const size = Math.max(...expected.map(Math.abs));
    for (const [end, sign] of [
      [low, -1],
      [high, 1],
    ] as const) {
      const [edge, near] = at(zero!, end - sign * 1e-5, end - sign * 0.011) as [number, number];
      for (const value of at(clamp!, end, end + sign * 0.5, end + sign * 100)) {
        expect(Math.abs(value - edge) / size).toBeLessThan(1e-3);
      }
      const [a, b, c] = at(linear!, end, end + sign * 1, end + sign * 2) as [number, number, number];
      expect(Math.abs(a - edge) / size).toBeLessThan(1e-3);
      expect(Math.abs(c - 2 * b + a) / Math.abs(c)).toBeLessThan(1e-4);
      // The slope just inside, by a difference that is short against the spline.
      const slope = (edge - near) / (0.011 - 1e-5);
      expect(Math.abs(b - a - slope) / (size + Math.abs(slope))).toBeLessThan(0.15);
    }
    expect(at(zero!, high + 50)).toEqual([0]);
  });

  it.each(modes)('a grid update keeps what the layer did outside: %s', async (mode) => {
    const layer = splineOf(mode, 3, false);
    const x = Array.from({ length: 300 }, (_, r) => -1.5 + r / 100);
    const samples = tensor2d(x, [300, 1]);
    const before = at(layer, ...x);
    const report = await updateGrid(layer, samples, { gridEps: 1 });
    // Random coefficients on a grid that is a third coarser: this is what least squares can do.
    expect(report.relativeError).toBeLessThan(0.1);
    expect(relativeError(at(layer, ...x), before)).toBeLessThan(0.15);
    const refined = await refineGrid(layer, 10);
    expect(refined.relativeError).toBeLessThan(1e-5);
    expect(refined.layer.extrapolation).toBe(mode);
    if (mode !== 'zero') {
      const outside = [-9, -2, 3.5, 40];
      expect(relativeError(at(refined.layer, ...outside), at(layer, ...outside))).toBeLessThan(1e-4);
    }
  });

  it('a straight line goes on through a grid update exactly', async () => {
    const layer = splineOf('linear', 3, false);
    const { grid, spline } = layer.gridVariables!;
    const knots = grid.read().dataSync();
    const line = Float32Array.from(
      { length: 8 },
      (_, j) => (2 * (knots[j + 1]! + knots[j + 2]! + knots[j + 3]!)) / 3 - 1,
    );
    spline.write(tensor(line, spline.shape as number[]));
    const x = Array.from({ length: 100 }, (_, r) => 2 + 0.05 * r);
    const expected = x.map((v) => 2 * v - 1);
    expect(relativeError(at(layer, ...x), expected)).toBeLessThan(1e-5);
    const report = await updateGrid(layer, tensor2d(x, [100, 1]));
    expect(report.relativeError).toBeLessThan(1e-5);
    expect(relativeError(at(layer, ...x, -30, 60), [...expected, -61, 119])).toBeLessThan(1e-3);
  });

  it('says what is wrong', () => {
    expect(() => efficientKAN({ units: 1, extrapolation: 'cubic' as 'zero' })).toThrow(
      "expected one of zero, clamp, linear, got 'cubic'",
    );
  });
});
