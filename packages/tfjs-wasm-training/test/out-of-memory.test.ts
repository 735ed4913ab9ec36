import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { randomValues, startBackends } from './backends.js';
import { smallNetwork } from './small-network.js';

beforeAll(startBackends);

it('a training step that does not fit into the 4 GB heap says so, harms nothing, and training goes on', () => {
  const backend = tf.backend() as unknown as { makeOutput(shape: number[], dtype: string): tf.TensorInfo };
  const model = smallNetwork();
  const x = tf.tensor4d(randomValues([32, 14, 13, 3], 1).data, [32, 14, 13, 3]);
  const y = tf.tensor2d(randomValues([32, 3], 2).data, [32, 3]);
  const optimizer = tf.train.sgd(0.05);
  const loss = () => tf.losses.meanSquaredError(y, model.apply(x, { training: true }) as tf.Tensor) as tf.Scalar;
  const lossNow = () => tf.tidy(() => loss().dataSync()[0]!);
  const step = () => optimizer.minimize(loss);
  step();
  const weights = () => model.trainableWeights.map((weight) => Array.from(weight.read().dataSync()));
  const weightsBefore = weights();
  const lossBefore = lossNow();

  // Reserved, not written: this fills the address space and costs little real memory.
  const reserved: tf.TensorInfo[] = [];
  for (const kilobytes of [262144, 16384, 1024, 64]) {
    expect(() => {
      for (;;) reserved.push(backend.makeOutput([kilobytes, 256], 'float32'));
    }).toThrow(/out of memory/);
  }
  expect(step).toThrow(/wasm backend: out of memory; expected room for .* a heap of 4\d\d\d MB.*smaller batch/);
  for (const { dataId } of reserved) tf.backend().disposeData(dataId);

  // (Not the number of tensors: what a step has saved for its gradient, tfjs itself forgets to release when the step throws.)
  expect(weights()).toEqual(weightsBefore);
  expect(lossNow()).toBe(lossBefore);
  for (let i = 0; i < 10; i++) step();
  expect(lossNow()).toBeLessThan(lossBefore);
});
