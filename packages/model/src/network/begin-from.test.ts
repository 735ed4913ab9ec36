import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { spiralTargets } from '../../test/spiral-targets.js';
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { AdamW } from '../optimization/adamw.js';
import { trainStep } from '../optimization/train-step.js';
import { beginFrom } from './begin-from.js';
import { createReconstructor } from './create-reconstructor.js';
import type { Reconstructor } from './reconstructor.js';
import type { PartialReconstructorConfig } from './reconstructor-config.js';

beforeAll(useWasmTraining);

const base: PartialReconstructorConfig = { backbone: 'smallCnn', imageSize: 32, head: { type: 'mlp', widths: [8] } };
const network = (more: PartialReconstructorConfig, targets = spiralTargets) =>
  createReconstructor({ targets, ...base, ...more });
const valuesOf = ({ model }: Reconstructor) =>
  Object.fromEntries(model.weights.map((weight) => [weight.originalName, [...weight.read().dataSync()]]));
const count = (values: object) => Object.keys(values).length;

/** Begins the one from the other, and tells what became of each weight. */
async function begun(more: PartialReconstructorConfig, targets = spiralTargets) {
  const [source, made] = [network({ seed: 7 }), network({ seed: 8, ...more }, targets)];
  // Otherwise running means and biases would be the same in both.
  for (const weight of source.model.weights) {
    const moved = tf.add(weight.read(), 1);
    weight.write(moved);
    moved.dispose();
  }
  const [before, theirs] = [valuesOf(made), valuesOf(source)];
  const said = await beginFrom(made, source);
  const after = valuesOf(made);
  for (const { name } of said.taken) expect(after[name], name).toEqual(theirs[name]);
  for (const { name } of said.fresh) expect(after[name], name).toEqual(before[name]);
  expect(said.taken.length + said.fresh.length).toBe(count(after));
  source.dispose();
  made.dispose();
  return { ...said, total: count(after) };
}

const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

it('takes all of the same network, of another size and seed, with its running means', async () => {
  const { taken, fresh, unused, total } = await begun({ imageSize: 48 });
  expect(taken.length).toBe(total);
  expect([fresh, unused]).toEqual([[], []]);
  expect(names(taken)).toContain('features.0.norm/moving_variance');
});

it('takes what fits other targets, and names the rest with both shapes', async () => {
  const { fresh, unused } = await begun({}, [{ name: 'girth', min: 0, max: 1 }]);
  expect(fresh).toEqual([
    { name: 'head_1/kernel', shape: [8, 1], there: [8, 6] },
    { name: 'head_1/bias', shape: [1], there: [6] },
  ]);
  expect(unused).toEqual([]);
});

it('takes no layer in part, and none of another kind', async () => {
  const { fresh, unused } = await begun({ head: { type: 'efficientKAN', widths: [8] } });
  expect(fresh.every(({ name, there }) => /^head_[01]\//.test(name) && !there)).toBe(true);
  expect(names(unused)).toEqual(['head_0/kernel', 'head_0/bias', 'head_1/kernel', 'head_1/bias']);
  // A bias that would fit stays with its kernel.
  const wider = await begun({ head: { type: 'mlp', widths: [9] } }, spiralTargets);
  expect(wider.fresh.at(-1)).toEqual({ name: 'head_1/bias', shape: [6], there: [6] });
  expect(wider.fresh[2]).toEqual({ name: 'head_1/kernel', shape: [9, 6], there: [8, 6] });
});

it('takes nothing of another backbone, not even a head that would fit', async () => {
  const { taken, unused } = await begun({ backbone: 'squeezeNet11' });
  expect(taken).toEqual([]);
  expect(unused.length).toBeGreaterThan(20);
});

it('leaves the source as it is when training goes on, and nothing behind', async () => {
  const source = network({ seed: 7 });
  const before = valuesOf(source);
  const tensors = tf.memory().numTensors;
  const made = network({ seed: 8 });
  const built = tf.memory().numTensors;
  await beginFrom(made, source);
  expect(tf.memory().numTensors).toBe(built);
  const optimizer = new AdamW({ learningRate: 0.1 });
  await trainStep(made, optimizer, new Uint8Array(2 * 3072).fill(9), new Float32Array(12), { step: 0 });
  expect(valuesOf(made)['head_1/bias']).not.toEqual(before['head_1/bias']);
  expect(valuesOf(source)).toEqual(before);
  optimizer.dispose();
  made.dispose();
  expect(tf.memory().numTensors).toBe(tensors);
  source.dispose();
});
