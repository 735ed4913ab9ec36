import '@tensorflow/tfjs-backend-wasm';
import { fromArtifacts, type ReconstructorArtifacts } from '@kanrecon/model';
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ExperimentOptions, type TrainExperimentOptions, trainExperiment } from '../src/index.js';
import { scene } from './run-folders.js';
import { tinyExperiment } from './tiny-experiment.js';

const withAverage = (averageDecay: number): ExperimentOptions => ({
  ...tinyExperiment,
  optimizer: { ...tinyExperiment.optimizer, averageDecay, clipNorm: 0.5 },
});
const averaged = withAverage(0.8);

async function train(experiment: ExperimentOptions, options: Partial<TrainExperimentOptions> = {}) {
  const { reconstructor, ...rest } = await trainExperiment(experiment, { scene, validationImages: 8, ...options });
  reconstructor.dispose();
  return rest;
}

/** The trained weights, and what the optimizer keeps in their place. */
async function weightsOf(checkpoint: ReconstructorArtifacts) {
  const { reconstructor, optimizerState } = await fromArtifacts(checkpoint);
  const network = reconstructor.trainableVariables.map((variable) => variable.dataSync().slice());
  reconstructor.dispose();
  return { network, kept: optimizerState!.slots.map(({ average }) => average) };
}

beforeAll(async () => {
  await enableWasmTraining();
  await setBackend('wasm');
});

describe('a training with averaged weights', () => {
  it('has the average of the weights that it would have had without', async () => {
    const first = await train(tinyExperiment);
    const before = memory().numTensors;
    const clip = { ...tinyExperiment.optimizer, clipNorm: 0.5 };
    const plain = await weightsOf((await train({ ...tinyExperiment, optimizer: clip })).checkpoint);
    const checkpoints: Float32Array[][] = [];
    const { checkpoint, state } = await train(averaged, {
      save: async (which, saved) => {
        if (which === 'last') checkpoints.push((await weightsOf(saved)).network as Float32Array[]);
      },
    });
    const { network, kept } = await weightsOf(checkpoint);
    // The numbers are in optimizer.bin.
    for (const slot of checkpoint.manifest.optimizer!.slots) expect(Object.keys(slot)).toEqual(['name', 'shape']);
    expect(kept).toEqual(plain.network);
    expect(network).not.toEqual(plain.network);
    expect(checkpoints.at(-1)).toEqual(network);
    expect(state.history.map(({ val_loss }) => val_loss)).not.toEqual(
      first.state.history.map(({ val_loss }) => val_loss),
    );
    // An average that forgets everything is the weights themselves.
    const forgetful = await train(withAverage(0));
    const { network: last } = await weightsOf(forgetful.checkpoint);
    for (const [i, values] of last.entries()) {
      const off = Array.from(values, (value, j) => Math.abs(value - plain.network[i]![j]!));
      expect(off.every((each) => each < 1e-6)).toBe(true);
    }
    expect(memory().numTensors).toBe(before);
  });

  it.each([2, 4, 6])('goes on with the same numbers when it is aborted after %i steps', async (steps) => {
    const whole = await train(averaged);
    const controller = new AbortController();
    let made = 0;
    const halves = await train(averaged, {
      signal: controller.signal,
      onEvent: ({ type }) => {
        if (type === 'step' && ++made === steps) controller.abort();
      },
    });
    expect(halves.complete).toBe(false);
    const resumed = await train(averaged, { resume: structuredClone(halves.checkpoint) });
    expect(await weightsOf(resumed.checkpoint)).toEqual(await weightsOf(whole.checkpoint));
    expect(resumed.state.history.map(({ val_loss }) => val_loss)).toEqual(
      whole.state.history.map(({ val_loss }) => val_loss),
    );
  });

  it('does not go on from a checkpoint of another one', async () => {
    const { checkpoint } = await train(averaged);
    await expect(train(withAverage(0.9), { resume: checkpoint })).rejects.toThrow(
      'optimizer.averageDecay is another than the checkpoint was trained with; expected 0.8, got 0.9',
    );
  });
});
