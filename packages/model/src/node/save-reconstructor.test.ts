import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { registerKanLayers } from '@kanrecon/kan-layers';
import { fusedAdamWStep } from '@kanrecon/tfjs-wasm-training';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { allWeights, images, size, train, useFolder } from '../../test/saved-models.js';
import { spiralTargets } from '../../test/spiral-targets.js';
import { headTypes } from '../heads/head-names.js';
import { createReconstructor } from '../network/create-reconstructor.js';
import type { Reconstructor } from '../network/reconstructor.js';
import { AdamW } from '../optimization/adamw.js';
import { loadReconstructor } from './load-reconstructor.js';
import { saveReconstructor } from './save-reconstructor.js';

const at = useFolder();

/** Without the dropout's seeds, which every step of training sets anew; and tfjs' dropout has an undefined noiseShape or null. */
const comparable = (key: string, value: unknown) => (value === undefined || key === 'seed' ? null : value);

describe('saveReconstructor', () => {
  it.each(headTypes)('keep a %s head', async (type) => {
    const directory = at(`head-${type}`);
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
    const layers = ({ headLayers }: Reconstructor) =>
      headLayers.map((layer) => JSON.stringify(layer.getConfig(), comparable));
    expect(layers(loaded)).toEqual(layers(reconstructor));
    expect(allWeights(loaded)).toEqual(allWeights(reconstructor));
    expect(await loaded.predictBatch(images)).toEqual(await reconstructor.predictBatch(images));
    for (const thing of [reconstructor, loaded, optimizer]) thing.dispose();
  });

  it('writes TensorFlow.js’ own format and a readable config.json', async () => {
    const directory = at('deep', 'format');
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
    const directory = at('ranges');
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

  it('deletes nothing that is not a save', async () => {
    const directory = at('documents');
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
    expect((await readdir(at())).filter((name) => name.startsWith('documents'))).toEqual(['documents']);
    await rm(file);
    for (const litter of ['.DS_Store', 'Icon\r', 'Thumbs.db']) await writeFile(join(directory, litter), '');
    await saveReconstructor(reconstructor, directory, { extra: 'again' });
    expect((await loadReconstructor(directory)).extra).toBe('again');
    reconstructor.dispose();
  });

  it('takes a folder whose name is as long as a name can be', async () => {
    const directory = at('ö'.repeat(127));
    const reconstructor = createReconstructor({ targets: spiralTargets, imageSize: size });
    for (const extra of [1, 2]) {
      await saveReconstructor(reconstructor, directory, { extra });
      expect((await loadReconstructor(directory)).extra).toBe(extra);
    }
    reconstructor.dispose();
    expect((await readdir(at())).filter((name) => name.startsWith('ö')).length).toBe(1);
    await rm(directory, { recursive: true });
  });
});
