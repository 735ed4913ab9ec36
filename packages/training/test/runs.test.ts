import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { DatasetError } from '@kanrecon/dataset';
import { synthesizeDataset } from '@kanrecon/dataset/node';
import { sceneByName } from '@kanrecon/scene';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { type ExperimentOptions, TrainingError, type TrainingEvent } from '../src/index.js';
import {
  loadCheckpoint,
  openRunFolder,
  type ResumedRun,
  type RunOptions,
  readRunConfig,
  readRunLog,
  resumeRun,
  runFolder,
  type StartRunOptions,
  startRun,
} from '../src/node.js';
import { tinyExperiment } from './tiny-experiment.js';

// Runs in folders, in this process, on the built packages below.
const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));
const at = (...parts: string[]) => join(root, ...parts);
const scene = sceneByName('observable');
const onData: ExperimentOptions = { ...tinyExperiment, data: { kind: 'dataset', folder: at('set') } };
const draw = { scene, validationImages: 4 };

/** Options that keep what is told, and abort after some steps. */
function listening(out: string, abortAfter = Number.POSITIVE_INFINITY) {
  const events: TrainingEvent[] = [];
  const controller = new AbortController();
  const onEvent = (event: TrainingEvent) => {
    events.push(event);
    if (events.filter(({ type }) => type === 'step').length >= abortAfter) controller.abort();
  };
  const options = { out: at(out), backend: 'wasm', onInvalid: 'refuse', onEvent, signal: controller.signal } as const;
  return { events, options: options satisfies RunOptions };
}

async function start(
  out: string,
  experiment: ExperimentOptions,
  more: Partial<StartRunOptions> = {},
  abortAfter?: number,
) {
  const { events, options } = listening(out, abortAfter);
  const summary = await startRun(experiment, { ...options, ...more });
  return { events, summary };
}

async function resume(out: string, changes: ResumedRun = {}, more: Partial<RunOptions> = {}) {
  const { events, options } = listening(out);
  const summary = await resumeRun(changes, { ...options, ...more });
  return { events, summary };
}

/** The error of a run, which it has told too, last of all. */
async function failure(run: (onEvent: (event: TrainingEvent) => void) => Promise<unknown>): Promise<unknown> {
  const events: TrainingEvent[] = [];
  const error: unknown = await run((event) => events.push(event)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(events.at(-1)).toEqual({ type: 'failed', error });
  return error;
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

const json = (...parts: string[]) => JSON.parse(readFileSync(at(...parts), 'utf8'));

/** Weights, moments and log are those of another run, byte for byte but for the times. */
function expectSameRun(name: string, like: string) {
  for (const file of ['last/weights.bin', 'last/optimizer.bin', 'best/weights.bin']) {
    expect(readFileSync(at(name, file)).equals(readFileSync(at(like, file))), file).toBe(true);
  }
  const log = (run: string) =>
    readFileSync(at(run, 'log.jsonl'), 'utf8').replaceAll(/"(seconds|images_per_second)":[^,]*/g, '');
  expect(log(name)).toBe(log(like));
}

let whole: Awaited<ReturnType<typeof start>>;
let streamed: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  const split = { train: 18, val: 5, test: 1 };
  await synthesizeDataset({ dir: at('set'), scene, shapes: 24, viewsPerShape: 1, split, imageSize: 32, workers: 1 });
  whole = await start('whole', onData);
  streamed = await start('streamed', tinyExperiment, { draw });
});

