import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { disableWasmTraining, enableWasmTraining } from '../src/index.js';

// One after the other: each test goes on from the state the last one left.
describe.sequential('enableWasmTraining', () => {
  it('says what to import when there is no wasm backend', async () => {
    await expect(enableWasmTraining()).rejects.toThrow(/import '@tensorflow\/tfjs-backend-wasm'/);
  });

  it('works before setBackend and does not choose the backend', async () => {
    await import('@tensorflow/tfjs-backend-wasm');
    tf.setBackend('cpu');
    const { instantiate } = WebAssembly;
    const [info, again] = await Promise.all([enableWasmTraining(), enableWasmTraining()]);
    expect(tf.getBackend()).toBe('cpu');
    expect(info.kernels).toContain('Conv2DBackpropFilter');
    expect(again).toEqual(info);
    expect(WebAssembly.instantiate).toBe(instantiate);
    await tf.setBackend('wasm');
    expect(gradientOfConvolution()).toBe(9);
  });

  it('leaves other backends as they were', () => {
    tf.setBackend('cpu');
    expect(gradientOfConvolution()).toBe(9);
    expect(() => dilatedGradient()).toThrow(/dilation/i);
    tf.setBackend('wasm');
    expect(dilatedGradient()).toBe(9);
  });

  it('can be undone, and enabled after setBackend', async () => {
    const { minimize } = tf.Optimizer.prototype;
    disableWasmTraining();
    // Nothing of the engine, the backend and the optimizers is wrapped any longer.
    for (const object of [tf.engine(), tf.backend()]) {
      expect(Object.values(object).filter((value) => typeof value === 'function')).toEqual([]);
    }
    expect(tf.Optimizer.prototype.minimize).not.toBe(minimize);
    expect(tf.tidy(() => tf.add(tf.scalar(1), 2).dataSync()[0])).toBe(3);
    expect(() => gradientOfConvolution()).toThrow(/Conv2DBackpropFilter/);
    await enableWasmTraining();
    expect(gradientOfConvolution()).toBe(9);
  });

  it('notices a backend that was made anew', async () => {
    const factory = tf.findBackendFactory('wasm');
    tf.removeBackend('wasm');
    tf.registerBackend('wasm', factory);
    await tf.setBackend('wasm');
    expect(() => gradientOfConvolution()).toThrow(/call enableWasmTraining\(\) again/);
    await enableWasmTraining();
    expect(gradientOfConvolution()).toBe(9);
  });

  it('says so when the 4 GB heap is full, and goes on afterwards', () => {
    const backend = tf.backend() as unknown as { makeOutput(shape: number[], dtype: string): tf.TensorInfo };
    const kept: tf.TensorInfo[] = [];
    expect(() => {
      for (let i = 0; i < 5; i++) kept.push(backend.makeOutput([256, 1024, 1024], 'float32'));
    }).toThrow(/out of memory.*1024 MB more.*4096 MB/);
    expect(kept.length).toBeGreaterThan(0);
    for (const { dataId } of kept) tf.backend().disposeData(dataId);
    expect(gradientOfConvolution()).toBe(9);
  });
});

/** d Σ(x ∗ w) / dw of a 3×3 image of ones and a 1×1 filter: 9. */
function gradientOfConvolution(): number {
  return convolutionGradient(1, 1);
}

function dilatedGradient(): number {
  return convolutionGradient(1, 2);
}

function convolutionGradient(size: number, dilation: number): number {
  return tf.tidy(() => {
    const x = tf.ones<tf.Rank.R4>([1, 3, 3, 1]);
    const loss = (w: tf.Tensor) => tf.sum(tf.conv2d(x, w as tf.Tensor4D, 1, 'same', 'NHWC', dilation));
    return tf
      .grad(loss)(tf.ones([size, size, 1, 1]))
      .dataSync()[0]!;
  });
}
