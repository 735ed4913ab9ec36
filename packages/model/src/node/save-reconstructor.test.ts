import { mkdir, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { registerKanLayers } from '@kanrecon/kan-layers';
import { fusedAdamWStep } from '@kanrecon/tfjs-wasm-training';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spiralTargets } from '../../test/spiral-targets.js';
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { weightHashes } from '../../test/weight-hashes.js';
import { CheckpointError } from '../checkpoint/checkpoint-error.js';
import { manifestChecksum, summarize } from '../checkpoint/checksums.js';
import { fetchReconstructor } from '../checkpoint/fetch-reconstructor.js';
import { fromArtifacts } from '../checkpoint/from-artifacts.js';
import { toArtifacts } from '../checkpoint/to-artifacts.js';
import { headTypes } from '../heads/head-names.js';
import { createReconstructor } from '../network/create-reconstructor.js';
import type { Reconstructor } from '../network/reconstructor.js';
import { AdamW } from '../optimization/adamw.js';
import { trainStep } from '../optimization/train-step.js';
import { loadReconstructor } from './load-reconstructor.js';
import { saveReconstructor } from './save-reconstructor.js';

let folder: string;
beforeAll(async () => {
  await useWasmTraining();
  folder = await mkdtemp(join(tmpdir(), 'reconstructor-'));
});
afterAll(() => rm(folder, { recursive: true }));

const size = 32;
const images = Uint8Array.from({ length: 2 * size * size * 3 }, (_, i) => Math.imul(i + 1, 2654435761) >>> 24);
const targets = Float32Array.from({ length: 12 }, (_, i) => ((i * 7) % 11) / 11);
const allWeights = ({ model }: Reconstructor) => weightHashes(model.layers as Reconstructor['headLayers']);

const nulls = (_key: string, value: unknown) => (value === undefined ? null : value);

async function train(reconstructor: Reconstructor, optimizer: AdamW, from: number, to: number): Promise<number[]> {
  const losses: number[] = [];
  for (let step = from; step < to; step++) {
    losses.push(await trainStep(reconstructor, optimizer, images, targets, { step }));
  }
  return losses;
}