describe('startRun', () => {
  it('tells what it does and leaves a run folder', async () => {
    const { events, summary } = whole;
    const types = events.map(({ type }) => type);
    const began = types.indexOf('started');
    expect(events.find(({ type }) => type === 'notice')).toMatchObject({ notice: { code: 'backend', name: 'wasm' } });
    expect(new Set(types.slice(0, began))).toEqual(new Set(['notice', 'progress']));
    expect(events[began]).toMatchObject({ images: 18, fresh: false, validationImages: 5, steps: 3, epochs: 3 });
    // Every epoch: three steps, validation, one checkpoint or two, its record.
    expect(types.slice(began).join(' ')).toMatch(
      /^started( step step step validation checkpoint( checkpoint)? epoch){3} finished$/,
    );
    expect(types.slice(0, began).length).toBeGreaterThan(1);
    expect(readdirSync(at('whole')).sort()).toEqual(['best', 'config.json', 'last', 'log.jsonl', 'metrics.json']);
    const records = events.flatMap((event) => (event.type === 'epoch' ? [event.record] : []));
    expect(await readRunLog(runFolder(at('whole')))).toEqual(records);
    expect(summary).toMatchObject({ finished: true, epochs: 3, steps_in_epoch: 0, backend: 'wasm', last: records[2] });
    expect(json('whole', 'metrics.json')).toEqual(summary);
    expect(events.at(-1)).toMatchObject({ type: 'finished', complete: true, best: summary.best, last: summary.last });
    const { reconstructor } = await loadCheckpoint(runFolder(at('whole')), 'best');
    expect(reconstructor.name).toBe(summary.name);
    reconstructor.dispose();
  });

  it('keeps the experiment and the scene, and the data set by its way from the run', async () => {
    const { format, experiment, scene: kept, backend } = json('whole', 'config.json');
    expect({ format, backend, scene: kept }).toMatchObject({
      format: 2,
      backend: 'wasm',
      scene: { name: 'observable' },
    });
    expect(experiment).toMatchObject({ ...tinyExperiment, data: { kind: 'dataset', folder: '../set' } });
    expect(json('streamed', 'config.json').experiment.data).toEqual({
      ...tinyExperiment.data,
      workers: 1,
      folder: 'data',
    });
    const config = await readRunConfig(runFolder(at('whole')));
    expect(config.experiment.data.folder).toBe(at('set'));
  });

  it('makes the images to validate with where there are none', () => {
    const { events } = streamed;
    const drawing = events.filter((event) => event.type === 'progress' && event.stage === 'drawing');
    expect(drawing.at(-1)).toMatchObject({ done: 8, total: 8 });
    expect(events.find(({ type }) => type === 'started')).toMatchObject({
      fresh: true,
      validationImages: 4,
      images: 24,
    });
  });

  it.each(['whole', 'streamed'])('writes no absolute path into any file: %s', (name) => {
    const files = filesOf(at(name));
    expect(files.length).toBeGreaterThan(8);
    for (const file of files) expect(readFileSync(file).includes(root), relative(root, file)).toBe(false);
  });

  it('refuses what is no experiment, or no data for it, and takes the folder away again', async () => {
    const { options } = listening('refused');
    const refused = (experiment: ExperimentOptions, more: Partial<StartRunOptions> = {}) =>
      failure((onEvent) => startRun(experiment, { ...options, ...more, onEvent }));
    expect(await refused({ ...onData, batchSize: 0 })).toMatchObject({
      code: 'wrong-experiment',
      details: { field: 'batchSize' },
    });
    expect(await refused(tinyExperiment)).toMatchObject({
      code: 'wrong-experiment',
      details: { field: 'data.folder', reason: expect.stringMatching(/data\.folder is missing; expected the folder/) },
    });
    expect(await refused({ ...onData, augmentation: ['mirror'] })).toMatchObject({ code: 'false-labels' });
    expect(await refused({ ...onData, data: { kind: 'dataset', folder: at('none') } })).toBeInstanceOf(DatasetError);
    const dir = at('no-val');
    const split = { train: 4, val: 0, test: 0 };
    await synthesizeDataset({ dir, scene, shapes: 4, viewsPerShape: 1, split, imageSize: 32, workers: 1 });
    for (const kind of ['images', 'labels']) mkdirSync(join(dir, 'val', kind), { recursive: true });
    expect(await refused({ ...onData, data: { kind: 'dataset', folder: dir } })).toMatchObject({
      code: 'empty-split',
      details: { dataset: dir, split: 'val' },
    });
    expect(existsSync(at('refused'))).toBe(false);
  });

  it('refuses a folder that holds a run, or parts of one', async () => {
    const again = await failure((onEvent) => startRun(onData, { ...listening('whole').options, onEvent }));
    expect(again).toMatchObject({ code: 'run-exists', details: { path: at('whole'), parts: [] } });
    mkdirSync(at('parts', 'last'), { recursive: true });
    const parts = await failure((onEvent) => startRun(onData, { ...listening('parts').options, onEvent }));
    expect(parts).toMatchObject({ code: 'run-exists', details: { parts: ['last'] } });
  });

  it('interrupted before its first step, leaves no run behind, and the same call begins again', async () => {
    const controller = new AbortController();
    const { options } = listening('early');
    const error = await failure((onEvent) =>
      startRun(tinyExperiment, {
        ...{ ...options, draw, signal: controller.signal },
        onEvent: (event) => {
          onEvent(event);
          if (event.type === 'progress') controller.abort();
        },
      }),
    );
    expect(error).toBe(controller.signal.reason);
    // The images that are drawn already are made use of.
    expect(readdirSync(at('early'))).toEqual(['data']);
    await start('early', tinyExperiment, { draw });
    expectSameRun('early', 'streamed');
  });
});

