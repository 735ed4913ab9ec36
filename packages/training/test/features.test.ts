import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { synthesizeDataset } from '@kanrecon/dataset/node';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentOptions, TrainingEvent } from '../src/index.js';
import { featureFolder } from '../src/node.js';
import { at, draw, expectSameRun, json, listening, resume, root, scene, start } from './run-folders.js';
import { numbersOf, steadyExperiment, tinyExperiment } from './tiny-experiment.js';

const locked: ExperimentOptions = {
  ...steadyExperiment,
  model: { ...tinyExperiment.model, trainBackbone: false },
  data: { kind: 'dataset', folder: at('set') },
};
const cache = at('set', '.cache');
const files = () => readdirSync(cache).filter((name) => name.startsWith('features-'));
const notices = (events: readonly TrainingEvent[]) =>
  events.flatMap((event) =>
    event.type === 'notice' && event.notice.code.startsWith('features') ? [event.notice] : [],
  );
const furthest = (a: readonly number[], b: readonly number[]) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
const weightsOf = (run: string) => [
  ...new Float32Array(new Uint8Array(readFileSync(at(run, 'last/weights.bin'))).buffer),
];

let whole: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  const split = { train: 40, val: 9, test: 1 };
  await synthesizeDataset({ dir: at('set'), scene, shapes: 50, viewsPerShape: 1, split, imageSize: 32, workers: 1 });
  whole = await start('cached', locked);
});

describe('a run with a frozen backbone on a data set', () => {
  it('trains on features that were computed once, with the numbers of the uncached way', async () => {
    expect(notices(whole.events)).toEqual([{ code: 'features-cached', images: 49, computed: 49 }]);
    const progress = whole.events.filter((event) => event.type === 'progress' && event.stage === 'features');
    expect(progress.map((event) => event.type === 'progress' && event.done)).toEqual([0, 32, 49]);
    const direct = await start('direct', locked, { cacheFeatures: false });
    expect(notices(direct.events)).toEqual([]);
    expect(furthest(numbersOf(whole.events), numbersOf(direct.events))).toBeLessThan(1e-5);
    expect(furthest(weightsOf('cached'), weightsOf('direct'))).toBeLessThan(1e-5);
  });

  it('goes on after an abort with the same numbers, bit for bit, whether the features are still there or not', async () => {
    for (const [name, removed] of [
      ['resumed', false],
      ['resumed-anew', true],
    ] as const) {
      await start(name, locked, {}, 9);
      if (removed) for (const file of files()) rmSync(join(cache, file));
      const { events } = await resume(name);
      expect(notices(events)).toEqual([{ code: 'features-cached', images: 49, computed: removed ? 49 : 0 }]);
      expectSameRun(name, 'cached');
    }
  });

  it('computes what a killed process has left undone, and what is damaged', async () => {
    const [file] = files();
    const path = join(cache, file!);
    const sound = readFileSync(path);
    truncateSync(path, Math.floor(sound.length * 0.8)); // in the middle of a row of the second chunk
    expect(notices((await start('cut', locked)).events)).toEqual([
      { code: 'features-cached', images: 49, computed: 17 },
    ]);
    expect(readFileSync(path).equals(sound)).toBe(true);
    const damaged = Buffer.from(sound);
    damaged[500]! ^= 4;
    writeFileSync(path, damaged);
    expect(notices((await start('mended', locked)).events)).toEqual([
      { code: 'features-cached', images: 49, computed: 32 },
    ]);
    expect(readFileSync(path).equals(sound)).toBe(true);
    expectSameRun('mended', 'cached');
  });

  it('leaves no run behind when it is aborted while they are computed, and goes on there', async () => {
    for (const file of files()) rmSync(join(cache, file));
    const { options, events } = listening('aborted');
    const controller = new AbortController();
    const onEvent = (event: TrainingEvent) => {
      events.push(event);
      if (event.type === 'progress' && event.stage === 'features' && event.done === 32) controller.abort();
    };
    const { startRun } = await import('../src/node.js');
    await expect(startRun(locked, { ...options, onEvent, signal: controller.signal })).rejects.toThrow(/abort/i);
    expect(readdirSync(root)).not.toContain('aborted');
    const { events: next } = await start('aborted', locked);
    expect(notices(next)).toEqual([{ code: 'features-cached', images: 49, computed: 17 }]);
    expectSameRun('aborted', 'cached');
  });

  it.skipIf(process.platform !== 'linux')('goes on where they cannot be kept, with the same numbers', async () => {
    const path = join(cache, files()[0]!);
    renameSync(path, `${path}.kept`);
    symlinkSync('/dev/full', path);
    const { events } = await start('unkept', locked);
    expect(notices(events)).toEqual([
      { code: 'features-not-kept', reason: `${path}: the disk is full (ENOSPC)` },
      { code: 'features-cached', images: 49, computed: 49 },
    ]);
    expectSameRun('unkept', 'cached');
    renameSync(`${path}.kept`, path);
  });

  it('takes the features of another head, and not those of another backbone, preprocessing or set of images', async () => {
    const computed = async (name: string, changes: Partial<ExperimentOptions>) => {
      const { events } = await start(name, { ...locked, budget: { epochs: 1 }, ...changes });
      return notices(events).map((notice) => notice.code === 'features-cached' && notice.computed)[0];
    };
    const { model } = locked;
    expect(await computed('head', { model: { ...model, head: { type: 'mlp', widths: [4] } } })).toBe(0);
    expect(await computed('seed', { seed: 2 })).toBe(49);
    expect(await computed('mean', { model: { ...model, mean: 0.5 } })).toBe(49);
    expect(await computed('fit', { model: { ...model, fit: { filter: 'box' } } })).toBe(49);
    const image = readdirSync(at('set', 'train', 'images'))[0]!;
    rmSync(at('set', 'train', 'images', image));
    const { events } = await start('fewer', { ...locked, budget: { epochs: 1 } }, { onInvalid: 'skip' });
    expect(notices(events)).toEqual([{ code: 'features-cached', images: 48, computed: 48 }]);
  });

  it('says where they would have helped: images that change with every epoch have none', async () => {
    const streamed = await start('streamed', { ...locked, data: tinyExperiment.data, budget: { epochs: 1 } }, { draw });
    expect(notices(streamed.events)).toEqual([{ code: 'features-not-cached', because: 'stream' }]);
    const changed = { ...locked, augmentation: ['color' as const], budget: { epochs: 1 } };
    const { events } = await start('augmented', changed, { onInvalid: 'skip' });
    expect(notices(events)).toEqual([{ code: 'features-not-cached', because: 'augmentation' }]);
    const trained = { ...locked, model: tinyExperiment.model, budget: { epochs: 1 } };
    expect(notices((await start('trained', trained, { onInvalid: 'skip' })).events)).toEqual([]);
    expect(json('augmented', 'config.json').experiment.augmentation).toEqual(['color']);
  });
});

