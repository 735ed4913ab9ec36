import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  createBackbone,
  imageNetNormalization,
  loadWeights,
  readWeights,
  saveSafetensors,
  studyNormalization,
} from '@kanrecon/backbones';
import { sceneByName } from '@kanrecon/scene';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import {
  type BackboneWeights,
  type ExperimentOptions,
  type TrainingEvent,
  type TrainingNotice,
  trainExperiment,
} from '../src/index.js';
import {
  activateBackend,
  loadCheckpoint,
  readRunConfig,
  readRunSummary,
  resumeRun,
  runFolder,
  startRun,
} from '../src/node.js';
import { tinyExperiment } from './tiny-experiment.js';

// Trainings that begin with a backbone that was trained elsewhere.
const root = temporaryFolder();
const scene = sceneByName('observable');
const draw = { scene, validationImages: 4 };
const run = (out: string) => ({ out: join(root, out), backend: 'wasm', onInvalid: 'refuse' }) as const;
/** Frozen, so that what is saved is what was loaded. */
const experiment: ExperimentOptions = {
  ...tinyExperiment,
  model: { backbone: 'squeezeNet11', imageSize: 32, trainBackbone: false, head: { type: 'mlp' } },
  data: { kind: 'stream', epochImages: 6 },
  budget: { epochs: 2 },
};
let bytes: Uint8Array;
let file: BackboneWeights;
let sha256: string;

beforeAll(async () => {
  await activateBackend('wasm');
  const { model } = createBackbone('squeezeNet11', { imageSize: 32, seed: 77 });
  bytes = await saveSafetensors(model);
  model.dispose();
  sha256 = createHash('sha256').update(bytes).digest('hex');
  file = { name: 'mine.safetensors', bytes };
});
afterAll(() => rmSync(root, { recursive: true }));

function noticeOf(events: readonly TrainingEvent[]) {
  return events
    .filter((event): event is TrainingNotice => event.type === 'notice')
    .map(({ notice }) => notice)
    .find(({ code }) => code === 'begun-from');
}
/** The file's tensors under other names. */
function renamed(prefix: string, more: Record<string, { shape: number[]; data: Float32Array }> = {}) {
  const tensors = Object.entries(readWeights(bytes)).map(([name, { shape, data }]) => [prefix + name, { shape, data }]);
  return { ...Object.fromEntries(tensors), ...more };
}

