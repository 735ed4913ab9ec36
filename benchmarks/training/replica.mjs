// A worker of measure-workers.mjs: the fused step of measure-tfjs.mjs on its share of the batch.
import { enableWasmTraining, fusedAdamWStep, fusedApply, leanVariableGrads } from '@kanrecon/tfjs-wasm-training';
import { serveReplica } from '@kanrecon/tfjs-wasm-training/node';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { createNetwork, fusedAdamW, outputs, variablesOf } from './network.mjs';

await serveReplica(async ({ name, size }) => {
  await tf.setBackend('wasm');
  await enableWasmTraining();
  const model = createNetwork(name, size);
  const parameters = variablesOf(model);
  const update = fusedAdamW(parameters, fusedAdamWStep);
  return {
    parameters,
    statistics: model.nonTrainableWeights.map((weight) => weight.read()),
    computeGradients({ x, y }) {
      const images = tf.tensor(x, [x.length / (size * size * 3), size, size, 3]);
      const targets = tf.tensor(y, [y.length / outputs, outputs]);
      const loss = () => tf.losses.meanSquaredError(targets, fusedApply(model, images));
      const { value, grads } = leanVariableGrads(loss, parameters);
      const lossValue = value.dataSync()[0];
      tf.dispose([images, targets, value]);
      return { loss: lossValue, gradients: parameters.map((parameter) => grads[parameter.name]) };
    },
    applyGradients: (gradients) => update(({ name }) => gradients[name]),
    answer: () => undefined,
  };
});
