import { synthesizeDataset } from '@kanrecon/dataset/node';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { ExperimentOptions, TrainingEvent } from '../src/index.js';
import { readRunConfig, runFolder } from '../src/node.js';
import { at, draw, expectSameRun, json, onData, resume, scene, start } from './run-folders.js';
import { tinyExperiment } from './tiny-experiment.js';

// Each of several trainings.
vi.setConfig({ testTimeout: 240_000 });

// An epoch each on images of 32, 40 and 48 pixels: three steps of a data set, four of fresh images.
const growing = {
  model: { ...tinyExperiment.model, imageSize: 48 },
  growth: { sizes: [32, 40], share: 0.66 },
};
const stored: ExperimentOptions = { ...onData, ...growing, augmentation: ['rotate', 'color'] };
const fresh: ExperimentOptions = { ...tinyExperiment, ...growing };

beforeAll(async () => {
  const split = { train: 18, val: 5, test: 1 };
  await synthesizeDataset({ dir: at('set'), scene, shapes: 24, viewsPerShape: 1, split, imageSize: 64, workers: 1 });
});

const sizesOf = (events: readonly TrainingEvent[]) =>
  events.flatMap((event) => (event.type === 'epoch' ? [event.record.image_size] : []));

describe('a run whose images grow', () => {
  it.each<[string, ExperimentOptions, object, readonly number[]]>([
    ['a data set', stored, {}, [1, 5]],
    ['fresh images', fresh, { draw }, [5]],
    ['fresh images, with averaged weights', averaged(fresh), { draw }, [6]],
  ])('ends with the same bytes in one piece and in two: %s', async (name, experiment, more, cuts) => {
    const folder = name.replaceAll(/\W+/g, '-');
    const { events, summary } = await start(folder, experiment, more);
    expect(summary).toMatchObject({ finished: true, epochs: 3 });
    expect(sizesOf(events)).toEqual([32, 40, 48]);
    for (const steps of cuts) {
      const half = `${folder}-${steps}`;
      expect((await start(half, experiment, more, steps)).summary.finished).toBe(false);
      await resume(half);
      expectSameRun(half, folder);
    }
  });

  it('says so in its configuration, which is read again, and saves the network at its own size', async () => {
    await start('told', fresh, { draw });
    expect(json('told', 'config.json').experiment.growth).toEqual(growing.growth);
    const { experiment } = await readRunConfig(runFolder(at('told')));
    expect(experiment).toMatchObject({ growth: growing.growth });
    for (const which of ['best', 'last']) expect(json('told', which, 'config.json').config.imageSize).toBe(48);
    expect(json('told', 'metrics.json').last.image_size).toBe(48);
    const { events } = await resume('told', { epochs: 5 });
    expect(sizesOf(events)).toEqual([48, 48]);
  });
});

function averaged(experiment: ExperimentOptions): ExperimentOptions {
  return { ...experiment, optimizer: { ...experiment.optimizer, averageDecay: 0.8 } };
}
