import { disableWasmTraining, enableWasmTraining, fusedApply } from '@kanrecon/tfjs-wasm-training';
import { mul, randomUniform, type Scalar, sum, type Tensor, tidy, variableGrads } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, model as makeModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backboneByName, createBackbone, freeze, loadWeights, setTrainable, smallCnn, unfreeze } from '../src/index.js';
import { torchVariables } from '../src/internal/torch-variables.js';
import { useBackend } from './backends.js';
import { families } from './families.js';

beforeAll(async () => {
  await useBackend('wasm');
  await enableWasmTraining();
});
afterAll(disableWasmTraining);

const image = () => randomUniform([3, 64, 64, 3], -1, 1, 'float32', 5);
const apply = (model: LayersModel, x: Tensor) => model.apply(x, { training: true }) as Tensor;
const fused = (model: LayersModel, x: Tensor) => fusedApply(model, x) as Tensor;
const ways = [
  ['apply', apply],
  ['fusedApply', fused],
] as const;

/** Features in training mode. */
function inTraining(model: LayersModel, run: (typeof ways)[number][1] = apply): number[] {
  return tidy(() => [...run(model, image()).dataSync()]);
}

function inEvaluation(model: LayersModel): number[] {
  return tidy(() => [...(model.predict(image()) as Tensor).dataSync()]);
}

/** Running means and variances by name. */
function statistics(model: LayersModel): Map<string, string> {
  const running = torchVariables(model).filter(({ name }) => name.includes('running_'));
  return new Map(running.map(({ name, variable }) => [name, variable.read().dataSync().join()]));
}

/** Names of the weights that have a gradient. */
function trained(model: LayersModel): string[] {
  return tidy(() => {
    const { grads } = variableGrads(() => sum(mul(apply(model, image()), 0.1)) as Scalar);
    return torchVariables(model)
      .filter(({ variable }) => variable.name in grads)
      .map(({ name }) => name);
  });
}

describe.each(families)('%s', (name) => {
  const build = () => backboneByName(name).create({ imageSize: 64, seed: 3 });

  it.each(ways)('is frozen with its statistics, and freed again, run by %s', (_, run) => {
    const model = build();
    const hasNorms = statistics(model).size > 0;
    const all = model.trainableWeights.length;
    inTraining(model, run); // a plan of fused steps is made, and statistics are no longer 0 and 1
    const before = statistics(model);
    freeze(model);
    freeze(model); // twice is once
    expect(model.trainableWeights).toEqual([]);
    const expected = inEvaluation(model);
    const scale = Math.max(...expected.map(Math.abs));
    inTraining(model, run).forEach((value, i) => {
      expect(Math.abs(value - (expected[i] as number)) / scale).toBeLessThan(1e-5);
    });
    expect(statistics(model)).toEqual(before);
    unfreeze(model);
    expect(model.trainableWeights).toHaveLength(all);
    inTraining(model, run);
    if (hasNorms) for (const [key, value] of statistics(model)) expect(value, key).not.toBe(before.get(key));
    model.dispose();
  });

  it('is freed from a stage on', () => {
    const model = build();
    freeze(model);
    unfreeze(model, { from: 'stage4' });
    const isLate = (weight: string) => Number(/^features\.(\d+)/.exec(weight)?.[1]) >= 4;
    const before = statistics(model);
    const expected = torchVariables(model).filter((one) => !one.name.includes('running_') && isLate(one.name));
    expect(trained(model)).toEqual(expected.map((one) => one.name));
    expect(expected.length).toBeGreaterThan(0);
    // The gradients' forward pass has moved the statistics of the stages that are free, and of no other.
    for (const [key, value] of statistics(model)) expect(value !== before.get(key), key).toBe(isLate(key));
    model.dispose();
  });
});

it('leaves the rest of a model alone, whether flat or nested', () => {
  const backbone = createBackbone('smallCnn', { imageSize: 64 });
  const norm = layers.batchNormalization({ name: 'head_norm' });
  const outputs = layers.dense({ units: 2, name: 'head' }).apply(norm.apply(backbone.model.outputs)) as SymbolicTensor;
  const flat = makeModel({ inputs: backbone.model.inputs, outputs });
  freeze(flat);
  expect(flat.trainableWeights.map((one) => one.originalName)).toEqual([
    ...['head_norm/gamma', 'head_norm/beta', 'head/kernel', 'head/bias'],
  ]);
  const [, , mean] = norm.getWeights().map((one) => one.dataSync().join());
  tidy(() => apply(flat, image()));
  expect(norm.getWeights()[2]?.dataSync().join()).not.toBe(mean);
  unfreeze(backbone, { from: 'stage5' });
  expect(flat.trainableWeights).toHaveLength(4 + 3);
  flat.dispose();
});

