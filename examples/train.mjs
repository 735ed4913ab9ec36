import { tensor2d, tidy, train as trainers } from '@tensorflow/tfjs-core';

/**
 * Trains a model with Adam and a learning rate that falls to 0 along a half cosine.
 *
 * @param report called ten times with (epoch, epochs, loss)
 */
export async function train(model, inputs, targets, { epochs, learningRate, batchSize = 100 }, report) {
  const optimizer = trainers.adam(learningRate);
  model.compile({ optimizer, loss: 'meanSquaredError' });
  const [x, y] = [tensor2d(inputs), tensor2d(targets)];
  const onEpochEnd = (epoch, { loss }) => {
    optimizer.learningRate = (learningRate * (1 + Math.cos((Math.PI * (epoch + 1)) / epochs))) / 2;
    if ((epoch + 1) % Math.max(1, Math.round(epochs / 10)) === 0) report(epoch + 1, epochs, loss);
  };
  try {
    // Drawn at random already, so not shuffled: the run is the same each time.
    await model.fit(x, y, { epochs, batchSize, verbose: 0, shuffle: false, callbacks: { onEpochEnd } });
  } finally {
    tidy(() => [x, y].map((tensor) => tensor.dispose()));
    optimizer.dispose();
  }
}
