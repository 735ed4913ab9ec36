import {
  clipByValue,
  memory,
  randomNormal,
  randomUniform,
  reshape,
  type Tensor,
  tensor,
  tensor2d,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { backends, golden, relativeError, toTensor, useBackend } from '../../test/backends.js';
import { type EfficientKAN, type EfficientKANArgs, efficientKAN, importTorchWeights, updateGrid } from '../index.js';

function built(inputs: number, args: Partial<EfficientKANArgs> = {}): EfficientKAN {
  const layer = efficientKAN({ units: 3, seed: 4, ...args });
  layer.build([null, inputs]);
  return layer;
}

const numbers = (layer: EfficientKAN) => layer.weights.map((weight) => [...weight.read().dataSync()]);

function disposeAll(layer: EfficientKAN, ...tensors: Tensor[]): void {
  for (const weight of layer.weights) weight.dispose();
  for (const each of tensors) each.dispose();
}

describe.each(backends)('updateGrid on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(['efficient-kan-v0-0', 'efficient-kan-v0-1'])('finds the grid of the PyTorch reference: %s', async (f) => {
    const file = golden(f);
    const [units, inputs] = file.weights['base_weight']!.shape as [number, number];
    const layer = built(inputs, { units });
    importTorchWeights(layer, { ...file.weights, ...file.buffers });
    const scale = [...layer.getWeights()[2]!.dataSync()];
    const samples = toTensor(file.updateGrid.samples);
    const report = await updateGrid(layer, samples);
    const grid = layer.gridVariables!.grid.read();
    const transposed = Float32Array.from({ length: grid.size }, (_, k) => {
      const count = grid.shape[0]!;
      return grid.dataSync()[(k % count) * inputs + Math.floor(k / count)]!;
    });
    expect(relativeError(transposed, file.updateGrid.grid.data)).toBeLessThan(2e-6);
    expect([...layer.getWeights()[2]!.dataSync()]).toEqual(scale);
    // What the report says is what the layer does.
    const after = (layer.apply(samples) as Tensor).dataSync();
    const before = file.updateGrid.outputBefore.data;
    const errors = Array.from(before, (value, k) => Math.abs(value - after[k]!));
    expect(report.maxError).toBeCloseTo(Math.max(...errors), 5);
    expect(report.rmsError).toBeCloseTo(Math.sqrt(errors.reduce((t, e) => t + e * e, 0) / errors.length), 5);
    // Nothing but the change of splines: the reference, by its missing division, is off by more.
    const reference = relativeError(file.updateGrid.outputAfter.data, before);
    expect(relativeError(after, before)).toBeLessThan(0.6 * reference);
    expect([report.inputsChanged, report.inputsKept]).toEqual([inputs, 0]);
    disposeAll(layer, samples);
  });

  it.each([
    ['default', {}, 0.01],
    ['order 2, 12 intervals', { splineOrder: 2, gridSize: 12 }, 0.01],
    ['no scale, linear', { splineOrder: 1, gridSize: 16, standaloneScale: false }, 0.02],
  ] as const)('keeps a smooth function, and a scale of 0 does no harm: %s', async (_, args, bound) => {
    const layer = built(4, args);
    // Coefficients of a smooth function: its values at the splines' middles.
    const count = layer.gridSize + layer.splineOrder;
    const { grid, spline } = layer.gridVariables!;
    const knots = grid.read().dataSync();
    const values = Float32Array.from({ length: count * 4 * 3 }, (_, k) => {
      const [g, i, o] = [Math.floor(k / 12), Math.floor(k / 3) % 4, k % 3];
      const middle = (knots[g * 4]! + knots[(g + layer.splineOrder + 1) * 4]!) / 2;
      return Math.sin(1.5 * middle + i + o);
    });
    spline.write(tensor(values, spline.shape as number[]));
    const weights = layer.getWeights();
    if (layer.standaloneScale) {
      const scale = weights[2]!.dataSync().slice();
      scale[1] = 0;
      layer.setWeights([weights[0]!, weights[1]!, tensor2d(scale, [4, 3]), weights[3]!]);
    }
    const samples = clipByValue(randomNormal([500, 4], 0.1, 0.3, 'float32', 7), -0.95, 0.95);
    const before = (layer.apply(samples) as Tensor).dataSync();
    const report = await updateGrid(layer, samples);
    const after = (layer.apply(samples) as Tensor).dataSync();
    expect(relativeError(after, before)).toBeLessThan(2 * bound);
    expect(report.relativeError).toBeLessThan(bound);
    expect(report.relativeError).toBeGreaterThan(0);
    expect(report.minGap).toBeGreaterThan(0);
    for (const w of numbers(layer)) expect(w.every(Number.isFinite)).toBe(true);
    // A second time with the same samples nothing is left to move.
    const again = await updateGrid(layer, samples);
    expect(again.relativeError).toBeLessThan(1e-4);
    disposeAll(layer, samples);
  });

  it('keeps the grid of an input whose samples are all alike, and counts it', async () => {
    const layer = built(3);
    const before = numbers(layer).at(-1)!;
    const rows = Array.from({ length: 40 }, (_, r) => [Math.sin(r), 0.25, Math.cos(3 * r)]);
    const report = await updateGrid(layer, tensor2d(rows));
    expect([report.inputsChanged, report.inputsKept]).toEqual([2, 1]);
    const after = numbers(layer).at(-1)!;
    after.forEach((knot, k) => {
      if (k % 3 === 1) expect(knot).toBe(before[k]);
      else expect(knot).not.toBe(before[k]);
    });
    const all = await updateGrid(layer, tensor2d(rows.map(() => [1, 2, 3])));
    expect(all).toMatchObject({ inputsChanged: 0, inputsKept: 3, maxError: 0, relativeError: 0 });
    disposeAll(layer);
  });

  it('changes nothing when it fails', async () => {
    const layer = built(2);
    const before = numbers(layer);
    const rows = Array.from({ length: 20 }, (_, r) => [Math.sin(r), Math.cos(r)]);
    const bad = rows.map((row, r) => (r === 7 ? [0, Number.NaN] : row));
    await expect(updateGrid(layer, tensor2d(bad))).rejects.toThrow('got NaN in row 7, input 1');
    await expect(updateGrid(layer, tensor2d(rows.slice(0, 5)))).rejects.toThrow('expected at least 6 rows, got 5');
    await expect(updateGrid(layer, randomUniform([9, 3]))).rejects.toThrow('expected shape [rows, 2], got [9,3]');
    await expect(updateGrid(layer, tensor2d(rows), { gridEps: 2 })).rejects.toThrow('gridEps is wrong');
    await expect(updateGrid(layer, tensor2d(rows), { margin: -1 })).rejects.toThrow('margin is wrong');
    await expect(updateGrid(efficientKAN({ units: 1 }), tensor2d(rows))).rejects.toThrow('before build');
    expect(numbers(layer)).toEqual(before);
    const spline = layer.gridVariables!.spline;
    spline.write(
      tensor(
        before[1]!.map((v, k) => (k === 3 ? Number.POSITIVE_INFINITY : v)),
        spline.shape as number[],
      ),
    );
    const broken = numbers(layer);
    await expect(updateGrid(layer, tensor2d(rows))).rejects.toThrow('expected finite numbers, so nothing was changed');
    expect(numbers(layer)).toEqual(broken);
    disposeAll(layer);
  });

  it('rolls back when the layer fails afterwards', async () => {
    const layer = built(2);
    const before = numbers(layer);
    const apply = layer.apply.bind(layer);
    let calls = 0;
    layer.apply = (...args) => {
      if (++calls === 2) throw new Error('out of memory');
      return apply(...args);
    };
    await expect(updateGrid(layer, randomUniform([30, 2]))).rejects.toThrow('out of memory');
    expect(calls).toBe(2);
    expect(numbers(layer)).toEqual(before);
    disposeAll(layer);
  });

  it('takes any rank, splits many rows, and leaks nothing', async () => {
    const [one, two] = [built(2), built(2)];
    const samples = randomUniform([6, 5, 2], -2, 2, 'float32', 3);
    const before = memory().numTensors;
    await updateGrid(one, samples);
    await expect(updateGrid(one, samples, { minGap: 3 })).rejects.toThrow('minGap');
    expect(memory().numTensors).toBe(before);
    await updateGrid(two, reshape(samples, [30, 2]));
    expect(numbers(two)).toEqual(numbers(one));
    disposeAll(one, samples);
    disposeAll(two);
  });
});
