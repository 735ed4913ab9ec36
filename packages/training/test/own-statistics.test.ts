import '@tensorflow/tfjs-backend-wasm';
import { fromArtifacts, type Reconstructor, recomputeStatistics } from '@kanrecon/model';
import { enableWasmTraining, fusedApply } from '@kanrecon/tfjs-wasm-training';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { type ExperimentOptions, trainExperiment } from '../src/index.js';
import { typicalOfScene, typicalOfStored } from '../src/source/typical-images.js';
import { scene } from './run-folders.js';
import { tinyExperiment } from './tiny-experiment.js';

// Of 9 steps an epoch, so that statistics come from two batches.
const longer = { ...tinyExperiment, data: { kind: 'stream', epochImages: 54 }, budget: { epochs: 1 } } as const;
const { optimizer, model } = longer;

beforeAll(async () => {
  await enableWasmTraining();
  await setBackend('wasm');
});

const statisticsOf = ({ model }: Reconstructor) =>
  model.nonTrainableWeights.map((weight) => [...(weight.read().dataSync() as Float32Array)]);

/** The statistics that a training saves, and those that its weights have of typical images. */
async function statistics(experiment: ExperimentOptions, imageSize: number) {
  const { reconstructor, checkpoint } = await trainExperiment(experiment, { scene, validationImages: 8 });
  reconstructor.dispose();
  const { reconstructor: saved } = await fromArtifacts(checkpoint);
  const found = statisticsOf(saved);
  await recomputeStatistics(saved, typicalOfScene(scene, imageSize, 6, 9)(), { apply: fusedApply });
  const own = statisticsOf(saved);
  saved.dispose();
  return { found, own };
}

it('a network that is the average of its weights has statistics of its own', async () => {
  const { found, own } = await statistics({ ...longer, optimizer: { ...optimizer, averageDecay: 0.9 } }, 32);
  expect(found).toEqual(own);
});

it('so has one that learned from smaller images last', async () => {
  const stop = new AbortController();
  const growing = {
    ...longer,
    model: { ...model, imageSize: 48 },
    growth: { sizes: [32] },
    budget: { epochs: 2 },
  };
  const { reconstructor, checkpoint } = await trainExperiment(growing, {
    scene,
    validationImages: 8,
    signal: stop.signal,
    onEvent: ({ type }) => type === 'epoch' && stop.abort(),
  });
  reconstructor.dispose();
  const { reconstructor: saved } = await fromArtifacts(checkpoint);
  const found = statisticsOf(saved);
  await recomputeStatistics(saved, typicalOfScene(scene, 48, 6, 9)(), { apply: fusedApply });
  expect(found).toEqual(statisticsOf(saved));
  saved.dispose();
});

it('any other has those that training has left', async () => {
  const { found, own } = await statistics(longer, 32);
  expect(found).not.toEqual(own);
});

it('typical images of those that are there come from all parts of them', () => {
  const images = { readBatch: (of: Uint32Array) => Uint8Array.from(of), targets: () => new Float32Array() };
  const train = Uint32Array.from({ length: 100 }, (_, i) => i + 100);
  const batches = [...typicalOfStored(images, train, 5, 20)()];
  expect(batches.map((batch) => [...batch])).toEqual([
    [100, 120, 140, 160, 180],
    [106, 126, 146, 166, 186],
    [113, 133, 153, 173, 193],
  ]);
  expect([...typicalOfStored(images, train.subarray(0, 3), 16, 1)()].map((batch) => [...batch])).toEqual([
    [100, 101, 102],
  ]);
});
