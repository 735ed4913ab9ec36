import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../tests/temporary-folder.js';
import { TrainingError } from '../../training-error.js';
import { readRunConfig } from './run-config.js';
import { runFolder } from './run-folder.js';

const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));

/** As the program wrote it before there were experiments, with the data set's absolute path. */
const old = {
  format: 1,
  name: 'SQUEEZENET_DROP4_FOURIER_DROP_256',
  model: {
    surface: 'spiral-cylinder',
    backbone: 'squeezeNet11',
    head: { type: 'fourierKAN', widths: [64], dropout: 0.4, hiddenDropout: 0.4 },
    imageSize: 128,
    seed: 3,
    trainBackbone: true,
    mean: 0.485,
    std: 0.229,
  },
  look: { preset: 'observable', overrides: { effects: { noise: [5, 5] } } },
  training: {
    dataset: join(root, 'data'),
    epochs: 100,
    batchSize: 16,
    learningRate: 0.0005,
    weightDecay: 0.01,
    schedule: 'cosine',
    augment: 'study',
    seed: 3,
    workers: 2,
  },
  backend: 'wasm',
  versions: { kanrecon: '0.0.0', '@kanrecon/model': '0.0.0', node: '22.12.0' },
};

function read(config: unknown) {
  const folder = runFolder(join(root, 'run'));
  mkdirSync(folder.path, { recursive: true });
  writeFileSync(folder.config, typeof config === 'string' ? config : JSON.stringify(config));
  return readRunConfig(folder);
}

async function mistake(config: unknown): Promise<TrainingError<'unusable-run'>> {
  const error = await read(config).catch((reason: unknown) => reason);
  if (error instanceof TrainingError && error.is('unusable-run')) return error;
  throw new Error('the configuration was taken');
}

describe('readRunConfig', () => {
  it('reads what earlier versions wrote', async () => {
    expect(await read(old)).toEqual({
      format: 2,
      name: old.name,
      experiment: {
        model: {
          backbone: 'squeezeNet11',
          head: { type: 'fourierKAN', widths: [64], dropout: 0.4, hiddenDropout: 0.4 },
          imageSize: 128,
          trainBackbone: true,
          mean: 0.485,
          std: 0.229,
        },
        data: { kind: 'dataset', folder: join(root, 'data') },
        camera: false,
        augmentation: ['mirror', 'rotate', 'color', 'hue'],
        optimizer: { learningRate: 0.0005, weightDecay: 0.01 },
        schedule: 'cosine',
        budget: { epochs: 100 },
        batchSize: 16,
        seed: 3,
        workers: 2,
      },
      scene: { name: 'observable', changes: { effects: { noise: [5, 5] } } },
      backend: 'wasm',
      versions: old.versions,
    });
  });

  it('reads runs from before networks found the camera; of other fields none may be missing', async () => {
    const present = await read(old);
    const { camera: _, ...experiment } = present.experiment;
    expect((await read({ ...present, experiment })).experiment).toEqual(present.experiment);
    expect((await read({ ...present, experiment: { ...experiment, camera: true } })).experiment.camera).toBe(true);
    const { seed: __, ...without } = present.experiment;
    expect((await mistake({ ...present, experiment: without })).details.reason).toBe('experiment.seed is missing');
  });

  it('reads runs from before there were looks and workers, and streamed ones', async () => {
    const { look: _, ...withoutLook } = old;
    const { workers: __, ...training } = old.training;
    const first = await read({ ...withoutLook, training: { ...training, augment: 'none' } });
    expect(first.scene).toEqual({ name: 'study' });
    expect(first.experiment).toMatchObject({ workers: 1, augmentation: [] });
    const stream = { epochImages: 8192, workers: 3 };
    const streamed = await read({ ...old, training: { ...old.training, stream } });
    expect(streamed.experiment.data).toEqual({ kind: 'stream', ...stream, folder: join(root, 'data') });
    const surface = { name: 'mine', parameters: [] };
    const own = await read({ ...old, look: { preset: 'study', surface } });
    expect(own.scene).toEqual({ name: 'study', surface });
  });

  it.each<[string, unknown, RegExp]>([
    ['no JSON', '{"format": 2', /^it cannot be read as JSON: /],
    ['another format', { ...old, format: 3 }, /^format is wrong; expected 2, got 3$/],
    ['no object', null, /^the document is wrong; expected an object of format, name, experiment, .*, got null$/],
    [
      'a wrong field',
      { ...old, training: { ...old.training, learningRate: 'fast' } },
      /^experiment\.optimizer\.learningRate is wrong; expected a number above 0, got "fast"$/,
    ],
    [
      'an unknown augmentation',
      { ...old, training: { ...old.training, augment: 'blur' } },
      /^experiment\.augmentation is wrong; expected a list, each one of "mirror", .*, got "blur"$/,
    ],
    ['no training', { ...old, training: null }, /^format is wrong; expected 2, got 1$/],
    [
      'an unknown backend',
      { ...old, backend: 'cuda' },
      /^backend is wrong; expected one of "node-gpu", .*, got "cuda"$/,
    ],
  ])('names the file and the field of what cannot be used: %s', async (_, config, reason) => {
    const { details, message } = await mistake(config);
    expect(details.file).toBe(join(root, 'run', 'config.json'));
    expect(details.reason).toMatch(reason);
    expect(message).toBe(`readRunConfig: ${details.file}: ${details.reason}`);
  });
});
