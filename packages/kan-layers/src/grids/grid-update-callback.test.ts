import { add, memory, mul, randomUniform, sin, slice, type Tensor, tensor2d, train } from '@tensorflow/tfjs-core';
import { input, layers, model as makeModel, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { backends, useBackend } from '../../test/backends.js';
import {
  countOutsideGrid,
  countOutsideGrids,
  efficientKAN,
  type GridUpdateReport,
  gridUpdates,
  kan,
  updateGrids,
} from '../index.js';

/** Inputs far outside [−1, 1]. */
function wideData(rows: number) {
  const x = randomUniform([rows, 1], 2, 8, 'float32', 1);
  return { x, y: sin(mul(x, 1.5)) };
}

describe.each(backends)('grids of models on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('counts what is outside the grid', async () => {
    const layer = efficientKAN({ units: 1 });
    layer.build([null, 2]);
    const samples = tensor2d([-1, 0, 1, 0.5, -1.01, 1.9, 2.21, Number.NaN], [4, 2]);
    const { perInput, ...counts } = await countOutsideGrid(layer, samples);
    expect(counts).toEqual({ total: 8, outside: 4, beyondKnots: 2, fraction: 0.5 });
    expect([...perInput]).toEqual([0.5, 0.5]);
    await expect(countOutsideGrid(layer, tensor2d([[1]]))).rejects.toThrow('countOutsideGrid: the samples do not fit');
  });

  it('counts and updates all layers of a model, also a shared one, and leaks nothing', async () => {
    const shared = efficientKAN({ units: 2, seed: 1, name: 'shared' });
    const inner = sequential({ layers: [efficientKAN({ units: 1, seed: 2, inputShape: [4], name: 'innermost' })] });
    const [a, b] = [input({ shape: [2] }), input({ shape: [2] })];
    const both = layers.concatenate().apply([shared.apply(a), shared.apply(b)] as SymbolicTensor[]) as SymbolicTensor;
    const model = makeModel({ inputs: [a, b], outputs: inner.apply(both) as SymbolicTensor });
    const x = [randomUniform([50, 2], -3, -1.5, 'float32', 1), randomUniform([50, 2], 0, 5, 'float32', 2)];
    const start = memory().numTensors;
    const before = await countOutsideGrids(model, x, { batchSize: 20 });
    expect(before['shared']!.total).toBe(200);
    expect(before['shared']!.outside).toBeGreaterThan(150);
    expect(before['innermost']!.total).toBe(200);
    const reports = await updateGrids(model, x, { batchSize: 20 });
    expect(Object.keys(reports)).toEqual(['shared', 'innermost']);
    expect(reports['innermost']!.inputsChanged).toBe(4);
    const after = await countOutsideGrids(model, x);
    expect([after['shared']!.outside, after['innermost']!.outside]).toEqual([0, 0]);
    expect(memory().numTensors).toBe(start);
    await expect(updateGrids(sequential({ layers: [layers.dense({ units: 1, inputShape: [2] })] }), x)).rejects.toThrow(
      'has no EfficientKAN layer',
    );
    await expect(updateGrids(model, [slice(x[0]!, 0, 2), slice(x[1]!, 0, 2)])).rejects.toThrow('too few samples');
    expect(memory().numTensors).toBe(start + 2 + 2);
    model.dispose();
  });

  it('one layer that fails leaves the whole model as it was', async () => {
    const model = kan({ widths: [2, 3, 1], seed: 1 });
    const last = model.layers.at(-1)!;
    const weights = last.getWeights();
    last.setWeights([weights[0]!, mul(weights[1]!, Number.NaN), ...weights.slice(2)]);
    const before = model.getWeights().map((weight) => [...weight.dataSync()]);
    await expect(updateGrids(model, randomUniform([30, 2], -5, 5))).rejects.toThrow('nothing was changed');
    expect(model.getWeights().map((weight) => [...weight.dataSync()])).toEqual(before);
    model.dispose();
  });

  it('a user’s own call hook stays', async () => {
    const model = kan({ widths: [2, 1], seed: 1 });
    let calls = 0;
    model.layers.at(-1)!.setCallHook(() => {
      calls++;
    });
    await countOutsideGrids(model, randomUniform([4, 2]));
    expect(calls).toBe(1);
    (model.predict(randomUniform([4, 2])) as Tensor).dispose();
    expect(calls).toBe(2);
  });

  it.each([
    ['default', {}, [0, 5, 10, 15, 20]],
    ['start, every, until', { start: 3, every: 2, until: 8 }, [3, 5, 7]],
    ['epochs', { per: 'epoch', every: 2, until: Number.POSITIVE_INFINITY }, [0, 2]],
  ] as const)('updates on its schedule in fit: %s', async (_, schedule, expected) => {
    const { x, y } = wideData(64);
    const model = kan({ widths: [1, 2, 1], seed: 1 });
    model.compile({ optimizer: train.adam(0.01), loss: 'meanSquaredError' });
    const steps: number[] = [];
    const callback = gridUpdates({ samples: x, ...schedule, onUpdate: (_reports, step) => steps.push(step) });
    await model.fit(x, y, { epochs: 2, batchSize: 8, verbose: 0, callbacks: [callback] });
    await model.fit(x, y, { epochs: 1, batchSize: 8, verbose: 0, callbacks: callback });
    expect(steps).toEqual(expected);
    expect(callback.step).toBe('per' in schedule ? 3 : 24);
    model.dispose();
  });

  it('works in fitDataset', async () => {
    const { x, y } = wideData(64);
    const batches = [0, 1, 2, 3].map((b) => ({
      xs: slice(x, [b * 16, 0], [16, 1]),
      ys: slice(y, [b * 16, 0], [16, 1]),
    }));
    const iterator = async () => {
      let next = 0;
      const copy = ({ xs, ys }: (typeof batches)[number]) => ({ xs: xs.clone(), ys: ys.clone() });
      return {
        next: async () => (next < 4 ? { value: copy(batches[next++]!), done: false } : { value: null, done: true }),
      };
    };
    const model = kan({ widths: [1, 2, 1], seed: 1 });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const steps: number[] = [];
    const callback = gridUpdates({ samples: x, every: 3, onUpdate: (_reports, step) => steps.push(step) });
    await model.fitDataset({ iterator, size: 4 } as never, { epochs: 2, verbose: 0, callbacks: [callback] });
    expect(steps).toEqual([0, 3, 6]);
    model.dispose();
  });

  it('takes a function of samples, leaks nothing, and a failed update rejects fit', async () => {
    const { x, y } = wideData(32);
    const model = kan({ widths: [1, 1], seed: 1 });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const callback = gridUpdates({ samples: async () => add(x, 0), every: 1, until: 100 });
    const fit = () => model.fit(x, y, { epochs: 2, batchSize: 16, verbose: 0, callbacks: [callback] });
    await fit();
    // The first grid was [−1, 1], the samples are in [2, 8].
    expect((await countOutsideGrids(model, x))[model.layers.at(-1)!.name]!.outside).toBe(0);
    const before = memory().numTensors;
    await fit();
    expect(memory().numTensors).toBe(before);
    const bad = gridUpdates({ samples: () => tensor2d([[1], [2]]) });
    await expect(model.fit(x, y, { verbose: 0, callbacks: [bad] })).rejects.toThrow('too few samples');
    model.dispose();
  });

  it('says what is wrong', () => {
    const samples = () => tensor2d([[1]]);
    expect(() => gridUpdates({} as never)).toThrow('samples is missing');
    expect(() => gridUpdates({ samples, every: 0 })).toThrow('every is wrong');
    expect(() => gridUpdates({ samples, per: 'step' as 'batch' })).toThrow("expected 'batch' or 'epoch', got 'step'");
    expect(() => gridUpdates({ samples, start: 9, until: 5 })).toThrow('0 ≤ start ≤ until, got 9 and 5');
  });
});

describe('grid updates on wasm', () => {
  beforeAll(() => useBackend('wasm'));

  it('let a model learn from inputs that its first grid does not cover', async () => {
    const { x, y } = wideData(256);
    const run = async (update: boolean) => {
      const model = kan({ widths: [1, 3, 1], seed: 1 });
      model.compile({ optimizer: train.adam(0.03), loss: 'meanSquaredError' });
      const reports: Record<string, GridUpdateReport>[] = [];
      const callbacks = update ? [gridUpdates({ samples: x, onUpdate: (r) => reports.push(r) })] : [];
      const { history } = await model.fit(x, y, { epochs: 40, batchSize: 32, shuffle: false, verbose: 0, callbacks });
      model.dispose();
      return { loss: (history['loss'] as number[]).at(-1)!, updates: reports.length };
    };
    const [without, withUpdates] = [await run(false), await run(true)];
    expect(withUpdates.updates).toBe(10);
    expect(withUpdates.loss).toBeLessThan(without.loss / 5);
  });
});