describe('resumeRun', () => {
  it.each([
    ['a data set, in the middle of an epoch', 'halves', onData, {}, 4, 'whole'],
    ['a data set, at the end of an epoch', 'thirds', onData, {}, 3, 'whole'],
    ['fresh images', 'stream-halves', tinyExperiment, { draw }, 5, 'streamed'],
  ] as const)('goes on with the same numbers after an abort: %s', async (_, name, experiment, more, steps, like) => {
    const first = await start(name, experiment, more, steps);
    expect(first.summary.finished).toBe(false);
    expect(first.events.at(-1)).toMatchObject({ type: 'finished', complete: false });
    const perEpoch = like === 'whole' ? 3 : 4;
    const { events, summary } = await resume(name);
    const started = events.find((event) => event.type === 'started');
    expect(started?.resumed).toEqual({ epoch: Math.floor(steps / perEpoch), step: steps % perEpoch });
    expect(summary).toMatchObject({ finished: true, epochs: 3 });
    expectSameRun(name, like);
  });

  it('goes on after a crash before the first checkpoint, and before its metrics were written', async () => {
    cpSync(at('whole'), at('crashed'), { recursive: true });
    for (const part of ['best', 'last', 'log.jsonl', 'metrics.json']) rmSync(at('crashed', part), { recursive: true });
    const { events } = await resume('crashed');
    expect(events.find((event) => event.type === 'started')?.resumed).toBeUndefined();
    expectSameRun('crashed', 'whole');
  });

  it('finds run and data where they have been moved to together, and the data alone when it is told', async () => {
    mkdirSync(at('here'));
    cpSync(at('set'), at('here', 'set'), { recursive: true });
    const data = { kind: 'dataset', folder: at('here', 'set') } as const;
    await start(join('here', 'run'), { ...onData, data }, {}, 4);
    renameSync(at('here'), at('there'));
    await resume(join('there', 'run'), { epochs: 2 });
    expect(json('there', 'run', 'config.json').experiment.data.folder).toBe('../set');
    renameSync(at('there', 'set'), at('moved-set'));
    const error = await failure((onEvent) => resumeRun({}, { ...listening(join('there', 'run')).options, onEvent }));
    expect(error).toBeInstanceOf(DatasetError);
    await resume(join('there', 'run'), { epochs: 3, dataset: at('moved-set') });
    expect(json('there', 'run', 'config.json').experiment.data.folder).toBe('../../moved-set');
  });

  it('goes on with a run of an earlier version', async () => {
    await start('old', onData, {}, 4);
    const { experiment, scene: look, ...rest } = json('old', 'config.json');
    const { model, optimizer, budget, data, augmentation, ...training } = experiment;
    const { config } = json('old', 'last', 'config.json');
    const first = {
      ...rest,
      format: 1,
      model: config,
      look: { preset: look.name },
      training: { ...training, ...optimizer, ...budget, dataset: at('set'), augment: augmentation.join() || 'none' },
    };
    writeFileSync(at('old', 'config.json'), JSON.stringify(first));
    await resume('old');
    expectSameRun('old', 'whole');
    expect(json('old', 'config.json')).toMatchObject({ format: 2, experiment: { data: { folder: '../set' } } });
  });

  it('trains for longer, and says what that does to the schedule', async () => {
    cpSync(at('whole'), at('longer'), { recursive: true });
    const { events, summary } = await resume('longer', { epochs: 4 });
    expect(summary.epochs).toBe(4);
    const notice = { code: 'other-length', schedule: 'cosine', epochs: 4, before: 3 };
    expect(events).toContainEqual({ type: 'notice', notice });
    expect(json('longer', 'config.json').experiment.budget).toEqual({ epochs: 4 });
  });

  it('says that it goes on on another backend', async () => {
    cpSync(at('whole'), at('other-backend'), { recursive: true });
    const { events } = await resume('other-backend', { epochs: 3 }, { backend: 'cpu' });
    expect(events).toContainEqual({ type: 'notice', notice: { code: 'other-backend', name: 'cpu', before: 'wasm' } });
    expect(json('other-backend', 'config.json').backend).toBe('wasm');
    // Back, for the other tests.
    await resume('other-backend', {}, { backend: 'wasm' });
  });

  it('may draw with other threads, of fresh images only', async () => {
    await start('redrawn', tinyExperiment, { draw }, 5);
    await resume('redrawn', { streamWorkers: 2 });
    expectSameRun('redrawn', 'streamed');
    const refused = (onEvent: (event: TrainingEvent) => void) =>
      resumeRun({ streamWorkers: 2 }, { ...listening('whole').options, onEvent });
    expect(await failure(refused)).toMatchObject({ code: 'not-streamed', details: { setting: 'streamWorkers' } });
  });

  it.each<[string, ResumedRun, (folder: string) => void, object]>([
    [
      'there is no folder',
      {},
      (folder) => rmSync(folder, { recursive: true }),
      { code: 'no-run', details: { exists: false } },
    ],
    [
      'it is no run',
      {},
      (folder) => rmSync(join(folder, 'config.json')),
      { code: 'no-run', details: { exists: true } },
    ],
    [
      'its configuration is damaged',
      {},
      (folder) => writeFileSync(join(folder, 'config.json'), '{'),
      { code: 'unusable-run' },
    ],
    [
      'its checkpoint is damaged',
      {},
      (folder) => writeFileSync(join(folder, 'last', 'weights.bin'), 'x'),
      { code: 'unusable-checkpoint' },
    ],
    [
      'somebody trains in it',
      {},
      (folder) => writeFileSync(join(folder, 'training.lock'), `${process.ppid}\n`),
      { code: 'run-locked', details: { process: process.ppid } },
    ],
    [
      'it is to train no epochs',
      { epochs: 0 },
      () => {},
      { code: 'wrong-experiment', details: { field: 'budget.epochs' } },
    ],
  ])('refuses where %s', async (_, changes, spoil, expected) => {
    rmSync(at('spoilt'), { recursive: true, force: true });
    cpSync(at('whole'), at('spoilt'), { recursive: true });
    spoil(at('spoilt'));
    const error = await failure((onEvent) => resumeRun(changes, { ...listening('spoilt').options, onEvent }));
    expect(error).toBeInstanceOf(TrainingError);
    expect(error).toMatchObject(expected);
  });

  it('knows of a run whether it has a checkpoint', async () => {
    cpSync(at('whole'), at('no-best'), { recursive: true });
    rmSync(at('no-best', 'best'), { recursive: true });
    await expect(openRunFolder(at('no-best'), 'best')).rejects.toMatchObject({
      code: 'no-checkpoint',
      details: { checkpoint: 'best' },
    });
    expect(await openRunFolder(at('no-best'), 'last')).toEqual(runFolder(at('no-best')));
  });
});
