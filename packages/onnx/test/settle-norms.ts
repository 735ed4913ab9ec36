import type { Reconstructor } from '@kanrecon/model';
import { tensor, tidy } from '@tensorflow/tfjs-core';

/**
 * Gives a network's batch norms factors, offsets and statistics as training leaves them: the statistics are those of these very images.
 * With those that they start with, what goes through a deep network dies away, and its outputs would be right whatever lies between.
 *
 * @param images bytes [n, side, side, 3]. A dozen: statistics of two blow rounding up to 1e-3, between the backends of TensorFlow.js as well
 */
export function settleNorms(reconstructor: Reconstructor, images: Uint8Array): void {
  const norms = reconstructor.model.layers.filter((layer) => layer.getClassName() === 'BatchNormalization');
  const momentums = norms.map((layer) => (layer as unknown as { momentum: number }).momentum);
  for (const layer of norms) {
    const [gamma, , mean, variance] = layer.weights.map((weight) => weight.read());
    const waves = (centre: number, phase: number) =>
      tensor(Float32Array.from({ length: gamma!.size }, (_, i) => centre + 0.3 * Math.sin(3 * i + phase)));
    layer.setWeights([waves(1, 0), waves(0, 1), mean!, variance!]);
    Object.assign(layer, { momentum: 0 });
  }
  tidy(() => void reconstructor.model.apply(reconstructor.imagesToTensor(images), { training: true }));
  norms.forEach((layer, i) => void Object.assign(layer, { momentum: momentums[i] }));
}
