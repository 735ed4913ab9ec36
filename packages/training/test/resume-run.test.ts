import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatasetError } from '@kanrecon/dataset';
import { beforeAll, describe, expect, it } from 'vitest';
import { TrainingError, type TrainingEvent } from '../src/index.js';
import { openRunFolder, type ResumedRun, resumeRun, runFolder } from '../src/node.js';
import {
  at,
  draw,
  expectSameRun,
  failure,
  json,
  listening,
  onData,
  resume,
  start,
  startWholeRuns,
} from './run-folders.js';
import { tinyExperiment } from './tiny-experiment.js';

beforeAll(startWholeRuns);

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
