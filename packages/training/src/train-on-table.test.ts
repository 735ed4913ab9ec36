import '@tensorflow/tfjs-backend-wasm';
import type { ReconstructorArtifacts } from '@kanrecon/model';
import { loadReconstructor, saveReconstructor } from '@kanrecon/model/node';
import { sceneByName } from '@kanrecon/scene';
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { numbersOf } from '../test/tiny-experiment.js';
import type { TrainingEvent } from './events/training-event.js';
import type { ExperimentOptions } from './experiment/experiment.js';
import type { TableImages } from './source/training-table.js';
import { type TrainExperimentOptions, trainExperiment } from './train-experiment.js';

// No scene, no surface, no camera: images of rectangles, and a table of what they measure.
const imageSize = 32;
const targets = [
  { name: 'width', min: 4, max: 28, unit: 'pixels' },
  { name: 'height', min: 4, max: 28, unit: 'pixels' },
];

function rectangle({ width, height }: Record<string, number>, shade: number): Uint8Array {
  const image = new Uint8Array(3 * imageSize * imageSize).fill(197);
  const inside = (at: number, size: number) => Math.abs(at - imageSize / 2 + 0.5) < size / 2;
  for (let y = 0; y < imageSize; y++) {
    for (let x = 0; x < imageSize; x++) {
      const at = 3 * (imageSize * y + x);
      if (inside(x, width!) && inside(y, height!)) image.fill(shade, at, at + 3);
    }
  }
  return image;
}

function rectangles(count: number, from: number): TableImages {
  // Spread evenly over both ranges.
  const spread = (i: number, step: number) => 4 + 24 * ((step * (from + i)) % 1);
  const rows = Array.from({ length: count }, (_, i) => ({ width: spread(i, 0.7548777), height: spread(i, 0.56984) }));
  const images = new Uint8Array(count * 3 * imageSize * imageSize);
  for (const [i, row] of rows.entries()) images.set(rectangle(row, (37 * i) % 120), (i * images.length) / count);
  return { images, rows };
}

const table = { targets, train: rectangles(192, 0), validation: rectangles(32, 1000) };
const experiment = {
  model: { backbone: 'smallCnn', imageSize, head: { type: 'fourierKAN' } },
  data: { kind: 'table' },
  augmentation: ['color'],
  optimizer: { learningRate: 0.01 },
  schedule: 'one-cycle',
  budget: { epochs: 12 },
} satisfies ExperimentOptions;

beforeAll(async () => {
  await enableWasmTraining();
  await setBackend('wasm');
});

describe('a table of numbers beside images', () => {
  it('is learned without a scene, and the saved model predicts its numbers in their units', async () => {
    const events: TrainingEvent[] = [];
    const { reconstructor, state } = await trainExperiment(experiment, {
      table,
      onEvent: (event) => events.push(event),
    });
    expect(events[0]).toMatchObject({ type: 'started', images: 192, fresh: false, validationImages: 32, steps: 12 });
    const last = state.history.at(-1)!;
    expect(Object.keys(last.val_r2_per_parameter)).toEqual(['width', 'height']);
    expect(last.val_r2).toBeGreaterThan(0.7);
    expect(last.val_r2_visible).toBe(last.val_r2);
    const folder = temporaryFolder();
    await saveReconstructor(reconstructor, folder);
    reconstructor.dispose();

    const { reconstructor: saved } = await loadReconstructor(folder);
    expect(saved.targets).toEqual(targets);
    expect(saved.card).toEqual({ experiment: expect.objectContaining({ data: { kind: 'table' }, camera: false }) });
    const { parameters } = await saved.predict({
      ...{ width: imageSize, height: imageSize },
      data: rectangle({ width: 20, height: 10 }, 60),
    });
    expect(Math.abs(parameters['width']! - 20)).toBeLessThan(5);
    expect(Math.abs(parameters['height']! - 10)).toBeLessThan(5);
    saved.dispose();
  });

  it('is gone on with after an abort, with the same numbers; and with no other table', async () => {
    const short = { ...experiment, budget: { epochs: 2 } };
    const train = async (options: Partial<TrainExperimentOptions>) => {
      const events: TrainingEvent[] = [];
      const onEvent = (event: TrainingEvent) => {
        events.push(event);
        options.onEvent?.(event);
      };
      const { reconstructor, checkpoint } = await trainExperiment(short, { table, ...options, onEvent });
      reconstructor.dispose();
      return { checkpoint, numbers: numbersOf(events) };
    };
    const whole = await train({});
    const stop = new AbortController();
    let steps = 0;
    const onEvent = ({ type }: TrainingEvent) => {
      if (type === 'step' && ++steps === 15) stop.abort();
    };
    const first = await train({ onEvent, signal: stop.signal });
    const resume: ReconstructorArtifacts = structuredClone(first.checkpoint);
    const second = await train({ resume });
    expect([...first.numbers, ...second.numbers]).toEqual(whole.numbers);
    const wider = { ...table, targets: targets.map((target) => ({ ...target, max: 30 })) };
    await expect(train({ resume, table: wider })).rejects.toMatchObject({ code: 'unusable-checkpoint' });
  });

  /** Validated with these rows, and by default as many images. */
  const validating = (rows: TableImages['rows'], bytes = 3 * imageSize * imageSize * rows.length) => ({
    table: { ...table, validation: { rows, images: new Uint8Array(bytes) } },
  });
  it.each<[string, Partial<TrainExperimentOptions>, Partial<ExperimentOptions>, string]>([
    ['table', {}, {}, 'expected the images and numbers to train on'],
    ['scene', { table, scene: sceneByName('study') }, {}, 'expected none where the data are a table'],
    ['table', { table }, { data: { kind: 'stream', epochImages: 8 } }, 'expected none where the data are a stream'],
    ['camera', { table }, { camera: true }, 'expected false, got true'],
    ['workers', { table }, { workers: 2 }, 'expected 1, got 2'],
    ['table.validation.rows', validating([]), {}, 'expected at least one row'],
    ['table.validation.images', validating([{ width: 5, height: 5 }], 9), {}, '1 × 32 × 32 × 3 bytes, as many images'],
    ['table.validation.rows.0.height', validating([{ width: 5 }]), {}, 'expected a number from 4 to 28, got nothing'],
    ['table.validation.rows.0.width', validating([{ width: 99, height: 5 }]), {}, 'from 4 to 28, got 99'],
  ])('refuses what is wrong in one sentence: %s', async (field, options, change, rest) => {
    const failed = trainExperiment({ ...experiment, ...change }, options);
    await expect(failed).rejects.toMatchObject({ code: 'wrong-experiment', details: { field } });
    await expect(failed).rejects.toThrow(rest);
  });
});
