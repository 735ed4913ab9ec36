import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as tf from '@tensorflow/tfjs-core';
import type * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { fusedAdamWStep, fusedApply, leanVariableGrads } from '../src/index.js';
import { randomValues, startBackends } from './backends.js';
import { smallNetwork } from './small-network.js';

const STEPS = 500;
/**
 * Bytes the JavaScript heap may grow: V8 goes on optimising code for some thousand steps (about 0.5 MB, then it stops). A step
 * makes several hundred tensors, so anything kept for each of them would be ten times this.
 */
const COMPILED_CODE = 1e6;

interface WasmModule {
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
}

describe('500 training steps', () => {
  let module: WasmModule;
  let collectGarbage: () => void;
  /** Blocks of wasm memory that are handed out. */
  const blocks = new Set<number>();

  beforeAll(async () => {
    await startBackends();
    setFlagsFromString('--expose-gc');
    collectGarbage = runInNewContext('gc');
    module = (tf.backend() as unknown as { wasm: WasmModule }).wasm;
    const { _malloc, _free } = module;
    module._malloc = (bytes) => {
      const address = _malloc(bytes);
      blocks.add(address);
      return address;
    };
    module._free = (address) => {
      blocks.delete(address);
      _free(address);
    };
    return () => Object.assign(module, { _malloc, _free });
  });

  it('with tf.train.adam grow neither in tensors nor in memory', () => {
    const optimizer = tf.train.adam(0.005);
    check((loss) => optimizer.minimize(loss, true)!);
  });

  it('with fusedAdamWStep grow neither in tensors nor in memory', () => {
    const optimizer = fusedAdamW();
    check((loss) => optimizer.update(tf.variableGrads(loss)));
    optimizer.dispose();
  });

  it('with fused steps and lean gradients grow neither in tensors nor in memory', () => {
    const optimizer = fusedAdamW();
    const apply = (model: object, x: tf.Tensor) => fusedApply(model, x) as tf.Tensor;
    check((loss) => optimizer.update(leanVariableGrads(loss)), apply);
    optimizer.dispose();
  });

  /** AdamW in one pass for whatever variables there are gradients of. */
  function fusedAdamW() {
    const moments = new Map<string, [tf.Variable, tf.Variable]>();
    let step = 0;
    return {
      update({ value, grads }: { value: tf.Scalar; grads: tf.NamedTensorMap }): tf.Scalar {
        step++;
        for (const [name, gradient] of Object.entries(grads)) {
          const parameter = tf.engine().registeredVariables[name]!;
          const zeros = () => tf.tidy(() => tf.variable(tf.zeros(parameter.shape), false));
          if (!moments.has(name)) moments.set(name, [zeros(), zeros()]);
          const [firstMoment, secondMoment] = moments.get(name)!;
          const options = { step, learningRate: 0.005, weightDecay: 0 };
          fusedAdamWStep({ parameter, gradient, firstMoment, secondMoment }, options);
        }
        tf.dispose(grads);
        return value;
      },
      dispose: () => tf.dispose([...moments.values()]),
    };
  }

  function check(
    update: (loss: () => tf.Scalar) => tf.Scalar,
    apply = (model: layers.Sequential, x: tf.Tensor) => model.apply(x, { training: true }) as tf.Tensor,
  ): void {
    const model = smallNetwork();
    const x = tf.tensor4d(randomValues([2, 14, 13, 3], 1).data, [2, 14, 13, 3]);
    const y = tf.tensor2d(randomValues([2, 3], 2).data, [2, 3]);
    const loss = () => tf.losses.meanSquaredError(y, apply(model, x)) as tf.Scalar;
    const run = (steps: number) => {
      let last = Number.NaN;
      for (let i = 0; i < steps; i++) {
        const value = update(loss);
        last = value.dataSync()[0]!;
        value.dispose();
      }
      return last;
    };
    // The first fifth fills caches and compiles.
    const early = run(1);
    run(STEPS / 5);
    const before = used();
    const late = run((STEPS * 4) / 5);
    const after = used();
    expect(late).toBeLessThan(early / 10);
    expect(after.javaScript - before.javaScript).toBeLessThan(COMPILED_CODE);
    expect({ ...after, javaScript: 0 }).toEqual({ ...before, javaScript: 0 });
    tf.dispose([x, y]);
    model.dispose();
  }

  function used() {
    collectGarbage();
    const { numTensors, numDataBuffers, numBytes } = tf.memory();
    return {
      numTensors,
      numDataBuffers,
      numBytes,
      blocks: blocks.size,
      wasmHeap: module.HEAPU8.length,
      javaScript: process.memoryUsage().heapUsed,
    };
  }
});
