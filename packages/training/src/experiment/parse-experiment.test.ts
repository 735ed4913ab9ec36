import { describe, expect, it } from 'vitest';
import { TrainingError } from '../training-error.js';
import type { ExperimentOptions } from './experiment.js';
import { parseExperiment } from './parse-experiment.js';

const least: ExperimentOptions = {
  model: {},
  data: { kind: 'dataset', folder: 'data' },
  optimizer: { learningRate: 1e-3 },
  budget: { epochs: 2 },
};

function mistake(experiment: unknown): TrainingError<'wrong-experiment'> {
  try {
    parseExperiment(experiment);
  } catch (error) {
    if (error instanceof TrainingError && error.is('wrong-experiment')) return error;
  }
  throw new Error('nothing was found wrong');
}

describe('parseExperiment', () => {
  it('fills in what has a default, and takes its own result', () => {
    const parsed = parseExperiment(least);
    expect(parsed).toEqual({
      ...least,
      camera: false,
      augmentation: [],
      optimizer: { learningRate: 1e-3, weightDecay: 0.01 },
      schedule: 'cosine',
      batchSize: 16,
      seed: 1,
      workers: 1,
    });
    expect(parseExperiment(parsed)).toEqual(parsed);
    expect(parseExperiment(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
    const steps = { ...least, schedule: 'step' } as const;
    expect(parseExperiment(steps).stepDecay).toBeUndefined();
    expect(parseExperiment({ ...steps, stepDecay: { every: 5 } }).stepDecay).toEqual({ every: 5, gamma: 0.7 });
    const data = { kind: 'stream', epochImages: 9 } as const;
    expect(parseExperiment({ ...least, data }).data).toEqual({ ...data, workers: 1 });
  });

  it('a side that images are scaled to goes with their size and with the padding crop', () => {
    const of = (model: object) => ({ ...least, model });
    const fit = { padding: 'crop', shorterSide: 128 };
    expect(parseExperiment(of({ imageSize: 64, fit })).model.fit).toEqual(fit);
    const rest = 'expected a whole number of pixels from imageSize to 4096, beside the padding "crop", got 128, with';
    for (const [model, got] of [
      [{ imageSize: 64, fit: { padding: 'letterbox', shorterSide: 128 } }, 'imageSize 64 and the padding "letterbox"'],
      [{ imageSize: 64, fit: { shorterSide: 128 } }, 'imageSize 64 and the padding "letterbox"'],
      [{ imageSize: 129, fit }, 'imageSize 129 and the padding "crop"'],
      [{ fit }, 'imageSize 224 and the padding "crop"'],
    ] as const) {
      const { details, message } = mistake(of(model));
      const reason = `model.fit.shorterSide is wrong; ${rest} ${got}`;
      expect(details).toEqual({ field: 'model.fit.shorterSide', reason });
      expect(message).toBe(`parseExperiment: ${reason}`);
    }
  });

  it.each<[string, object, string]>([
    ['budget.epochs', { budget: { epochs: 0 } }, 'expected a whole number of at least 1, got 0'],
    ['budget.epochs', { budget: { epochs: 1.5 } }, 'expected a whole number of at least 1, got 1.5'],
    ['budget.epochs', { budget: {} }, 'expected a whole number of at least 1, got nothing'],
    ['budget', { budget: undefined }, 'expected an object of epochs, got nothing'],
    ['optimizer.learningRate', { optimizer: { learningRate: -1 } }, 'expected a number above 0, got -1'],
    ['optimizer.learningRate', { optimizer: { learningRate: '1' } }, 'expected a number above 0, got "1"'],
    ['optimizer.learningRate', { optimizer: { learningRate: Number.NaN } }, 'expected a number above 0, got NaN'],
    ['batchSize', { batchSize: 5000 }, 'expected a whole number from 1 to 4096, got 5000'],
    ['schedule', { schedule: 'fast' }, 'expected one of "constant", "step", "cosine", "one-cycle", got "fast"'],
    [
      'augmentation.1',
      { augmentation: ['hue', 'blur'] },
      'expected one of "mirror", "turns", "rotate", "color", "hue", got "blur"',
    ],
    [
      'augmentation',
      { augmentation: 'hue' },
      'expected a list, each one of "mirror", "turns", "rotate", "color", "hue", got "hue"',
    ],
    ['model.backbone', { model: { backbone: 'resnet' } }, 'expected one of "squeezeNet11", '],
    ['model.head.dropout', { model: { head: { dropout: 1 } } }, 'expected a number of at least 0 and below 1, got 1'],
    ['data.kind', { data: { kind: 'files' } }, 'expected "dataset" or "stream" or "table", got "files"'],
    ['data.kind', { data: {} }, 'expected "dataset" or "stream" or "table", got nothing'],
    ['data.epochImages', { data: { kind: 'stream', epochImages: 0 } }, 'expected a whole number of at least 1, got 0'],
    ['data.folder', { data: { kind: 'dataset' } }, 'expected some text, got nothing'],
    ['stepDecay', { stepDecay: {} }, 'expected none beside the schedule cosine'],
    ['stepDecay.every', { schedule: 'step', stepDecay: { every: 0 } }, 'expected a whole number of at least 1, got 0'],
    ['stepDecay.gamma', { schedule: 'step', stepDecay: { gamma: 7 } }, 'expected a number above 0 and below 1, got 7'],
    ['workers', { workers: true }, 'expected a whole number from 1 to 64, got true'],
  ])('names the field, what is expected and what was found: %s %o', (field, change, rest) => {
    const { details, message } = mistake({ ...least, ...change });
    expect(details.field).toBe(field);
    expect(details.reason).toContain(`${field} is wrong; ${rest}`);
    expect(message).toBe(`parseExperiment: ${details.reason}`);
  });

  it.each<[string, object, string]>([
    ['learningRate', { learningRate: 1 }, 'did you mean optimizer.learningRate?'],
    ['epochs', { epochs: 1 }, 'did you mean budget.epochs?'],
    ['budget.epoch', { budget: { epochs: 1, epoch: 1 } }, 'did you mean budget.epochs?'],
    ['batch-size', { 'batch-size': 1 }, 'did you mean batchSize?'],
    ['model.layers', { model: { layers: 1 } }, 'expected one of backbone, imageSize, '],
    ['data.epochImages', { data: { kind: 'dataset', folder: 'x', epochImages: 5 } }, 'did you mean data.epochImages?'],
    ['colour', { colour: 1 }, 'expected one of model, data, camera, augmentation, '],
  ])('refuses an unknown field, and says which is meant: %s', (field, change, hint) => {
    const { details } = mistake({ ...least, ...change });
    expect(details.field).toBe(field);
    expect(details.reason).toContain(`unknown field ${field}; ${hint}`);
  });

  it.each([
    [null, 'null'],
    [3, '3'],
    ['x', '"x"'],
    [undefined, 'nothing'],
  ])('refuses %j for a whole experiment', (value, got) => {
    expect(mistake(value).message).toMatch(
      /^parseExperiment: the experiment is wrong; expected an object of model, data, /,
    );
    expect(mistake(value).message).toMatch(new RegExp(`, got ${got}$`));
    expect(mistake(value).details.field).toBeUndefined();
  });
});
