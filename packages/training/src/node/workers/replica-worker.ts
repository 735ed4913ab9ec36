// Started as a worker thread by ParallelStepRunner: one replica of the network in training.
import { fromArtifacts } from '@kanrecon/model';
import { serveReplica } from '@kanrecon/tfjs-wasm-training/node';
import type { Variable } from '@tensorflow/tfjs-core';
import { createOptimizer } from '../../loop/create-optimizer.js';
import { stepOn } from '../../loop/fast-step.js';
import { GradientCatcher } from '../../loop/gradient-catcher.js';
import type { StepPosition } from '../../loop/step-runner.js';
import { activateBackend } from '../backends/activate-backend.js';
import type { ReplicaSetup, ReplicaShare, ReplicaState } from './parallel-step-runner.js';

await serveReplica<ReplicaSetup, ReplicaShare, StepPosition>(
  async ({ artifacts, experiment, backend }, { rank, workers }) => {
    await activateBackend(backend);
    const { reconstructor, optimizerState } = await fromArtifacts(artifacts);
    const optimizer = createOptimizer(experiment, reconstructor).setState(optimizerState!);
    const catcher = new GradientCatcher();
    const { model, config, trainableVariables } = reconstructor;
    // The network comes as it is used; steps go on from the weights that are trained.
    optimizer.swapAverages(trainableVariables);
    const moving = config.trainBackbone ? model.nonTrainableWeights : [];
    return {
      parameters: trainableVariables,
      statistics: moving.map((weight) => weight.read() as Variable),
      async computeGradients({ images, targets }, position) {
        // A number of its own for every share, so that no two have the same dropout masks.
        const step = position.step * workers + rank;
        const loss = await stepOn(reconstructor, catcher, images, targets, step);
        return { loss, gradients: catcher.take(trainableVariables) };
      },
      applyGradients(gradients, { learningRate }) {
        optimizer.learningRate = learningRate;
        optimizer.applyGradients(gradients);
      },
      async answer(): Promise<ReplicaState> {
        optimizer.swapAverages(trainableVariables);
        const weights = await Promise.all(model.weights.map(async (weight) => (await weight.read().data()).slice()));
        const state = await optimizer.getState();
        optimizer.swapAverages(trainableVariables);
        return { weights: weights as Float32Array[], optimizer: state };
      },
    };
  },
);
