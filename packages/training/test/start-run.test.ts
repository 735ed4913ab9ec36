import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DatasetError } from '@kanrecon/dataset';
import { synthesizeDataset } from '@kanrecon/dataset/node';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentOptions } from '../src/index.js';
import { loadCheckpoint, readRunConfig, readRunLog, runFolder, type StartRunOptions, startRun } from '../src/node.js';
import {
  at,
  draw,
  expectSameRun,
  failure,
  filesOf,
  json,
  listening,
  onData,
  root,
  scene,
  start,
  startWholeRuns,
} from './run-folders.js';
import { tinyExperiment } from './tiny-experiment.js';

let whole: Awaited<ReturnType<typeof start>>;
let streamed: typeof whole;
beforeAll(async () => {
  ({ whole, streamed } = await startWholeRuns());
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
