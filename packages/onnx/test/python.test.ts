import '@tensorflow/tfjs-backend-wasm';
import { readFileSync, writeFileSync } from 'node:fs';
import { createReconstructor, describeNetwork, headTypes, type Reconstructor } from '@kanrecon/model';
import { loadPretrained, pretrainedModels } from '@kanrecon/pretrained/node';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { python, pythonHas } from '../../backbones/test/weights/python.js';
import { toOnnx } from '../src/to-onnx.js';
import { expectEqual } from './compare.js';
import { formulaPixels, onnxImages } from './formula-pixels.js';
import { settleNorms } from './settle-norms.js';

beforeAll(async () => {
  await setBackend('wasm');
});

const program = readFileSync(new URL('run-onnx.py', import.meta.url), 'utf8');
const targets = [
  { name: 'radius', min: 0.5, max: 1.5, unit: 'units' },
  { name: 'tilt', min: -2, max: 5, unit: 'rad' },
];

async function inPython(reconstructor: Reconstructor, bytes: Uint8Array) {
  const folder = temporaryFolder();
  const { imageSize } = reconstructor.config;
  writeFileSync(`${folder}/network.onnx`, await toOnnx(reconstructor, { licence: 'MIT' }));
  writeFileSync(`${folder}/images`, onnxImages(bytes, imageSize).data);
  return JSON.parse(python(program, `${folder}/network.onnx`, `${folder}/images`));
}

async function expectSame(reconstructor: Reconstructor): Promise<void> {
  const { imageSize: side } = reconstructor.config;
  const bytes = formulaPixels(2, side);
  const { mean, spread } = await reconstructor.predictBatchWithSpread(bytes);
  const said = await inPython(reconstructor, bytes);
  expectEqual(said.outputs.normalized.flat(), mean);
  if (spread) expectEqual(said.outputs.spread.flat(), spread);
  expect(Object.keys(said.outputs)).toEqual(['parameters', 'normalized', ...(spread ? ['spread'] : [])]);
}

describe.runIf(pythonHas('onnx', 'onnxruntime'))("onnxruntime in Python, after onnx' own checker", () => {
  it.each(pretrainedModels.map(({ name }) => name))('says the same: the shipped model %s', async (name) => {
    const { reconstructor } = await loadPretrained(name);
    await expectSame(reconstructor);
    reconstructor.dispose();
  });

  it.each(headTypes)('says the same: head %s', async (type) => {
    const head = { type, widths: [7], uncertainty: 'gaussian' } as const;
    const reconstructor = createReconstructor({ targets, backbone: 'smallCnn', imageSize: 48, head });
    await expectSame(reconstructor);
    reconstructor.dispose();
  });

  it.each(['squeezeNet10', 'efficientNetB0', 'efficientNetLite0', 'mobileNetV3Small'] as const)(
    'says the same: backbone %s',
    async (backbone) => {
      const reconstructor = createReconstructor({ targets, backbone, imageSize: 64, head: { type: 'mlp' } });
      settleNorms(reconstructor, formulaPixels(12, 64));
      await expectSame(reconstructor);
      reconstructor.dispose();
    },
  );

  it('finds what numbers mean', async () => {
    const { reconstructor } = await loadPretrained('study');
    const said = await inPython(reconstructor, formulaPixels(2, 64));
    expect(said).toMatchObject({
      opset: [['', 13]],
      irVersion: 7,
      input: ['image', 'tensor(float)', ['batch', 3, 64, 64]],
      shapes: { parameters: ['batch', 9], normalized: ['batch', 9], spread: ['batch', 9] },
    });
    expect(said.metadata).toMatchObject(describeNetwork(reconstructor, { licence: 'MIT' }));
    expect(JSON.parse(said.metadata['kanrecon.scene'])).toEqual({ name: 'study' });
    expect(JSON.parse(said.metadata['kanrecon.targets'])[0]).toMatchObject({ name: 'radius', min: 0.5, unit: 'units' });
    reconstructor.dispose();
  });
});
