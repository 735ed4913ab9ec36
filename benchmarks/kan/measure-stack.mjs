// What is timed of a stack of layers, in Node.js and in a browser alike.
import * as tf from '@tensorflow/tfjs-core';
import { ownStack } from './layers.mjs';
import { plainStack } from './plain-port.mjs';

/**
 * Makes a stack and times its forward pass and its forward + backward pass (all gradients, the input's too) on the current backend.
 *
 * @param read waits until a tensor is computed, and disposes of it; gives a promise where that cannot be had synchronously
 * @param beforeProfile called once the times are taken, before the pass whose memory is counted
 * @returns milliseconds of each round, and the most that tensors took together in a pass, weights included, in MB
 */
export async function measureStack({ layer, widths, batch, rounds, plain, read, beforeProfile }) {
  const tensorsBefore = tf.memory().numBytes;
  const { variables, apply } = (plain ? plainStack : ownStack)(layer, widths);
  const x = tf.variable(tf.randomNormal([batch, widths[0]], 0, 1, 'float32', 1));
  const cotangent = tf.randomNormal([batch, widths.at(-1)], 0, 1, 'float32', 2);
  const loss = () => tf.sum(tf.mul(apply(x), cotangent));
  const both = () => read(tf.tidy(() => tf.variableGrads(loss, [x, ...variables]).value));
  const forward = await time(() => read(tf.tidy(loss)), rounds);
  const forwardAndBackward = await time(both, rounds);
  beforeProfile?.();
  const { peakBytes } = await tf.profile(both);
  return { forward, forwardAndBackward, tensorMegabytes: megabytes(peakBytes - tensorsBefore) };
}

/** Bytes in MB, to a quarter. */
export function megabytes(bytes) {
  return Math.round(bytes / 2 ** 18) / 4;
}

/** Milliseconds of `rounds` runs (of fewer, at least 3, where they would take more than a second) after a warm-up. */
async function time(run, rounds) {
  await repeat(run, 200, 400);
  return repeat(run, rounds, 1000);
}

async function repeat(run, most, budget) {
  const times = [];
  const end = performance.now() + budget;
  while (times.length < most && (times.length < 3 || performance.now() < end)) {
    const start = performance.now();
    const pending = run();
    if (pending) await pending; // not where there is nothing to wait for: that would be timed too
    times.push(performance.now() - start);
  }
  return times;
}