describe('saveReconstructor and loadReconstructor', () => {
  it.each([
    [3, fusedAdamWStep, { imageSize: size, head: { type: 'fourierKAN', widths: [16], dropout: 0.4 } }],
    [3, undefined, { imageSize: size, head: { type: 'mlp', widths: [16], dropout: 0.4 }, trainBackbone: false }],
    // With BatchNorm, whose moving statistics are no variables of the optimizer.
    [1, fusedAdamWStep, { imageSize: size, backbone: 'efficientNetB0', head: { type: 'efficientKAN', dropout: 0.4 } }],
    [2, fusedAdamWStep, { imageSize: size, backbone: 'smallCnn', head: { type: 'mlp' } }],
  ] as const)(
    'go on bit for bit: %i steps, save, load, as many more equal a training without a break (step %o, %o)',
    async (steps, fusedStep, config) => {
      const directory = join(folder, `resume-${steps}-${config.head.type}`);
      const before = tf.memory().numTensors;
      const options = { learningRate: 1e-3, weightDecay: 0.05, fusedStep };
      const one = createReconstructor({ targets: spiralTargets, ...config });
      const optimizer = new AdamW(options);
      const first = await train(one, optimizer, 0, steps);
      await saveReconstructor(one, directory, { optimizer, extra: { steps } });
      const saved = allWeights(one);
      const rest = await train(one, optimizer, steps, 2 * steps);
      expect(new Set([...first, ...rest]).size).toBe(2 * steps);

      const { reconstructor, optimizerState, extra } = await loadReconstructor(directory);
      expect(extra).toEqual({ steps });
      expect(reconstructor.config).toEqual(one.config);
      expect(reconstructor.name).toBe(one.name);
      expect(reconstructor.parameterCount).toEqual(one.parameterCount);
      expect(allWeights(reconstructor)).toEqual(saved);
      const resumed = new AdamW({ fusedStep }).setState(optimizerState!);
      expect(await train(reconstructor, resumed, steps, 2 * steps)).toEqual(rest);
      expect(allWeights(reconstructor)).toEqual(allWeights(one));
      expect(await reconstructor.predictBatch(images)).toEqual(await one.predictBatch(images));
      for (const thing of [reconstructor, one, resumed, optimizer]) thing.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it.each(headTypes)('keep a %s head', async (type) => {
    const directory = join(folder, `head-${type}`);
    const reconstructor = createReconstructor({
      targets: spiralTargets,
      imageSize: size,
      head: { type, widths: [5], dropout: 0.1 },
    });
    const optimizer = new AdamW({ learningRate: 1e-3, fusedStep: fusedAdamWStep });
    await train(reconstructor, optimizer, 0, 2);
    await saveReconstructor(reconstructor, directory);
    const { reconstructor: loaded } = await loadReconstructor(directory);
    expect(loaded.config).toEqual(reconstructor.config);
    // As JSON: tfjs' dropout has an undefined noiseShape before, and null after.
    const layers = ({ headLayers }: Reconstructor) =>
      headLayers.map((layer) => JSON.stringify(layer.getConfig(), nulls));
    expect(layers(loaded)).toEqual(layers(reconstructor));
    expect(allWeights(loaded)).toEqual(allWeights(reconstructor));
    expect(await loaded.predictBatch(images)).toEqual(await reconstructor.predictBatch(images));
    for (const thing of [reconstructor, loaded, optimizer]) thing.dispose();
  });

  it('writes TensorFlow.js’ own format and a readable config.json', async () => {
    const directory = join(folder, 'deep', 'format');
    const reconstructor = createReconstructor({
      targets: spiralTargets,
      imageSize: size,
      head: { type: 'fourierKAN' },
    });
    await saveReconstructor(reconstructor, directory);
    expect((await readdir(directory)).sort()).toEqual(['config.json', 'model.json', 'weights.bin']);
    const config = JSON.parse(await readFile(join(directory, 'config.json'), 'utf8'));
    expect(config.targets[0]).toMatchObject({ name: 'radius', min: 0.5, max: 1.5 });
    expect(config.targets).toHaveLength(6);
    expect(config.config).toEqual(reconstructor.config);
    expect(config.preprocessing).toMatchObject({ fit: reconstructor.config.fit, mean: 0.485, std: 0.229 });
    expect(config.preprocessing.layout).toContain(`[${size}, ${size}, 3]`);
    expect(Object.keys(config.versions)).toContain('@kanrecon/model');
    expect(config.name).toBe('SQUEEZENET_NODROP_FOURIER_6');

    registerKanLayers();
    const { modelTopology, weightsManifest } = JSON.parse(await readFile(join(directory, 'model.json'), 'utf8'));
    const weightData = new Uint8Array(await readFile(join(directory, 'weights.bin'))).buffer;
    const plain = await loadLayersModel(
      tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }),
    );
    const input = reconstructor.imagesToTensor(images);
    const output = plain.predict(input) as tf.Tensor;
    expect(output.dataSync()).toEqual(await reconstructor.predictBatch(images));
    reconstructor.dispose();
  });

  it('keeps the ranges that it was trained on, and what else is known of it', async () => {
    const directory = join(folder, 'ranges');
    const targets = spiralTargets.map((target) => (target.name === 'radius' ? { ...target, max: 9 } : target));
    const card = { scene: { name: 'study' }, limits: { invisible: ['twist_amp'] } };
    const reconstructor = createReconstructor({ targets, imageSize: size, card });
    await saveReconstructor(reconstructor, directory, { card: { scores: { r2: 0.5 } } });
    const { reconstructor: loaded } = await loadReconstructor(directory);
    expect(loaded.targets).toEqual(targets);
    expect(loaded.card).toEqual({ ...card, scores: { r2: 0.5 } });
    const image = { width: 32, height: 32, data: images.subarray(0, 3072) };
    const { parameters, normalized } = await loaded.predict(image);
    expect(parameters.radius).toBeCloseTo(0.5 + 8.5 * normalized[0], 5);
  });

  it('refuses weights that are not finite, naming the tensor, even where the checksum is right', async () => {
    const { manifest, model, weights } = await toArtifacts(
      createReconstructor({ targets: spiralTargets, imageSize: size }),
    );
    const last = model.weightsManifest.flatMap((group) => group.weights).at(-1)!;
    for (const bad of [Number.NaN, Number.NEGATIVE_INFINITY]) {
      const damaged = weights.slice();
      new DataView(damaged.buffer).setFloat32(damaged.length - 4, bad, true);
      const files = { ...manifest.files, 'weights.bin': await summarize(damaged) };
      const changed = { ...manifest, files };
      const whole = { ...changed, checksum: await manifestChecksum(changed) };
      const failure = await fromArtifacts({ manifest: whole, model, weights: damaged }).catch((error) => error);
      expect(failure).toBeInstanceOf(CheckpointError);
      expect(failure.message).toContain(
        `weights.bin cannot be used: "${last.name}" holds ${bad}; expected finite numbers`,
      );
    }
  });

  it('refuses a changed configuration or network', async () => {
    const directory = join(folder, 'changed');
    await saveReconstructor(createReconstructor({ targets: spiralTargets, imageSize: size }), directory);
    const change = async (name: string, from: RegExp, to: string) => {
      const path = join(directory, name);
      const text = await readFile(path, 'utf8');
      expect(text).toMatch(from);
      await writeFile(path, text.replace(from, to));
      const failure = await loadReconstructor(directory).catch((error) => error);
      await writeFile(path, text);
      expect(failure).toBeInstanceOf(CheckpointError);
      return failure.message;
    };
    expect(await change('config.json', /"max": 1.5/, '"max": 2.5')).toMatch(
      /config\.json is damaged or changed; expected SHA-256/,
    );
    expect(await change('model.json', /"activation":"relu"/, '"activation":"sigmoid"')).toMatch(
      /model\.json is (damaged|truncated)/,
    );
    await loadReconstructor(directory);
  });

  it('reads what version 1 wrote', async () => {
    const directory = join(folder, 'first');
    const reconstructor = createReconstructor({ targets: spiralTargets, imageSize: size });
    await saveReconstructor(reconstructor, directory, { optimizer: new AdamW() });
    const path = join(directory, 'config.json');
    const {
      targets,
      config,
      files,
      card: _,
      checksum: __,
      optimizer,
      ...rest
    } = JSON.parse(await readFile(path, 'utf8'));
    const { fit: ___, ...network } = config;
    const first = {
      ...rest,
      version: 1,
      config: { surface: 'spiral-cylinder', ...network },
      surface: { name: 'spiral-cylinder', parameters: targets },
      preprocessing: { layout: '…', mean: 0.485, std: 0.229 },
      weights: await firstSummary(directory, 'weights.bin'),
      optimizer: { ...optimizer, data: await firstSummary(directory, 'optimizer.bin') },
    };
    expect(Object.keys(files)).toContain('model.json');
    await writeFile(path, JSON.stringify(first));
    const { reconstructor: loaded, optimizerState } = await loadReconstructor(directory);
    expect(loaded.targets).toEqual(spiralTargets);
    expect(loaded.config.fit).toEqual(reconstructor.config.fit);
    expect(optimizerState?.iterations).toBe(0);
    expect(await loaded.predictBatch(images)).toEqual(await reconstructor.predictBatch(images));
  });

  it('reads what version 2 wrote, with its checksums', async () => {
    const directory = join(folder, 'second');
    const reconstructor = createReconstructor({ targets: spiralTargets, imageSize: size });
    await saveReconstructor(reconstructor, directory, { optimizer: new AdamW() });
    const path = join(directory, 'config.json');
    const { checksum: _, files, ...rest } = JSON.parse(await readFile(path, 'utf8'));
    const names = Object.keys(files);
    expect(names).toEqual(['model.json', 'weights.bin', 'optimizer.bin']);
    const sums = await Promise.all(names.map(async (name) => [name, await firstSummary(directory, name)] as const));
    const second = { ...rest, version: 2, files: Object.fromEntries(sums) };
    const checksum = hexadecimal(crc32(JSON.stringify(second)));
    await writeFile(path, JSON.stringify({ ...second, checksum }));
    const { reconstructor: loaded } = await loadReconstructor(directory);
    expect(await loaded.predictBatch(images)).toEqual(await reconstructor.predictBatch(images));
    await writeFile(path, JSON.stringify({ ...second, name: 'X', checksum }));
    await expect(loadReconstructor(directory)).rejects.toThrow('config.json is damaged or changed; expected CRC-32');
    await writeFile(path, JSON.stringify(second));
    await expect(loadReconstructor(directory)).rejects.toThrow('expected CRC-32 none');
  });

  async function firstSummary(directory: string, name: string) {
    const data = await readFile(join(directory, name));
    return { byteLength: data.length, crc32: hexadecimal(crc32(data)) };
  }

  function hexadecimal(sum: number): string {
    return sum.toString(16).padStart(8, '0');
  }

  it('is loaded over http, with a sentence for what goes wrong', async () => {
    const reconstructor = createReconstructor({ targets: spiralTargets, imageSize: size, card: { scene: 'study' } });
    const { manifest, model, weights } = await toArtifacts(reconstructor, { optimizer: new AdamW() });
    const files: Record<string, BodyInit> = {
      'config.json': JSON.stringify(manifest),
      'model.json': JSON.stringify(model),
      'weights.bin': weights as Uint8Array<ArrayBuffer>,
    };
    const serve = (changed: Record<string, BodyInit | undefined> = {}) => ({
      fetch: async (url: string) => {
        const name = url.replace('https://models.example/mine/', '');
        const body = { ...files, ...changed }[name];
        return body === undefined ? new Response('', { status: 404 }) : new Response(body);
      },
    });
    for (const url of ['https://models.example/mine', 'https://models.example/mine/']) {
      const { reconstructor: loaded, optimizerState } = await fetchReconstructor(url, serve());
      expect(await loaded.predictBatch(images)).toEqual(await reconstructor.predictBatch(images));
      expect([loaded.card, optimizerState]).toEqual([{ scene: 'study' }, undefined]);
    }
    const failure = (changed: Record<string, BodyInit | undefined>) =>
      fetchReconstructor('https://models.example/mine', serve(changed)).then(String, String);
    expect(await failure({ 'model.json': undefined })).toContain('mine/model.json is answered with status 404');
    expect(await failure({ 'config.json': '{' })).toContain('mine/config.json is damaged or truncated');
    expect(await failure({ 'weights.bin': weights.slice(4) as Uint8Array<ArrayBuffer> })).toMatch(
      /mine cannot be used: .*weights\.bin is truncated/,
    );
  });

  describe('refuses', () => {
    const damage = {
      'a missing file': [(dir: string) => rm(join(dir, 'weights.bin')), 'weights.bin is missing or cannot be read'],
      'a missing optimizer': [(dir: string) => rm(join(dir, 'optimizer.bin')), 'optimizer.bin is missing'],
      'truncated weights': [
        (dir: string) => truncate(join(dir, 'weights.bin'), 1000),
        /weights\.bin is truncated.*got 1000/,
      ],
      'a truncated config': [
        (dir: string) => truncate(join(dir, 'config.json'), 100),
        'config.json is damaged or truncated',
      ],
      'a truncated model': [
        (dir: string) => truncate(join(dir, 'model.json'), 100),
        'model.json is damaged or truncated',
      ],
      'a model.json of something else': [
        (dir: string) => writeFile(join(dir, 'model.json'), '{"a":1}'),
        'model.json is damaged: it holds no TensorFlow.js layers model',
      ],
      'a flipped bit': [
        async (dir: string) => {
          const weights = await readFile(join(dir, 'weights.bin'));
          weights[12345] ^= 4;
          await writeFile(join(dir, 'weights.bin'), weights);
        },
        /weights\.bin is damaged or changed; expected SHA-256 [0-9a-f]{16}, got/,
      ],
      'a newer format': [
        async (dir: string) => edit(dir, (config) => Object.assign(config, { version: 4 })),
        'cannot read version 4 of the format; expected 1 to 3',
      ],
      'another kind of config': [
        async (dir: string) => edit(dir, (config) => Object.assign(config, { format: 'x' })),
        'expected format "kanrecon-reconstructor", got "x"',
      ],
      'a wrong field': [
        async (dir: string) => edit(dir, ({ config }) => Object.assign(config, { imageSize: -3 })),
        'imageSize is wrong; expected a whole number of pixels from 32 to 1024, got -3',
      ],
      'a config of another model': [
        async (dir: string) => edit(dir, ({ config }) => Object.assign(config, { imageSize: 64 })),
        'expected input 64 × 64 × 3',
      ],
      'a missing folder': [
        (dir: string) => rm(dir, { recursive: true }),
        'no such folder; expected one with config.json',
      ],
    } as const;

    it.each(Object.entries(damage))('%s, in one sentence with the path', async (_, [harm, message]) => {
      const directory = join(folder, 'harmed');
      const before = tf.memory().numTensors;
      const reconstructor = createReconstructor({ targets: spiralTargets, imageSize: size, trainBackbone: false });
      const optimizer = new AdamW();
      await train(reconstructor, optimizer, 0, 1);
      await saveReconstructor(reconstructor, directory, { optimizer });
      reconstructor.dispose();
      optimizer.dispose();
      await harm(directory);
      const error = await loadReconstructor(directory).catch((reason: Error) => reason);
      expect(error).toBeInstanceOf(Error);
      expect((error as Error).message).toMatch(message);
      expect((error as Error).message).toContain(directory);
      expect((error as Error).message).not.toContain('\n');
      expect(tf.memory().numTensors).toBe(before);
    });

    async function edit(dir: string, change: (config: Record<string, object>) => void): Promise<void> {
      const path = join(dir, 'config.json');
      const config = JSON.parse(await readFile(path, 'utf8'));
      change(config);
      // Whoever edits it knowingly.
      config.checksum = await manifestChecksum(config);
      await writeFile(path, JSON.stringify(config));
    }
  });

  it('can be loaded at any moment while further saves replace it', async () => {
    const directory = join(folder, 'busy');
    const reconstructors = [1, 2].map((seed) => createReconstructor({ targets: spiralTargets, imageSize: size, seed }));
    const expected = await Promise.all(reconstructors.map((each) => each.predictBatch(images)));
    await saveReconstructor(reconstructors[0], directory, { extra: 0 });
    let saving = true;
    const saves = (async () => {
      for (let i = 1; i < 12; i++) await saveReconstructor(reconstructors[i % 2], directory, { extra: i });
    })().finally(() => {
      saving = false;
    });
    const seen = new Set<unknown>();
    while (saving) {
      const { reconstructor, extra } = await loadReconstructor(directory);
      expect(await reconstructor.predictBatch(images)).toEqual(expected[(extra as number) % 2]);
      reconstructor.dispose();
      seen.add(extra);
    }
    await saves;
    expect(seen.size).toBeGreaterThan(1);
    for (const each of reconstructors) each.dispose();
  });

  it('deletes nothing that is not a save', async () => {
    const directory = join(folder, 'documents');
    const reconstructor = createReconstructor({ targets: spiralTargets, imageSize: size });
    await mkdir(directory);
    await saveReconstructor(reconstructor, directory, { extra: 'into an empty folder' });
    await writeFile(join(directory, 'thesis.txt'), 'five years');
    await expect(saveReconstructor(reconstructor, directory)).rejects.toThrow(
      `saveReconstructor: ${directory} holds other files, which a save would delete; expected a new or an empty folder or an earlier save, got thesis.txt`,
    );
    const file = join(directory, 'thesis.txt');
    await expect(saveReconstructor(reconstructor, file)).rejects.toThrow('a file is in the way');
    expect(await readFile(file, 'utf8')).toBe('five years');
    expect((await loadReconstructor(directory)).extra).toBe('into an empty folder');
    expect((await readdir(folder)).filter((name) => name.startsWith('documents'))).toEqual(['documents']);
    await rm(file);
    for (const litter of ['.DS_Store', 'Icon\r', 'Thumbs.db']) await writeFile(join(directory, litter), '');
    await saveReconstructor(reconstructor, directory, { extra: 'again' });
    expect((await loadReconstructor(directory)).extra).toBe('again');
    reconstructor.dispose();
  });

  it('takes a folder whose name is as long as a name can be', async () => {
    const directory = join(folder, 'ö'.repeat(127));
    const reconstructor = createReconstructor({ targets: spiralTargets, imageSize: size });
    for (const extra of [1, 2]) {
      await saveReconstructor(reconstructor, directory, { extra });
      expect((await loadReconstructor(directory)).extra).toBe(extra);
    }
    reconstructor.dispose();
    expect((await readdir(folder)).filter((name) => name.startsWith('ö')).length).toBe(1);
    await rm(directory, { recursive: true });
  });

  it('reads the previous save if a later one was cut off between its renames', async () => {
    const directory = join(folder, 'previous');
    const reconstructor = createReconstructor({ targets: spiralTargets, imageSize: size });
    await saveReconstructor(reconstructor, directory, { extra: 1 });
    await rename(directory, `${directory}.previous`);
    expect((await loadReconstructor(directory)).extra).toBe(1);
    await saveReconstructor(reconstructor, directory, { extra: 2 });
    expect((await loadReconstructor(directory)).extra).toBe(2);
    expect((await readdir(folder)).filter((name) => name.startsWith('previous'))).toEqual(['previous']);
  });
});
