import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { disableWasmTraining, enableWasmTraining } from '../src/index.js';
import { startBackends } from './backends.js';

beforeAll(startBackends);

const einsum = () => tf.einsum('ij,jk->ik', tf.ones([2, 3]), tf.ones([3, 2]));

describe('a kernel that is missing on the WASM backend', () => {
  it('is named in the words of tfjs, with its operation and what to do', () => {
    const words =
      /^Kernel 'Einsum' not registered for backend 'wasm': tf\.einsum needs it, and neither .*tf\.setBackend\('cpu'\).*https:/;
    expect(einsum).toThrow(words);
    expect(() => tf.spectral.fft(tf.complex([1, 2], [0, 0]))).toThrow(
      /^Kernel '.*' not registered.*on another backend/,
    );
    expect(() => tf.engine().runKernel('Unheard', {})).toThrow(/^Kernel 'Unheard' not registered.*: neither/);
  });

  it('is named once, where operations call each other', () => {
    const message = messageOf(() =>
      tf.tidy(() => tf.customGrad((x) => ({ value: einsum(), gradFunc: () => x as tf.Tensor }))(tf.ones([1]))),
    );
    expect(message.match(/neither/g)).toHaveLength(1);
  });

  it('stays unregistered, for those who look', () => {
    expect(tf.getKernel('Einsum', 'wasm')).toBeUndefined();
    expect(tf.getKernelsForBackend('wasm').map(({ kernelName }) => kernelName)).not.toContain('Einsum');
  });

  it('keeps the words of tfjs on other backends, and without this package', async () => {
    tf.setBackend('cpu');
    expect(() => tf.engine().runKernel('Unheard', {})).toThrow(/^Kernel 'Unheard' not registered for backend 'cpu'$/);
    tf.setBackend('wasm');
    disableWasmTraining();
    expect(einsum).toThrow(/^Kernel 'Einsum' not registered for backend 'wasm'$/);
    await enableWasmTraining();
    expect(einsum).toThrow(/neither/);
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('messageOf: nothing was thrown');
}
