import { mkdir, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { surfaceFromFormulas } from '@kanrecon/geometry/formulas';
import { registerKanLayers } from '@kanrecon/kan-layers';
import { fusedAdamWStep } from '@kanrecon/tfjs-wasm-training';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { weightHashes } from '../../test/weight-hashes.js';
import { fromArtifacts } from '../checkpoint/from-artifacts.js';
import { toArtifacts } from '../checkpoint/to-artifacts.js';
import { createReconstructor } from '../network/create-reconstructor.js';
import type { Reconstructor } from '../network/reconstructor.js';
import { headTypes } from '../network/reconstructor-config.js';
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
      const one = createReconstructor(config);
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
    const reconstructor = createReconstructor({ imageSize: size, head: { type, widths: [5], dropout: 0.1 } });
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
    const reconstructor = createReconstructor({ imageSize: size, head: { type: 'fourierKAN' } });
    await saveReconstructor(reconstructor, directory);
    expect((await readdir(directory)).sort()).toEqual(['config.json', 'model.json', 'weights.bin']);
    const config = JSON.parse(await readFile(join(directory, 'config.json'), 'utf8'));
    expect(config.surface.parameters[0]).toMatchObject({ name: 'radius', min: 0.5, max: 1.5 });
    expect(config.surface.parameters).toHaveLength(6);
    expect(config.config).toEqual(reconstructor.config);
    expect(config.preprocessing).toMatchObject({ mean: 0.485, std: 0.229 });
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

  it('keeps the trained ranges when a surface’s definition has changed since', async () => {
    const directory = join(folder, 'ranges');
    const reconstructor = createReconstructor({ imageSize: size });
    await saveReconstructor(reconstructor, directory);
    const path = join(directory, 'config.json');
    const config = JSON.parse(await readFile(path, 'utf8'));
    config.surface.parameters[0].max = 9;
    await writeFile(path, JSON.stringify(config));
    const { reconstructor: loaded } = await loadReconstructor(directory);
    expect(loaded.surface.parameters[0]).toMatchObject({ name: 'radius', max: 9 });
    expect(loaded.surface.name).toBe('spiral-cylinder');
    expect(loaded.surface.domain([1, 2, 1, 1, 0, 1]).vMax).toBe(2);
    const image = { width: 32, height: 32, data: images.subarray(0, 3072) };
    const { parameters, normalized } = await loaded.predict(image);
    expect(parameters.radius).toBeCloseTo(0.5 + 8.5 * normalized[0], 5);
    config.surface.parameters[0].name = 'girth';
    await writeFile(path, JSON.stringify(config));
    await expect(loadReconstructor(directory)).rejects.toThrow('expected girth, height');
  });

  it('keeps a surface of formulas', async () => {
    const directory = join(folder, 'formulas');
    const surface = surfaceFromFormulas({
      name: 'my-cone',
      parameters: [{ name: 'slope', min: 0.5, max: 2 }],
      domain: { u: [0, '2 * pi'], v: [0, 1] },
      x: 'v * cos(u)',
      y: 'v * sin(u)',
      z: '-slope * v',
      closedU: true,
      poleVMin: true,
    });
    const reconstructor = createReconstructor({ imageSize: size, surface });
    await saveReconstructor(reconstructor, directory);
    const { reconstructor: loaded } = await loadReconstructor(directory);
    expect(loaded.outputs).toBe(1);
    expect(loaded.surface.definition).toEqual(surface.definition);
    const point = [0, 0, 0];
    loaded.surface.position(0, 1, [1.5], point);
    expect(point).toEqual([1, 0, -1.5]);
    expect(await loaded.predictBatch(images)).toEqual(await reconstructor.predictBatch(images));
    const artifacts = await toArtifacts(reconstructor);
    await expect(fromArtifacts(artifacts)).rejects.toThrow(
      'the surface "my-cone" is made of formulas; expected the option surfaceFromFormulas',
    );
  });

  describe('refuses', () => {
    const damage = {
      'a missing file': [(dir: string) => rm(join(dir, 'weights.bin')), 'weights.bin is missing or cannot be read'],
      'a missing optimizer': [(dir: string) => rm(join(dir, 'optimizer.bin')), 'optimizer.bin is missing'],
      'truncated weights': [
        (dir: string) => truncate(join(dir, 'weights.bin'), 1000),
        /the weights are truncated.*got 1000/,
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
        /the weights are damaged; expected CRC-32 [0-9a-f]{8}, got/,
      ],
      'a newer format': [
        async (dir: string) => edit(dir, (config) => Object.assign(config, { version: 2 })),
        'written in another version of the format; expected 1, got 2',
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
      const reconstructor = createReconstructor({ imageSize: size, trainBackbone: false });
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
      await writeFile(path, JSON.stringify(config));
    }
  });

  it('can be loaded at any moment while further saves replace it', async () => {
    const directory = join(folder, 'busy');
    const reconstructors = [1, 2].map((seed) => createReconstructor({ imageSize: size, seed }));
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
    const reconstructor = createReconstructor({ imageSize: size });
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
    await writeFile(join(directory, '.DS_Store'), '');
    await saveReconstructor(reconstructor, directory, { extra: 'again' });
    expect((await loadReconstructor(directory)).extra).toBe('again');
    reconstructor.dispose();
  });

  it('reads the previous save if a later one was cut off between its renames', async () => {
    const directory = join(folder, 'previous');
    const reconstructor = createReconstructor({ imageSize: size });
    await saveReconstructor(reconstructor, directory, { extra: 1 });
    await rename(directory, `${directory}.previous`);
    expect((await loadReconstructor(directory)).extra).toBe(1);
    await saveReconstructor(reconstructor, directory, { extra: 2 });
    expect((await loadReconstructor(directory)).extra).toBe(2);
    expect((await readdir(folder)).filter((name) => name.startsWith('previous'))).toEqual(['previous']);
  });
});
