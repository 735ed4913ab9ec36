import { randomStream } from '@kanrecon/dataset';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { applyDihedral } from './apply-dihedral.js';
import type { Augmentation } from './augmentations.js';
import { jitterColors } from './jitter-colors.js';
import { rotateImage } from './rotate-image.js';

// Milliseconds an image at 64, 96 and 224 pixels (best of 40 on a busy 2-core machine, Node 20): mirror and dihedral .02, .04
// and .24, study .15, .3 and 1.9, of which the rotation is two thirds. A training step takes 30 times that.
const maxTurn = (20 * Math.PI) / 180;
const augmentationStream = 101;

/** What the random numbers of an image hang on: the same three give the same image. */
export interface AugmentationKey {
  seed: number;
  epoch: number;
}

/**
 * Changes a batch of training images in place.
 *
 * @param images uint8 [n, size, size, 3]
 * @param indices the n samples' numbers in the training set
 */
export function augmentBatch(
  images: Uint8Array,
  indices: ArrayLike<number>,
  size: number,
  augmentation: Augmentation,
  { seed, epoch }: AugmentationKey,
): void {
  if (augmentation === 'none') return;
  const pixels = size * size * 3;
  const scratch = new Uint8Array(pixels);
  for (let i = 0; i < indices.length; i++) {
    const random = randomStream(augmentationStream, seed, epoch, indices[i]!);
    const uniform = (from: number, to: number) => from + (to - from) * uniformFloat64(random);
    const image = images.subarray(i * pixels, (i + 1) * pixels);
    scratch.set(image);
    if (augmentation === 'mirror' || augmentation === 'dihedral') {
      applyDihedral(scratch, image, size, Math.floor(uniform(0, augmentation === 'mirror' ? 2 : 8)));
    } else {
      const mirrored = uniform(0, 1) < 0.5;
      rotateImage(scratch, image, size, uniform(-maxTurn, maxTurn), mirrored);
      jitterColors(image, {
        brightness: uniform(0.8, 1.2),
        contrast: uniform(0.8, 1.2),
        saturation: uniform(0.8, 1.2),
        hue: uniform(-0.1, 0.1) * 2 * Math.PI,
      });
    }
  }
}
