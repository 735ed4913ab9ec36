import { readFileSync } from 'node:fs';
import { synthesizeDataset } from '@kanrecon/dataset/node';
import { loadReconstructor } from '@kanrecon/model/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ExperimentOptions, parseExperiment } from '../src/index.js';
import { at, expectSameRun, json, onData, resume, scene, start } from './run-folders.js';
import { tinyExperiment } from './tiny-experiment.js';

const rate = 2e-3;
const withRate = (backboneRate: number, more: Partial<ExperimentOptions> = {}): ExperimentOptions => ({
  ...onData,
  optimizer: { learningRate: rate, backboneRate },
  ...more,
});
const bytesOf = (run: string) => readFileSync(at(run, 'last', 'weights.bin'));

beforeAll(async () => {
  const split = { train: 18, val: 5, test: 1 };
  await synthesizeDataset({ dir: at('set'), scene, shapes: 24, viewsPerShape: 1, split, imageSize: 32, workers: 1 });
});

describe('a rate of the backbone', () => {
  it('moves its weights by that rate, and the head’s by its own', async () => {
    // Adam's first step is the rate in size, whatever the gradient, and the decay takes a share of the weight.
    const one = { schedule: 'constant', batchSize: 18, budget: { epochs: 1 } } as const;
    const lone = { ...withRate(1e-5, one), optimizer: { learningRate: rate, backboneRate: 1e-5, weightDecay: 0 } };
    await start('one-step', lone);
    await start('no-step', { ...lone, optimizer: { learningRate: 1e-12, weightDecay: 0 } });
    const [after, before] = await Promise.all(['one-step', 'no-step'].map((run) => loadReconstructor(at(run, 'last'))));
    const largest = (part: 'backboneLayers' | 'headLayers') => {
      const changes = after!.reconstructor[part].flatMap((layer, l) =>
        layer.trainableWeights.map((weight, w) => {
          const there = before!.reconstructor[part][l]!.trainableWeights[w]!.read().dataSync();
          const changes = Array.from(weight.read().dataSync(), (value, i) => Math.abs(value - there[i]!));
          return changes.reduce((most, change) => Math.max(most, change), 0);
        }),
      );
      return Math.max(...changes);
    };
    expect(largest('backboneLayers') / 1e-5).toBeCloseTo(1, 1);
    expect(largest('headLayers') / rate).toBeCloseTo(1, 1);
    for (const loaded of [after, before]) loaded!.reconstructor.dispose();
  });

  it('that is the head’s is the usual training, bit for bit', async () => {
    await start('usual', { ...onData, optimizer: { learningRate: rate } });
    await start('equal', withRate(rate));
    expect(bytesOf('equal').equals(bytesOf('usual'))).toBe(true);
  });

  it('is kept when a run goes on', async () => {
    const experiment = withRate(1e-4);
    await start('whole', experiment);
    await start('halves', experiment, {}, 4);
    await resume('halves');
    expectSameRun('halves', 'whole');
    expect(bytesOf('whole').equals(bytesOf('usual'))).toBe(false);
    const { slots } = json('whole', 'last', 'config.json').optimizer;
    const factors = slots.map(({ rateFactor = 1 }: { rateFactor?: number }) => rateFactor);
    const ofBackbone = factors.filter((factor: number) => Math.abs(factor - 0.05) < 1e-12).length;
    expect(ofBackbone).toBeGreaterThan(0);
    expect(factors.slice(ofBackbone).every((factor: number) => factor === 1)).toBe(true);
    expect(factors.length).toBeGreaterThan(ofBackbone);
  });
});

it('is refused where it is 0 or the backbone is frozen, with what to use instead', () => {
  const of =
    (backboneRate: number, model = {}) =>
    () =>
      parseExperiment({
        ...tinyExperiment,
        model: { ...tinyExperiment.model, ...model },
        optimizer: { learningRate: rate, backboneRate },
      });
  expect(of(0)).toThrow('got 0; a backbone that shall not change is model.trainBackbone: false');
  expect(of(-1)).toThrow('optimizer.backboneRate is wrong; expected a number above 0, got -1');
  expect(of(1e-4, { trainBackbone: false })).toThrow('expected none where the backbone is frozen');
});
