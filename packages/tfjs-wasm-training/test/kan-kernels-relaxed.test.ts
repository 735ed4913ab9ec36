import { setFlagsFromString } from 'node:v8';
import { afterAll, expect } from 'vitest';
import { enableWasmTraining } from '../src/index.js';

// All tests of the kernels for KAN layers once more, on the build with fused multiply-add: see relaxed-simd.test.ts.
if (Number(process.versions.node.split('.')[0]) < 22) setFlagsFromString('--experimental-wasm-relaxed-simd');

afterAll(async () => {
  expect((await enableWasmTraining()).relaxedSimd).toBe(true);
});

await import('./kan-kernels.test.js');
await import('./kan-harmonics.test.js');
await import('./kan-rational.test.js');
await import('./kan-random-fourier.test.js');