describe('a run that begins with weights from elsewhere', () => {
  const init = {
    ...{ name: 'mine.safetensors', taken: 50, unused: [] },
    fresh: [
      { name: 'head_0/kernel', shape: [512, 6] },
      { name: 'head_0/bias', shape: [6] },
    ],
  };

  it('has them in its backbone, and keeps name, checksum and normalisation', async () => {
    const events: TrainingEvent[] = [];
    const options = {
      ...run('whole'),
      draw,
      pretrained: file,
      onEvent: (event: TrainingEvent) => void events.push(event),
    };
    expect(await startRun(experiment, options)).toMatchObject({ finished: true, init: { ...init, sha256 } });
    expect(noticeOf(events)).toEqual({ code: 'begun-from', ...init, sha256 });
    const folder = runFolder(join(root, 'whole'));
    const config = await readRunConfig(folder);
    expect(config.init).toEqual({ ...init, sha256 });
    expect(config.experiment.model).toMatchObject(imageNetNormalization);
    expect((await readRunSummary(folder))!.init).toEqual({ ...init, sha256 });
    const { reconstructor } = await loadCheckpoint(folder, 'last');
    expect(reconstructor.config).toMatchObject(imageNetNormalization);
    expect(reconstructor.card.init).toEqual({ ...init, sha256 });
    const saved = readWeights(await saveSafetensors(reconstructor.backbone));
    for (const [name, { data }] of Object.entries(readWeights(bytes))) expect(saved[name]!.data, name).toEqual(data);
    reconstructor.dispose();
  });

  it.each<TrainingEvent['type']>(['started', 'epoch'])(
    'goes on without the file after a crash at %s',
    async (crash) => {
      const onEvent = ({ type }: TrainingEvent) => {
        if (type === crash) throw new Error('cut off');
      };
      const out = `cut-${crash}`;
      await expect(startRun(experiment, { ...run(out), draw, pretrained: file, onEvent })).rejects.toThrow('cut off');
      expect(await resumeRun({}, run(out))).toMatchObject({ finished: true, init: { sha256 } });
      const weights = (name: string) => readFileSync(join(root, name, 'last', 'weights.bin'));
      expect(weights(out).equals(weights('whole'))).toBe(true);
    },
  );

  it('refuses what does not fit, before anything is made', async () => {
    const wrong = async (name: string, content: Uint8Array, reason: RegExp) => {
      const pretrained = { name, bytes: content };
      await expect(startRun(experiment, { ...run('wrong'), draw, pretrained })).rejects.toMatchObject({
        code: 'unusable-weights',
        details: { file: name, backbone: 'squeezeNet11', reason: expect.stringMatching(reason) },
      });
      expect(existsSync(join(root, 'wrong'))).toBe(false);
    };
    await wrong('cut.safetensors', bytes.subarray(0, bytes.length / 2), /.+/);
    await wrong('text.pt', Buffer.from('hello, this is no file of weights'), /the file is of no known kind/);
    const other = createBackbone('squeezeNet10', { imageSize: 32 });
    const ten = await saveSafetensors(other);
    other.model.dispose();
    await wrong(
      'ten.safetensors',
      ten,
      /^its weights are not those of squeezeNet11 \(.*missing: features\.\S+, .* and \d+ more; of another/,
    );
    const kept = { name: 'ten.safetensors', path: '/kept/ten.safetensors', bytes: ten };
    await expect(startRun(experiment, { ...run('wrong'), draw, pretrained: kept })).rejects.toMatchObject({
      details: { file: '/kept/ten.safetensors' },
    });
    const both = { ...run('both'), draw, pretrained: file, initFrom: {} as never };
    await expect(startRun(experiment, both)).rejects.toThrow(
      'startRun: pretrained is wrong; expected none beside initFrom',
    );
  });
});

describe('a training in memory that begins with weights from elsewhere', () => {
  const common = { scene, validationImages: 4 };

  it('goes on without them, by the experiment as it was given', async () => {
    const tensors = memory().numTensors;
    const stop = new AbortController();
    const onEvent = ({ type }: TrainingEvent) => void (type === 'epoch' && stop.abort());
    const whole = await trainExperiment(experiment, { ...common, pretrained: file });
    const first = await trainExperiment(experiment, { ...common, pretrained: file, onEvent, signal: stop.signal });
    expect(first.complete).toBe(false);
    const second = await trainExperiment(experiment, { ...common, resume: structuredClone(first.checkpoint) });
    expect(Buffer.from(second.checkpoint.weights).equals(Buffer.from(whole.checkpoint.weights))).toBe(true);
    expect(second.checkpoint.manifest.card.init).toMatchObject({ name: 'mine.safetensors', sha256 });
    expect(second.reconstructor.config).toMatchObject(imageNetNormalization);
    for (const { reconstructor } of [whole, first, second]) reconstructor.dispose();
    expect(memory().numTensors).toBe(tensors);
    const beside = trainExperiment(experiment, { ...common, pretrained: file, resume: first.checkpoint });
    await expect(beside).rejects.toThrow('pretrained is wrong; expected none beside resume, which holds the weights');
  });

  it("normalises by what is known of the weights, by the study's for its checkpoints, or as the experiment says", async () => {
    const save = async (tensors: ReturnType<typeof renamed>) => {
      const { model } = createBackbone('squeezeNet11', { imageSize: 32 });
      loadWeights(model, tensors);
      model.dispose();
      return safetensors(tensors);
    };
    const train = async (pretrained: BackboneWeights, more: object = {}) => {
      const once = { ...experiment, budget: { epochs: 1 }, model: { ...experiment.model, ...more } };
      const { reconstructor } = await trainExperiment(once, { ...common, pretrained });
      const { mean, std } = reconstructor.config;
      reconstructor.dispose();
      return { mean, std };
    };
    const own = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] } as const;
    expect(await train({ ...file, weights: own })).toEqual(own);
    expect(await train(file, { mean: 0.4, std: 0.3 })).toEqual({ mean: 0.4, std: 0.3 });
    const head = { 'fc1.weight': { shape: [6, 512], data: new Float32Array(6 * 512) } };
    expect(await train({ name: 'study.pt', bytes: await save(renamed('backbone.', head)) })).toEqual(
      studyNormalization,
    );
  });
});

/** A safetensors file of tensors under any names, by the format's own definition. */
function safetensors(tensors: Record<string, { shape: readonly number[]; data: Float32Array }>): Uint8Array {
  let at = 0;
  const header = Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => {
      const begin = at;
      at += data.byteLength;
      return [name, { dtype: 'F32', shape, data_offsets: [begin, at] }];
    }),
  );
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const parts = Object.values(tensors).map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  return Buffer.concat([length, text, ...parts]);
}
