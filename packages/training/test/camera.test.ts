import '@tensorflow/tfjs-backend-wasm';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizeDataset } from '@kanrecon/dataset/node';
import type { ModelCard } from '@kanrecon/model';
import { loadReconstructor } from '@kanrecon/model/node';
import { cameraTargets, cameraValues, drawView, sceneByName } from '@kanrecon/scene';
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { setBackend } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import {
  type ExperimentOptions,
  scoreCamera,
  storedCalibration,
  type TrainingEvent,
  trainExperiment,
} from '../src/index.js';
import { readRunLog, resumeRun, runFolder, startRun } from '../src/node.js';
import { numbersOf, steadyExperiment } from './tiny-experiment.js';

const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));
const at = (name: string) => join(root, name);
const scene = sceneByName('observable');
const { model } = steadyExperiment;
const experiment = {
  ...steadyExperiment,
  model: { ...model, head: { ...model.head, uncertainty: 'gaussian' } },
  budget: { epochs: 2 },
  camera: true,
} satisfies ExperimentOptions;
const names = ['camera_x', 'camera_y_cos', 'camera_y_sin', 'camera_z_cos', 'camera_z_sin'];
const common = { backend: 'wasm', onInvalid: 'refuse' } as const;

beforeAll(async () => {
  await enableWasmTraining();
  await setBackend('wasm');
});

describe('a network that finds the camera and says how sure it is', () => {
  it('learns both in memory, goes on with the same numbers, and is scored by the shape alone', async () => {
    const train = async (options: object, epochs = 2) => {
      const events: TrainingEvent[] = [];
      const onEvent = (event: TrainingEvent) => events.push(event);
      const made = await trainExperiment(
        { ...experiment, schedule: 'constant', budget: { epochs } },
        { scene, validationImages: 6, onEvent, ...options },
      );
      const { targets, outputs } = made.reconstructor;
      made.reconstructor.dispose();
      return { ...made, events, targets, outputs };
    };
    const whole = await train({});
    expect(whole.targets.map(({ name }) => name).slice(6)).toEqual(names);
    expect(whole.outputs).toBe(22);
    const validated = whole.events.flatMap((event) => (event.type === 'validation' ? [event] : []));
    const { scores, camera } = validated[1]!;
    expect(scores.perParameter.map(({ name }) => name)).toEqual(scene.surface.parameters.map(({ name }) => name));
    const record = whole.state.history[1]!;
    expect(record.val_loss).toBe(scores.mse);
    expect(record.val_camera_degrees).toEqual({ ...camera!.medianDegrees, rotation: camera!.rotation.medianDegrees });
    expect(Object.keys(camera!.medianDegrees)).toEqual(['x', 'y', 'z']);
    const calibrated = (card: ModelCard) => Object.keys((card.calibration as { parameters: object }).parameters);
    expect(calibrated(whole.checkpoint.manifest.card)).toEqual(scene.surface.parameters.map(({ name }) => name));
    const first = await train({}, 1);
    const rest = await train({ resume: structuredClone(first.checkpoint) });
    expect(rest.checkpoint.manifest.card).toEqual(whole.checkpoint.manifest.card);
    // In the middle of an epoch the network is another than the one that was calibrated.
    const controller = new AbortController();
    const stopAtOnce = { resume: structuredClone(first.checkpoint), signal: controller.signal };
    const onEvent = ({ type }: TrainingEvent) => type === 'step' && controller.abort();
    const cut = await train({ ...stopAtOnce, onEvent });
    expect(cut.checkpoint.manifest.card.calibration).toBeUndefined();
    expect([...numbersOf(first.events), ...numbersOf(rest.events)]).toEqual(numbersOf(whole.events));
  });

  it('learns from the labels of a data set, and goes on', async () => {
    const split = { train: 12, val: 6, test: 1 };
    await synthesizeDataset({ dir: at('set'), scene, shapes: 19, viewsPerShape: 1, split, imageSize: 32, workers: 1 });
    const onData = { ...experiment, data: { kind: 'dataset', folder: at('set') } } as const;
    await startRun({ ...onData, budget: { epochs: 1 }, schedule: 'constant' }, { ...common, out: at('run') });
    await resumeRun({ epochs: 2 }, { ...common, out: at('run') });
    const log = await readRunLog(runFolder(at('run')));
    expect(log.map((record) => Object.keys(record.val_camera_degrees!))).toEqual(
      Array(2).fill(['x', 'y', 'z', 'rotation']),
    );
    const { reconstructor } = await loadReconstructor(join(at('run'), 'best'));
    expect(reconstructor.targets.map(({ name }) => name).slice(6)).toEqual(names);
    expect(reconstructor.config.head.uncertainty).toBe('gaussian');
    expect(storedCalibration(reconstructor.card.calibration, scene.surface.parameters)).toMatchObject({ images: 6 });
    reconstructor.dispose();
  });

  it('learns from streamed images what their views are', async () => {
    const draw = { scene, validationImages: 4 };
    await startRun({ ...experiment, budget: { epochs: 1 } }, { ...common, out: at('streamed'), draw });
    const log = JSON.parse(readFileSync(join(at('streamed'), 'log.jsonl'), 'utf8'));
    expect(log.val_camera_degrees.rotation).toBeGreaterThan(0);
    // The thread that draws and this one tell the same of the views.
    const events: TrainingEvent[] = [];
    const { reconstructor } = await trainExperiment(
      { ...experiment, budget: { epochs: 1 } },
      { scene, validationImages: 4, onEvent: (event) => events.push(event) },
    );
    reconstructor.dispose();
    expect(numbersOf(events).at(-2)).toBeCloseTo(log.train_loss, 6);
  });

  it('refuses what would make the labels of the camera false', async () => {
    const mirrored = { ...experiment, augmentation: ['turns'] } satisfies ExperimentOptions;
    await expect(trainExperiment(mirrored, { scene })).rejects.toMatchObject({
      code: 'false-camera-labels',
      details: { wrong: ['turns'], others: [] },
    });
  });
});

describe('scoreCamera', () => {
  const turn = 2 * Math.PI;
  const targets = cameraTargets([
    { angle: 'x', shows: true, min: 0.5, max: 1.2, round: false, order: 1 },
    { angle: 'y', shows: true, min: 0, max: turn, round: true, order: 1 },
  ]);

  it('gives the median errors in degrees, whatever does not show', () => {
    const real = new Float32Array(3 * 5);
    const found = new Float32Array(3 * 5);
    for (let i = 0; i < 5; i++) {
      const { cameraAngles } = drawView(scene, 1, i, 0);
      cameraValues(scene, targets, cameraAngles, real.subarray(3 * i, 3 * i + 3));
      const off = { ...cameraAngles, y: cameraAngles.y + (i * Math.PI) / 180 };
      cameraValues(scene, targets, off, found.subarray(3 * i, 3 * i + 3));
    }
    const scores = scoreCamera(sceneByName('study'), targets, real, found)!;
    expect(Object.keys(scores.medianDegrees)).toEqual(['x', 'y']);
    expect(scores.medianDegrees.x).toBeCloseTo(0, 3);
    expect(scores.medianDegrees.y).toBeCloseTo(2, 3);
    expect(scores.rotation.medianDegrees).toBeLessThanOrEqual(2.001);
    expect(scores.rotation.p90Degrees).toBeLessThanOrEqual(3.601);
    expect(scoreCamera(scene, [], new Float32Array(), new Float32Array())).toBeUndefined();
  });
});
