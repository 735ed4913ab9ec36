import * as tf from '@tensorflow/tfjs-core';
import { type io, memory, type Tensor, tensor2d, train, zeros } from '@tensorflow/tfjs-core';
import {
  input,
  layers,
  loadLayersModel,
  model as makeModel,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { backends, relativeError, useBackend } from '../test/backends.js';
import { cases } from '../test/layers.js';
import {
  chebyshevKAN,
  classicFourierKAN,
  efficientKAN,
  FanInInitializer,
  fasterKAN,
  fastKAN,
  fourierKAN,
  jacobiKAN,
  type KANLayer,
  rationalKAN,
  SplineNoiseInitializer,
  UniformInitializer,
  waveletKAN,
} from './index.js';

/** A target that no linear map reaches. */
function toyData(rows: number) {
  const x = Float32Array.from({ length: rows * 2 }, (_, i) => 2 * ((i * 0.618034) % 1) - 1);
  const y = Float32Array.from({ length: rows }, (_, r) => Math.sin(3 * x[2 * r]!) * 0.8 + x[2 * r + 1]! ** 2);
  return { x: tensor2d(x, [rows, 2]), y: tensor2d(y, [rows, 1]) };
}

async function save(model: tf.io.IOHandler | ReturnType<typeof sequential>): Promise<io.ModelArtifacts> {
  let artifacts: io.ModelArtifacts | undefined;
  await (model as ReturnType<typeof sequential>).save(
    tf.io.withSaveHandler(async (saved) => {
      artifacts = saved;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  // Through text, as a model.json on disk goes.
  return { ...artifacts!, modelTopology: JSON.parse(JSON.stringify(artifacts!.modelTopology)) };
}

describe.each(backends)('on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describe.each(cases)('$name', ({ make }) => {
    it('symbolic shape, for any rank ≥ 2', () => {
      for (const shape of [[5], [3, 5], [4, 3, 5]]) {
        const y = make(6).apply(input({ shape })) as SymbolicTensor;
        expect(y.shape).toEqual([null, ...shape.slice(0, -1), 6]);
      }
    });

    it('a higher rank is a table of rows', () => {
      const layer = make(3);
      const x = tf.randomUniform([2, 3, 5], -1, 1, 'float32', 3);
      const y = layer.apply(x) as Tensor;
      const rows = layer.apply(tf.reshape(x, [6, 5])) as Tensor;
      expect(y.shape).toEqual([2, 3, 3]);
      expect(relativeError(y.dataSync(), rows.dataSync())).toBeLessThan(1e-6);
    });

    it('save and load keep every option, weight and output', async () => {
      const layer = make(3, {
        name: 'My_layer',
        kernelRegularizer: 'l1l2',
        splineRegularizer: { className: 'L1L2', config: { l1: 0.5, l2: 0 } },
        baseConstraint: { className: 'MaxNorm', config: { maxValue: 50, axis: 0 } },
        combinationConstraint: { className: 'MinMaxNorm', config: { minValue: 0, maxValue: 50, rate: 1, axis: 0 } },
        coefficientsRegularizer: { className: 'L1L2', config: { l1: 0, l2: 0.25 } },
        coefficientsConstraint: { className: 'MaxNorm', config: { maxValue: 50, axis: 0 } },
        translationRegularizer: 'l1l2',
        gammaConstraint: 'nonNeg',
        batchNormGammaInitializer: { className: 'Constant', config: { value: 0.5 } },
        biasInitializer: 'glorotNormal',
        scaleInitializer: 'heNormal',
        dropout: 0.25,
      });
      const model = sequential({ layers: [layers.inputLayer({ inputShape: [5] }), layer] });
      const x = tf.randomUniform([4, 5], -2, 2, 'float32', 5);
      const before = model.predict(x) as Tensor;
      const loaded = await loadLayersModel(tf.io.fromMemory(await save(model)));
      const after = loaded.predict(x) as Tensor;
      // Loading applies the constraints, which rounds the weights once more.
      expect(relativeError(after.dataSync(), before.dataSync())).toBeLessThan(1e-6);
      const copy = loaded.getLayer('My_layer') as KANLayer;
      expect(copy.constructor).toBe(layer.constructor);
      expect(JSON.parse(JSON.stringify(copy.getConfig()))).toEqual(JSON.parse(JSON.stringify(layer.getConfig())));
    });

    it('one seed gives the same weights again, another gives others, and no two weights share a stream', () => {
      const values = (seed: number) => {
        const layer = make(5, { seed });
        layer.build([null, 5]);
        // A rational starts as a named function.
        const drawn = layer.trainableWeights.filter(({ name }) => !/numerator|denominator/.test(name));
        return drawn.map((w) => [...w.read().dataSync()]);
      };
      expect(values(3)).toEqual(values(3));
      expect(values(0)).toEqual(values(0));
      const [a, b] = [values(3), values(4)];
      const random = a.map((w) => w.length > 1 && new Set(w).size > 1);
      expect(random.filter(Boolean).length).toBeGreaterThan(0);
      a.forEach((w, i) => {
        if (random[i]) expect(w).not.toEqual(b[i]);
      });
      const firsts = a.filter((_, i) => random[i]).map((w) => w[0]! / w[1]!);
      expect(new Set(firsts).size).toBe(firsts.length);
    });

    it('leaks no tensor in predict, fit and dispose', async () => {
      const { x, y } = toyData(32);
      const start = memory().numTensors;
      const model = sequential({ layers: [layers.inputLayer({ inputShape: [2] }), make(4), make(1)] });
      const optimizer = train.adam(0.01);
      model.compile({ optimizer, loss: 'meanSquaredError' });
      await model.fit(x, y, { epochs: 1, batchSize: 8, verbose: 0 });
      const trained = memory().numTensors;
      await model.fit(x, y, { epochs: 2, batchSize: 8, verbose: 0 });
      (model.predict(x) as Tensor).dispose();
      expect(memory().numTensors).toBe(trained);
      model.dispose();
      optimizer.dispose();
      expect(memory().numTensors).toBe(start);
      x.dispose();
      y.dispose();
    });

    it('saturated, out-of-grid, huge and constant inputs give finite outputs and gradients', () => {
      const layer = make(3);
      layer.build([null, 4]);
      const rows = [-1, 1, 0, 0.2, 1.0000001, -1.4, 2.2, 30, -30, 1e3, 1e6, -1e6, 1e-30, 1e30, -1e30].map((v) => [
        v,
        v,
        v,
        v,
      ]);
      const x = tensor2d([...rows, [1e6, -1e6, 0.3, 1], [-1, 2, -3, 4]]);
      const values: Tensor[] = [layer.apply(x) as Tensor];
      const f = (input: Tensor) => tf.sum(tf.mul(layer.apply(input) as Tensor, 0.5)) as tf.Scalar;
      values.push(tf.grad(f)(x), ...Object.values(tf.variableGrads(() => f(x)).grads));
      expect(values.length).toBe(2 + layer.trainableWeights.length);
      for (const value of values) expect([...value.dataSync()].every(Number.isFinite)).toBe(true);
    });

    it('a NaN among the inputs stays visible, in its row', () => {
      const y = make(3).apply(tensor2d([0.1, Number.NaN, -0.3, 0.1, 0.2, -0.3], [2, 3])) as Tensor;
      expect([...y.dataSync()].map(Number.isNaN)).toEqual([true, true, true, false, false, false]);
    });
  });

  it('dropout: on in training only, repeatable from seed and step, mean kept', () => {
    const layer = fourierKAN({ units: 3, seed: 5, dropout: 0.5, initialBeta: 1 });
    const x = tf.randomUniform([6, 4], -1, 1, 'float32', 1);
    const run = (training: boolean, step?: number) => {
      if (step !== undefined) layer.dropoutStep = step;
      return [...(layer.apply(x, { training }) as Tensor).dataSync()];
    };
    expect(run(false)).toEqual(run(false));
    const first = run(true, 0);
    const second = run(true);
    expect(first).not.toEqual(run(false));
    expect(second).not.toEqual(first);
    expect(layer.dropoutStep).toBe(2);
    expect(run(true, 0)).toEqual(first);
    expect(run(true, 1)).toEqual(second);
    const plain = run(false);
    const mean = new Float64Array(plain.length);
    for (let i = 0; i < 600; i++)
      run(true).forEach((v, k) => {
        mean[k]! += v / 600;
      });
    expect(relativeError(mean, plain)).toBeLessThan(0.15);
  });
});

describe('training on wasm', () => {
  beforeAll(() => useBackend('wasm'));

  it.each([
    ['efficientKAN', (units: number, seed: number) => efficientKAN({ units, seed }), 0.05],
    ['fourierKAN', (units: number, seed: number) => fourierKAN({ units, seed, initialBeta: 0.5 }), 0.1],
  ] as const)('fit on a toy function: %s brings the loss down', async (_, make, factor) => {
    const { x, y } = toyData(128);
    const model = sequential({ layers: [layers.inputLayer({ inputShape: [2] }), make(8, 1), make(1, 2)] });
    model.compile({ optimizer: train.adam(0.02), loss: 'meanSquaredError' });
    const { history } = await model.fit(x, y, { epochs: 40, batchSize: 32, shuffle: false, verbose: 0 });
    const losses = history['loss'] as number[];
    expect(losses.at(-1)! / losses[0]!).toBeLessThan(factor);
  });
});

describe('grid and penalties', () => {
  beforeAll(() => useBackend('wasm'));

  it('coinciding knots give finite outputs and gradients', () => {
    const layer = efficientKAN({ units: 2, seed: 1 });
    layer.build([null, 2]);
    const knots = [-1, -1, -1, -1, -0.5, 0, 0, 0.5, 1, 1, 1, 1].flatMap((t) => [t, t]);
    layer.weights[3]!.write(tensor2d(knots, [12, 2]));
    const x = tensor2d([-1, -0.5, 0, 0.5, 1, 0.2, 7, -1e6], [4, 2]);
    const f = (input: Tensor) => tf.sum(layer.apply(input) as Tensor) as tf.Scalar;
    const values = [tf.grad(f)(x), ...Object.values(tf.variableGrads(() => f(x)).grads)];
    for (const value of values) expect([...value.dataSync()].every(Number.isFinite)).toBe(true);
  });

  it('beyond the grid only the base branch goes on', () => {
    const layer = efficientKAN({ units: 1, seed: 1, scaleNoise: 5 });
    const y = (layer.apply(tensor2d([[2.21], [-2.21], [40]])) as Tensor).dataSync();
    const base = layer.getWeights()[0]!.dataSync()[0]!;
    const silu = (v: number) => v / (1 + Math.exp(-v));
    expect(
      relativeError(
        y,
        [2.21, -2.21, 40].map((v) => base * silu(v)),
      ),
    ).toBeLessThan(1e-6);
  });

  it.each(['base', 'spline', 'scale'] as const)(
    'the regularizer of `%s` adds its penalty to the loss',
    async (name) => {
      const make = (extra: object) => {
        const model = sequential({
          layers: [layers.inputLayer({ inputShape: [2] }), efficientKAN({ units: 3, seed: 1, ...extra })],
        });
        model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
        return model;
      };
      const penalised = make({ [`${name}Regularizer`]: { className: 'L1L2', config: { l1: 0, l2: 2 } } });
      // Of the weights before the step (evaluate leaves penalties out).
      const loss = async (model: ReturnType<typeof make>) =>
        Number(await model.trainOnBatch(zeros([4, 2]), zeros([4, 3])));
      const weight = penalised.layers[1]!.getWeights()[['base', 'spline', 'scale'].indexOf(name)]!;
      const penalty = 2 * tf.sum(tf.square(weight)).dataSync()[0]!;
      expect(penalty).toBeGreaterThan(0);
      expect(((await loss(penalised)) - (await loss(make({})))) / penalty).toBeCloseTo(1, 4);
    },
  );
});

describe('misuse', () => {
  beforeAll(() => useBackend('cpu'));

  it('wrong options say what is expected', () => {
    expect(() => efficientKAN({ units: 0 })).toThrow('units is wrong; expected a positive integer, got 0');
    expect(() => efficientKAN({ units: 1, gridSize: 2.5 })).toThrow('gridSize is wrong');
    expect(() => efficientKAN({ units: 1, splineOrder: -1 })).toThrow('splineOrder is wrong');
    expect(() => efficientKAN({ units: 1, gridRange: [1, 1] })).toThrow('gridRange is wrong');
    expect(() => fourierKAN({ units: 1, numFrequencies: 0 })).toThrow('numFrequencies is wrong');
    expect(() => fourierKAN({ units: 1, dropout: 1 })).toThrow('dropout is wrong');
    expect(() => fourierKAN({ units: 1, biasInitializer: 'nonsense' as 'zeros' })).toThrow("got 'nonsense'");
    expect(() => efficientKAN({ units: 1, baseActivation: 'nonsense' as 'relu' })).toThrow('nonsense');
  });

  it('wrong options of the layers on other bases, too', () => {
    expect(() => classicFourierKAN({ units: 1, gridSize: 0 })).toThrow('ClassicFourierKAN: gridSize is wrong');
    expect(() => chebyshevKAN({ units: 1, degree: 1.5 })).toThrow('ChebyshevKAN: degree is wrong');
    expect(() => chebyshevKAN({ units: 1, start: 'wide' as 'fanIn' })).toThrow('expected one of reference, fanIn');
    expect(() => jacobiKAN({ units: 1, b: -1 })).toThrow('JacobiKAN: b is wrong; expected a number above -1, got -1');
    expect(() => fastKAN({ units: 1, gridMin: 3 })).toThrow('gridMin and gridMax are wrong');
    expect(() => fastKAN({ units: 1, numGrids: 1 })).toThrow('FastKAN: denominator is wrong');
    expect(() => fastKAN({ units: 1, start: 'small' as 'fanIn' })).toThrow('expected one of fanIn, reference');
    expect(() => fasterKAN({ units: 1, invDenominator: 0 })).toThrow('invDenominator is wrong');
    expect(() => waveletKAN({ units: 1, waveletType: 'haar' as 'morlet' })).toThrow(
      'expected one of mexicanHat, morlet',
    );
    expect(() => waveletKAN({ units: 1, batchNormMomentum: 2 })).toThrow('batchNormMomentum is wrong');
    expect(() => rationalKAN({ units: 1, start: 'relu' as 'gelu' })).toThrow('expected one of swish, gelu');
    expect(() => rationalKAN({ units: 1, groups: 3 }).apply(zeros([2, 4]))).toThrow(
      'expected a divisor of the 4 inputs, got 3',
    );
  });

  it('an undefined option of an initializer is one that is left out', () => {
    const left = { seed: 1, scale: undefined, distribution: undefined, fanIn: undefined };
    const values = (initializer: FanInInitializer | UniformInitializer) => [...initializer.apply([4, 3]).dataSync()];
    expect(values(new FanInInitializer(left))).toEqual(values(new FanInInitializer({ seed: 1 })));
    const uniform = new UniformInitializer({ seed: 1, minimum: undefined, maximum: undefined });
    expect(values(uniform)).toEqual(values(new UniformInitializer({ seed: 1 })));
    const noise = (options: object) => [
      ...new SplineNoiseInitializer({ seed: 1, ...options }).apply([8, 2, 2]).dataSync(),
    ];
    expect(noise({ splineOrder: undefined, scaleNoise: undefined })).toEqual(noise({}));
    expect(noise({}).every(Number.isFinite)).toBe(true);
  });

  it.each(['uniform', 'normal'] as const)('a seed of 0 is a seed (%s)', (distribution) => {
    const values = (seed: number) => [...new FanInInitializer({ distribution, seed }).apply([4, 3]).dataSync()];
    expect(values(0)).toEqual(values(0));
    expect(values(0)).not.toEqual(values(1));
  });

  it('a vector or an unknown last dimension is refused', () => {
    expect(() => efficientKAN({ units: 1 }).apply(zeros([5]))).toThrow('expected rank ≥ 2');
    expect(() => efficientKAN({ units: 1 }).apply(input({ shape: [null] }))).toThrow('known last dimension');
  });

  it('works as a shared layer of a functional model', () => {
    const shared = efficientKAN({ units: 2, seed: 1 });
    const a = input({ shape: [3] });
    const b = input({ shape: [3] });
    const y = layers.concatenate().apply([shared.apply(a), shared.apply(b)] as SymbolicTensor[]) as SymbolicTensor;
    const model = makeModel({ inputs: [a, b], outputs: y });
    const x = tf.randomUniform([4, 3], -1, 1, 'float32', 2);
    const [left, right] = tf.split(model.predict([x, x]) as Tensor, 2, 1);
    expect([...left!.dataSync()]).toEqual([...right!.dataSync()]);
    expect(model.weights.length).toBe(4);
  });
});
