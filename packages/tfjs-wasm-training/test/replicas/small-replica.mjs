// A worker of the tests. `setup.fault` makes one of them fail at a step, the ways a worker can.
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { serveReplica } from '@kanrecon/tfjs-wasm-training/node';
import * as tf from '@tensorflow/tfjs-core';
import { createNetwork, lossAndGradients, parametersOf, statisticsOf } from './small-network.mjs';

await serveReplica(async ({ network, state, fault, unequal }, { rank }) => {
  await tf.setBackend('wasm');
  const { relaxedSimd } = await enableWasmTraining();
  if (fault?.kind === 'build' && fault.rank === rank) throw new Error('no such network');
  const model = createNetwork({ ...network, ...(unequal && { seed: rank }) });
  const optimizer = tf.train.adam(0.01);
  if (state) {
    model.setWeights(state.weights.map(({ data, shape }) => tf.tensor(data, shape)));
    await optimizer.setWeights(
      state.optimizer.map(({ name, data, shape }) => ({ name, tensor: tf.tensor(data, shape) })),
    );
  }
  let steps = 0;
  let received;
  return {
    parameters: parametersOf(model),
    statistics: statisticsOf(model),
    computeGradients({ images, targets }) {
      if (fault && fault.rank === rank && ++steps === fault.step) {
        if (fault.kind === 'throw') throw new Error('out of luck');
        if (fault.kind === 'exit') process.exit(7);
        if (fault.kind === 'late')
          setImmediate(() => {
            throw new Error('out of time');
          });
      }
      return lossAndGradients(model, images, targets);
    },
    applyGradients(gradients) {
      received = Object.values(gradients).flatMap((gradient) => [...gradient.dataSync()]);
      optimizer.applyGradients(gradients);
    },
    async answer(question) {
      if (question === 'gradients') return received;
      if (question === 'relaxedSimd') return relaxedSimd;
      if (question === 'memory') {
        const { numTensors, numDataBuffers } = tf.memory();
        return { numTensors, numDataBuffers, heap: tf.backend().wasm.HEAPU8.length };
      }
      const plain = (tensor) => ({ data: tensor.dataSync(), shape: tensor.shape });
      const moments = await optimizer.getWeights();
      return {
        weights: model.getWeights().map(plain),
        optimizer: moments.map(({ name, tensor }) => ({ name, ...plain(tensor) })),
      };
    },
  };
});
