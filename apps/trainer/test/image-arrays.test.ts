import '@tensorflow/tfjs-backend-cpu';
import { fitImage, resizeImage } from '@kanrecon/image';
import { AdamW, createReconstructor, evaluateBatch, normalizeImages, trainStep } from '@kanrecon/model';
import { reconstruct } from '@kanrecon/reconstruction';
import { developImage, renderSurface } from '@kanrecon/render';
import {
  applyEffects,
  drawView,
  estimateBaseColor,
  renderBatch,
  renderView,
  sceneByName,
  typicalView,
} from '@kanrecon/scene';
import { applyDihedral, augmentBatch } from '@kanrecon/training';
import { describe, expect, it } from 'vitest';

const size = 32;
const count = 3 * size * size;
const study = sceneByName('study');
const { surface } = study;
const shape = {
  parameters: Object.fromEntries(surface.parameters.map(({ name, min, max }) => [name, (min + max) / 2])),
  baseColor: [0.5, 0.5, 0.5] as const,
};
const view = typicalView(study, { x: 0.9, y: 0, z: 0 });
const network = createReconstructor({ backbone: 'smallCnn', imageSize: size, seed: 1, targets: surface.parameters });
const targets = new Float32Array(surface.parameters.length).fill(0.5);
const rotation = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);

// biome-ignore lint/suspicious/noExplicitAny: wrong on purpose
type Data = any;
const image = (data: Data) => ({ width: size, height: size, data });

/** Every public function that takes an image, or memory for one. */
const takers: Record<string, (data: Data) => unknown> = {
  fitImage: (data) => fitImage(image(data), 16),
  resizeImage: (data) => resizeImage(image(data), 16, 16),
  'fitImage, out': (data) => fitImage(image(new Uint8Array(count)), size, {}, data),
  'Reconstructor.fit': (data) => network.fit(image(data)),
  'Reconstructor.predict': (data) => network.predict(image(data)),
  'Reconstructor.predictBatch': (data) => network.predictBatch(data),
  'Reconstructor.imagesToTensor': (data) => network.imagesToTensor(data).dispose(),
  normalizeImages: (data) => normalizeImages(data, { mean: 0.5, std: 0.5 }),
  evaluateBatch: (data) => evaluateBatch(network, data, targets),
  trainStep: (data) => trainStep(network, new AdamW(), data, targets, { step: 0 }),
  reconstruct: (data) => reconstruct(image(data), network, { scene: study, renderingSize: 16 }),
  estimateBaseColor: (data) => estimateBaseColor(image(data), study, shape.parameters, view),
  applyEffects: (data) => applyEffects(image(data), drawView(study, 1, 0, 0).effects),
  'renderSurface, out': (data) => renderSurface(surface, shape.parameters, { size, rotation, out: data }),
  'renderView, out': (data) => renderView(study, shape, view, { size, out: data }),
  'developImage, out': (data) => developImage(new Float32Array(4 * size * size), { size, out: data }),
  'renderBatch, images': (data) =>
    renderBatch(study, { seed: 1, batch: 0, batchSize: 1, imageSize: size, images: data }),
  augmentBatch: (data) => augmentBatch(data, [0], size, ['mirror'], { seed: 1, epoch: 0 }),
  applyDihedral: (data) => applyDihedral(data, new Uint8Array(count), size, 1),
  'applyDihedral, out': (data) => applyDihedral(new Uint8Array(count), data, size, 1),
};

/** Grey, as anything but bytes. */
const wrong: Record<string, Data> = {
  Float32Array: new Float32Array(count).fill(0.5),
  Float64Array: new Float64Array(count).fill(0.5),
  'Float32Array of NaN': new Float32Array(count).fill(Number.NaN),
  Uint16Array: new Uint16Array(count).fill(128 * 257),
  Int8Array: new Int8Array(count).fill(-3),
  Uint32Array: new Uint32Array(count).fill(128),
  'Array of fractions': new Array(count).fill(0.5),
};

/** What a call ends with: nothing, or an error's message; what throws at once and what rejects are alike. */
async function outcome(call: () => unknown): Promise<string> {
  return (async () => call())().then(
    () => '',
    (error: Error) => error.message,
  );
}

describe.each(Object.entries(takers))('%s', (name, take) => {
  it.each(Object.entries(wrong))('refuses a %s', async (type, data) => {
    const kind = type.split(' ')[0]!;
    expect(await outcome(() => take(data))).toMatch(new RegExp(`expected a Uint8Array.*, got ${kind}`));
  });

  it('takes bytes', async () => {
    expect(await outcome(() => take(new Uint8Array(count).fill(128)))).toBe('');
    // A Buffer is a Uint8Array, and what ImageData holds is not far from one.
    expect(await outcome(() => take(Buffer.alloc(count, 128)))).toBe('');
    const clamped = await outcome(() => take(new Uint8ClampedArray(count).fill(128)));
    if (!name.endsWith('out')) expect(clamped).toBe('');
  });

  it('refuses bytes that are too few', async () => {
    // Of a batch the caller says how many images there are.
    if (name === 'augmentBatch' || name.startsWith('applyDihedral') || name.startsWith('renderBatch')) return;
    const short = await outcome(() => take(new Uint8Array(count - 1)));
    expect(short).toMatch(/expected|fit/);
  });
});

it('says what turns other numbers into bytes', async () => {
  expect(await outcome(() => network.predictBatch(wrong['Float32Array']))).toBe(
    'Reconstructor: the images are no bytes; expected a Uint8Array or Uint8ClampedArray, got Float32Array (values in [0, 1] are to be multiplied by 255 and rounded first)',
  );
  expect(await outcome(() => network.predict(image(wrong['Uint16Array'])))).toContain(
    'got Uint16Array (values of 16 bits are to be divided by 257 and rounded first)',
  );
});

it('refuses a size that the bytes do not have', async () => {
  const data = new Uint8Array(count);
  for (const [width, height] of [
    [size, size - 1],
    [2 * size, size],
    [0, 0],
    [size, 0.5],
    [Number.NaN, size],
  ]) {
    const other = { width: width!, height: height!, data };
    for (const call of [
      () => fitImage(other, 16),
      () => resizeImage(other, 16, 16),
      () => network.predict(other),
      () => reconstruct(other, network, { scene: study }),
      () => estimateBaseColor(other, study, shape.parameters, view),
      () => applyEffects(other, view.effects),
    ]) {
      expect(await outcome(call)).toMatch(/size (is wrong|does not fit its data)/);
    }
  }
});
