import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizeDataset } from '@kanrecon/dataset/node';
import { sceneByName } from '@kanrecon/scene';
import { afterAll, expect } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import type { ExperimentOptions, TrainingEvent } from '../src/index.js';
import { type ResumedRun, type RunOptions, resumeRun, type StartRunOptions, startRun } from '../src/node.js';
import { tinyExperiment } from './tiny-experiment.js';

// What tests of runs in folders share: they run in this process, on the built packages below.
export const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));
export const at = (...parts: string[]) => join(root, ...parts);
export const scene = sceneByName('observable');
export const onData: ExperimentOptions = { ...tinyExperiment, data: { kind: 'dataset', folder: at('set') } };
export const draw = { scene, validationImages: 4 };

/** Options that keep what is told, and abort after some steps. */
export function listening(out: string, abortAfter = Number.POSITIVE_INFINITY) {
  const events: TrainingEvent[] = [];
  const controller = new AbortController();
  const onEvent = (event: TrainingEvent) => {
    events.push(event);
    if (events.filter(({ type }) => type === 'step').length >= abortAfter) controller.abort();
  };
  const options = { out: at(out), backend: 'wasm', onInvalid: 'refuse', onEvent, signal: controller.signal } as const;
  return { events, options: options satisfies RunOptions };
}

export async function start(
  out: string,
  experiment: ExperimentOptions,
  more: Partial<StartRunOptions> = {},
  abortAfter?: number,
) {
  const { events, options } = listening(out, abortAfter);
  const summary = await startRun(experiment, { ...options, ...more });
  return { events, summary };
}

export async function resume(out: string, changes: ResumedRun = {}, more: Partial<RunOptions> = {}) {
  const { events, options } = listening(out);
  const summary = await resumeRun(changes, { ...options, ...more });
  return { events, summary };
}

/** The error of a run, which it has told too, last of all. */
export async function failure(run: (onEvent: (event: TrainingEvent) => void) => Promise<unknown>): Promise<unknown> {
  const events: TrainingEvent[] = [];
  const error: unknown = await run((event) => events.push(event)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(events.at(-1)).toEqual({ type: 'failed', error });
  return error;
}

export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

export const json = (...parts: string[]) => JSON.parse(readFileSync(at(...parts), 'utf8'));

/** Weights, moments and log are those of another run, byte for byte but for the times. */
export function expectSameRun(name: string, like: string) {
  for (const file of ['last/weights.bin', 'last/optimizer.bin', 'best/weights.bin']) {
    expect(readFileSync(at(name, file)).equals(readFileSync(at(like, file))), file).toBe(true);
  }
  const log = (run: string) =>
    readFileSync(at(run, 'log.jsonl'), 'utf8').replaceAll(/"(seconds|images_per_second)":[^,]*/g, '');
  expect(log(name)).toBe(log(like));
}

/** The two runs that others are compared with, on a data set and on fresh images, in the folders `whole` and `streamed`. */
export async function startWholeRuns() {
  const split = { train: 18, val: 5, test: 1 };
  await synthesizeDataset({ dir: at('set'), scene, shapes: 24, viewsPerShape: 1, split, imageSize: 32, workers: 1 });
  return { whole: await start('whole', onData), streamed: await start('streamed', tinyExperiment, { draw }) };
}
