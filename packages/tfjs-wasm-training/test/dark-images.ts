import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { randomNumbers } from './random-numbers.js';

const { conv2d, maxPooling2d, flatten, dense } = layers.layers;

/** Images like MNIST's: one bright stroke, and around it zeros. */
const DARK_SIZE = 28;
const DARK_CLASSES = 10;
export const DARK_BATCH = 4;
const DARK_BATCHES = 2;

/** What a training left behind. */
export interface DarkTraining {
  /** Loss of each step. */
  losses: number[];
  /** Of each weight before the first step. */
  firstGradients: Float32Array[];
}

/** Convolutions wide enough for Winograd's method, biases of zero, weights the same at every start. */
function darkNetwork(): layers.Sequential {
  const seeded = (seed: number) => layers.initializers.glorotNormal({ seed });
  const convolution = (filters: number, seed: number) => ({
    ...{ filters, kernelSize: 3, activation: 'relu' as const, kernelInitializer: seeded(seed) },
  });
  return layers.sequential({
    layers: [
      conv2d({ inputShape: [DARK_SIZE, DARK_SIZE, 1], ...convolution(8, 1) }),
      maxPooling2d({ poolSize: 2 }),
      conv2d({ ...convolution(8, 2), padding: 'same' }),
      conv2d(convolution(16, 3)),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dense({ units: DARK_CLASSES, activation: 'softmax', kernelInitializer: seeded(4) }),
    ],
  });
}

/** `steps` times `trainOnBatch` on the current backend, on a few batches in turn. */
export async function trainOnDarkImages(steps: number, optimizer: tf.Optimizer): Promise<DarkTraining> {
  const model = darkNetwork();
  model.compile({ optimizer, loss: 'categoricalCrossentropy' });
  const firstGradients = gradientsOf(model);
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const { x, y } = darkBatch(step % DARK_BATCHES);
    losses.push((await model.trainOnBatch(x, y)) as number);
    tf.dispose([x, y]);
  }
  model.dispose();
  return { losses, firstGradients };
}

function gradientsOf(model: layers.Sequential): Float32Array[] {
  const { x, y } = darkBatch(0);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const { value, grads } = tf.variableGrads(
    () => tf.losses.softmaxCrossEntropy(y, model.apply(x, { training: true }) as tf.Tensor) as tf.Scalar,
    variables,
  );
  const gradients = variables.map(({ name }) => grads[name]!.dataSync<'float32'>());
  tf.dispose([x, y, value, grads]);
  return gradients;
}

function darkBatch(seed: number): { x: tf.Tensor4D; y: tf.Tensor2D } {
  const images = new Float32Array(DARK_BATCH * DARK_SIZE * DARK_SIZE);
  const labels = Int32Array.from({ length: DARK_BATCH }, (_, i) => (seed * DARK_BATCH + i * 3) % DARK_CLASSES);
  labels.forEach((label, i) => {
    drawStroke(images.subarray(i * DARK_SIZE * DARK_SIZE, (i + 1) * DARK_SIZE * DARK_SIZE), label, seed * 100 + i);
  });
  const x = tf.tensor4d(images, [DARK_BATCH, DARK_SIZE, DARK_SIZE, 1]);
  const y = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), DARK_CLASSES), 'float32') as tf.Tensor2D);
  return { x, y };
}

/** An arc whose bend is the label's, about two pixels wide, with soft edges that end in exact zeros. */
function drawStroke(image: Float32Array, label: number, seed: number): void {
  const [shiftX, shiftY, turn] = randomNumbers(3, seed + 1) as unknown as [number, number, number];
  for (let i = 0; i <= 60; i++) {
    const t = i / 30 - 1;
    const angle = turn * 0.3 + t * (0.3 + 0.25 * label);
    const [cx, cy] = [14 + 2 * shiftX + 6 * Math.sin(angle) * (0.5 + 0.08 * label), 14 + 2 * shiftY + 7 * t];
    for (let y = Math.max(0, Math.floor(cy - 2)); y <= Math.min(DARK_SIZE - 1, cy + 2); y++) {
      for (let x = Math.max(0, Math.floor(cx - 2)); x <= Math.min(DARK_SIZE - 1, cx + 2); x++) {
        const value = Math.max(0, 1 - Math.hypot(x - cx, y - cy) / 1.8);
        const at = y * DARK_SIZE + x;
        image[at] = Math.max(image[at]!, Math.round(value * 255) / 255);
      }
    }
  }
}