it('keeps the eight files that were used last, and refuses rows that were changed beneath it', async () => {
  const folder = at('kept');
  const store = featureFolder(folder);
  const keys = Array.from({ length: 10 }, (_, i) => `${i}`.repeat(64));
  for (const [i, key] of keys.entries()) {
    const rows = await store.open(key, 2, 3);
    await rows.write(0, Float32Array.of(1, 2, 3, 4, 5, i));
    expect([...rows.read(Uint32Array.of(1, 0))]).toEqual([4, 5, i, 1, 2, 3]);
    expect(rows.has(0, 2)).toBe(true);
    rows.close();
    utimesSync(join(folder, `features-${key.slice(0, 32)}.bin`), 1000 + i, 1000 + i);
  }
  // The ninth pushed out the first when it was opened; the tenth the second.
  expect(readdirSync(folder)).toHaveLength(8);
  expect(readdirSync(folder).some((name) => name.includes('000') || name.includes('111'))).toBe(false);
  const rows = await store.open(keys[9]!, 2, 3);
  expect(rows.has(0, 2)).toBe(true);
  writeFileSync(join(folder, `features-${keys[9]!.slice(0, 32)}.bin`), Buffer.alloc(32));
  expect(() => rows.read(Uint32Array.of(0))).toThrow('has been changed since it was opened; begin again to mend it');
  rows.close();
});

describe.skipIf(process.platform !== 'linux')('a folder of features that takes none', () => {
  const key = '0123456789abcdef'.repeat(4);
  const name = `features-${key.slice(0, 32)}.bin`;

  it('holds them in memory where no file can be made, and says why', async () => {
    const told: string[] = [];
    // Not even root may make a file there.
    const rows = await featureFolder('/sys', (reason) => told.push(reason)).open(key, 3, 2);
    expect(told).toEqual([`/sys/${name}: permission denied (EACCES)`]);
    expect(rows.has(0, 1)).toBe(false);
    await rows.write(1, Float32Array.of(1, 2, 3, 4));
    expect([rows.has(0, 3), rows.has(1, 3)]).toEqual([false, true]);
    expect([...rows.read(Uint32Array.of(2, 1))]).toEqual([3, 4, 1, 2]);
    rows.close();
  });

  it('holds the rest of them in memory when the disk is full, once told', async () => {
    const told: string[] = [];
    mkdirSync(at('full'));
    symlinkSync('/dev/full', at('full', name));
    const rows = await featureFolder(at('full'), (reason) => told.push(reason)).open(key, 4, 2);
    expect(told).toEqual([]);
    await rows.write(0, Float32Array.of(1, 2, 3, 4));
    await rows.write(2, Float32Array.of(5, 6, 7, 8));
    expect(told).toEqual([`${at('full', name)}: the disk is full (ENOSPC)`]);
    expect(rows.has(0, 4)).toBe(true);
    expect([...rows.read(Uint32Array.of(3, 0, 1, 2))]).toEqual([7, 8, 1, 2, 3, 4, 5, 6]);
    rows.close();
  });
});
