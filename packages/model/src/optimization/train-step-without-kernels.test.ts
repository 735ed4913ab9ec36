import { spiralTargets } from '../../test/spiral-targets.js';
import '@tensorflow/tfjs-backend-wasm';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { createReconstructor } from '../network/create-reconstructor.js';
import { AdamW } from './adamw.js';
import { trainStep } from './train-step.js';

// A file of its own: enableWasmTraining, which the other tests call, must not have been called here.
beforeAll(async () => {
  await setBackend('wasm');
});

const image = new Uint8Array(32 * 32 * 3);
const targets = new Float32Array(6);

it('says how to train on the plain WASM backend', async () => {
  const reconstructor = createReconstructor({ targets: spiralTargets, imageSize: 32 });
  await expect(trainStep(reconstructor, new AdamW(), image, targets, { step: 0 })).rejects.toThrow(
    /^trainStep: the backend "wasm" cannot train: it lacks the kernel \w+; call enableWasmTraining\(\)/,
  );
  reconstructor.dispose();
});

it('trains a head on the plain WASM backend and leaks nothing', async () => {
  const head = { type: 'mlp', widths: [4] } as const;
  const reconstructor = createReconstructor({ targets: spiralTargets, imageSize: 32, trainBackbone: false, head });
  const before = memory().numTensors;
  const optimizer = new AdamW();
  expect(await trainStep(reconstructor, optimizer, image, targets, { step: 0 })).toBeGreaterThan(0);
  optimizer.dispose();
  expect(memory().numTensors).toBe(before);
  reconstructor.dispose();
});
