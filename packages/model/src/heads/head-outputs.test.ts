import { add, exp, mean, mul, type Scalar, slice, square, squeeze, sub } from '@tensorflow/tfjs-core';
import { layers, model as layersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { Reconstructor } from '../network/reconstructor.js';
import { parseReconstructorConfig } from '../network/reconstructor-config.js';
import { AdamW } from '../optimization/adamw.js';
import { trainStep } from '../optimization/train-step.js';
import { buildHead } from './build-head.js';
import type { HeadSpec } from './head-spec.js';
import { headByName, headTable } from './head-table.js';

const targets = [
  { name: 'a', min: 0, max: 10 },
  { name: 'b', min: -1, max: 1 },
];
const k = targets.length;

/** Mean and log variance of each target, trained by the negative log-likelihood of a Gaussian. */
const gaussian: HeadSpec = {
  ...headByName('mlp'),
  name: 'gaussian',
  outputs: (count) => 2 * count,
  loss(outputs, wanted) {
    const centre = slice(outputs, [0, 0], [-1, k]);
    const logVariance = slice(outputs, [0, k], [-1, k]);
    const misfit = mul(square(sub(wanted, centre)), exp(mul(logVariance, -1)));
    return squeeze(mean(add(misfit, logVariance))) as Scalar;
  },
  decode(outputs, count) {
    const rows = outputs.length / (2 * count);
    const part = (read: (row: number, i: number) => number) =>
      Float32Array.from({ length: rows * count }, (_, at) => read(Math.floor(at / count), at % count));
    const centre = (row: number, i: number) => outputs[row * 2 * count + i];
    const deviation = (row: number, i: number) => Math.exp(outputs[row * 2 * count + count + i] / 2);
    return {
      mean: part(centre),
      interval: {
        lower: part((row, i) => centre(row, i) - 1.645 * deviation(row, i)),
        upper: part((row, i) => centre(row, i) + 1.645 * deviation(row, i)),
      },
    };
  },
};

describe('the table of heads', () => {
  it('has unique names, study names and flags', () => {
    for (const key of ['name', 'studyName', 'flag'] as const) {
      expect(new Set(headTable.map((head) => head[key])).size).toBe(headTable.length);
    }
  });
});

describe('a head with another loss and more outputs than targets', () => {
  beforeAll(useWasmTraining);

  it('is trained and predicts like any other', async () => {
    const config = parseReconstructorConfig({ imageSize: 32, head: { type: 'mlp' }, seed: 3 });
    const images = layers.input({ shape: [32, 32, 3] }) as unknown as SymbolicTensor;
    const pooled = layers.globalAveragePooling2d({}).apply(images) as SymbolicTensor;
    const output = buildHead(pooled, gaussian, config.head, gaussian.outputs(k), 5);
    const model = layersModel({ inputs: images, outputs: output });
    const reconstructor = new Reconstructor({ config, targets, model, spec: gaussian });
    expect(reconstructor.outputs).toBe(4);
    // Dark images have a small first target, light ones a large one; the second is noise.
    const bytes = Uint8Array.from({ length: 8 * 3072 }, (_, i) => 30 * Math.floor(i / 3072));
    const wanted = Float32Array.from({ length: 8 * k }, (_, i) => (i % 2 ? ((i * 7) % 5) / 5 : i / (8 * k)));
    const optimizer = new AdamW({ learningRate: 0.05, weightDecay: 0 });
    const losses: number[] = [];
    for (let step = 0; step < 200; step++)
      losses.push(await trainStep(reconstructor, optimizer, bytes, wanted, { step }));
    expect(losses.at(-1)!).toBeLessThan(losses[0] - 1);
    const found = await reconstructor.predictBatch(bytes);
    expect(found).toHaveLength(8 * k);
    for (let i = 0; i < 8 * k; i += k) expect(Math.abs(found[i] - wanted[i])).toBeLessThan(0.1);
    const { parameters } = await reconstructor.predict({ width: 32, height: 32, data: bytes.subarray(0, 3072) });
    expect(parameters.a).toBeCloseTo(10 * found[0], 5);
    // It knows of the second that it does not know.
    const raw = Float32Array.from([0.5, 0.5, -6, -2]);
    const { interval } = reconstructor.head.decode(raw, k);
    expect(interval!.upper[1] - interval!.lower[1]).toBeGreaterThan(5 * (interval!.upper[0] - interval!.lower[0]));
    optimizer.dispose();
    reconstructor.dispose();
  });
});
