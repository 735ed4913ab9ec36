import { setFlagsFromString } from 'node:v8';
import { beforeAll, describe, expect, it } from 'vitest';
import { enableWasmTraining } from '../src/index.js';
import { kernelError, randomValues, startBackends } from './backends.js';

// Node 20 knows relaxed SIMD but has it switched off; later versions have it on. Vitest runs each file in its own process.
beforeAll(async () => {
  if (Number(process.versions.node.split('.')[0]) < 22) setFlagsFromString('--experimental-wasm-relaxed-simd');
  await startBackends();
});

describe('the build with fused multiply-add', () => {
  it('is chosen where the engine has relaxed SIMD, and agrees with the cpu backend', async () => {
    expect((await enableWasmTraining()).relaxedSimd).toBe(true);
    const x = randomValues([2, 9, 7, 13], 1);
    const filter = randomValues([3, 3, 13, 10], 2);
    const dy = randomValues([2, 9, 7, 10], 3);
    const base = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1] };
    const cpuBase = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC' };
    expect(kernelError('Conv2D', { x, filter }, base)).toBeLessThan(5e-6);
    expect(kernelError('Conv2DBackpropInput', { dy, filter }, { ...cpuBase, inputShape: x.shape })).toBeLessThan(5e-6);
    expect(kernelError('Conv2DBackpropFilter', { x, dy }, { ...cpuBase, filterShape: filter.shape })).toBeLessThan(
      5e-6,
    );
  });
});