it('frees what setTrainable has frozen as a whole, and only that', () => {
  const model = smallCnn({ imageSize: 64 });
  setTrainable(model, false);
  unfreeze(model, { from: 'stage5' });
  expect(model.trainableWeights.map((one) => one.originalName)).toEqual([
    ...['features.5.conv/kernel', 'features.5.norm/gamma', 'features.5.norm/beta'],
  ]);
  expect(trained(model)).toEqual(['features.5.conv.weight', 'features.5.norm.weight', 'features.5.norm.bias']);
  model.dispose();
});

it('holds statistics until unfreeze, whatever setTrainable says', () => {
  const model = smallCnn({ imageSize: 64 });
  freeze(model);
  setTrainable(model, true);
  const before = statistics(model);
  expect(trained(model).length).toBe(model.trainableWeights.length);
  expect(trained(model).length).toBeGreaterThan(0);
  expect(statistics(model)).toEqual(before);
  unfreeze(model);
  inTraining(model);
  for (const [key, value] of statistics(model)) expect(value, key).not.toBe(before.get(key));
  model.dispose();
});

it('keeps weights and statistics in model.fit', async () => {
  const backbone = createBackbone('smallCnn', { imageSize: 64 });
  const outputs = layers.dense({ units: 2, name: 'head' }).apply(backbone.model.outputs) as SymbolicTensor;
  const model = makeModel({ inputs: backbone.model.inputs, outputs });
  freeze(backbone);
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  const bits = () => torchVariables(model).map(({ variable }) => variable.read().dataSync().join());
  const head = () => model.getLayer('head').getWeights()[0]?.dataSync().join();
  const [before, headBefore] = [bits(), head()];
  const [x, y] = [image(), randomUniform([3, 2], -1, 1, 'float32', 6)];
  await model.fit(x, y, { epochs: 2, batchSize: 3, verbose: 0 });
  expect(bits()).toEqual(before);
  expect(head()).not.toBe(headBefore);
  unfreeze(backbone);
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  await model.fit(x, y, { epochs: 1, batchSize: 3, verbose: 0 });
  bits().forEach((one, i) => {
    expect(one).not.toBe(before[i]);
  });
  model.dispose();
});

it.each([
  ['nested', 'Lite0 in a model'],
  ['flat', 'layers behind those of Lite0'],
])('frees the named stages only of a model whose trainable was set to false: %s', (kind) => {
  const backbone = backboneByName('efficientNetLite0').create({ imageSize: 32 });
  const inputs = kind === 'flat' ? backbone.inputs[0]! : (layers.input({ shape: [32, 32, 3] }) as SymbolicTensor);
  const pooled = kind === 'flat' ? backbone.outputs[0]! : (backbone.apply(inputs) as SymbolicTensor);
  const hidden = layers.dense({ units: 2, name: 'hidden', trainable: false }).apply(pooled) as SymbolicTensor;
  const outputs = layers.dense({ units: 2, name: 'head' }).apply(hidden) as SymbolicTensor;
  const model = makeModel({ inputs, outputs });
  model.trainable = false;
  unfreeze(model, { from: 'stage8' });
  expect(model.trainableWeights.map((one) => one.originalName)).toEqual([
    ...['features.8.0/kernel', 'features.8.1/gamma', 'features.8.1/beta', 'head/kernel', 'head/bias'],
  ]);
  model.dispose();
});

it('refuses what is no model', () => {
  for (const [given, got] of [
    [undefined, 'undefined'],
    [null, 'null'],
    ['smallCnn', 'string'],
    [{ model: null }, 'object'],
  ] as const) {
    const sentence = `the backbone is wrong; expected a model or what createBackbone gives, got ${got}`;
    expect(() => freeze(given as never)).toThrow(`freeze: ${sentence}`);
    expect(() => unfreeze(given as never)).toThrow(`unfreeze: ${sentence}`);
    expect(() => loadWeights(given as never, {})).toThrow(`loadWeights: ${sentence}`);
  }
});

it('refuses stages and models that there are not', () => {
  const model = smallCnn({ imageSize: 64 });
  for (const from of ['stage6', 'stage-1', 'features.5', '']) {
    expect(() => unfreeze(model, { from })).toThrow(`unfreeze: no such stage; expected stage0 to stage5, got ${from}`);
  }
  model.dispose();
  const input = layers.input({ shape: [3] }) as unknown as SymbolicTensor;
  const head = makeModel({ inputs: input, outputs: layers.dense({ units: 1 }).apply(input) as SymbolicTensor });
  expect(() => freeze(head)).toThrow('freeze: the model contains no backbone');
  expect(() => unfreeze(head)).toThrow('unfreeze: the model contains no backbone');
});
