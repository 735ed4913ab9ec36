import type { FitImageOptions, InputImage } from '@kanrecon/image';
import type { RgbImage } from '@kanrecon/render';
import type { Scene } from '@kanrecon/scene';
import { imageBackground } from './refine/image-background.js';
import { refineImage } from './refine/refine-image.js';
import type { Verdict } from './verdict.js';

/** Width at which is looked; what cannot be seen then is too small to be an object. */
const lookSize = 64;
/** Of 255: a pixel that differs more from the border's colour shows something. */
const differs = 8;
/** Share of such pixels below which nothing is shown. */
const least = 0.002;
/** Pixels of a block's side. */
const block = 4;
/** How many times the variance that noise leaves in the means of blocks must be there. Of 64 × 64 pixels of noise it is 1 ± .1. */
const structured = 1.5;

/**
 * What is to be said of an image before anything is rendered: that it is of one colour, or nothing but noise. Takes a few milliseconds.
 *
 * Noise is told by its means over blocks of 4 × 4 pixels, which have a sixteenth of its variance; an object's have nearly all of it.
 *
 * @returns undefined where the image may show something: `refine` is the next to ask
 * @throws if the image is smaller than 32 pixels
 */
export function firstLook(image: InputImage, scene: Scene, fit: FitImageOptions = {}): Verdict | undefined {
  const small = refineImage(image, scene, lookSize, fit);
  if (shownShare(small) < least) {
    return {
      kind: 'foreign',
      score: Infinity,
      sentence: 'The image is of one colour: there is no object in it.',
    };
  }
  if (structure(small) < structured) {
    return {
      kind: 'foreign',
      score: Infinity,
      sentence: 'The image shows nothing but noise: there is no object in it.',
    };
  }
  return undefined;
}

function shownShare(image: RgbImage): number {
  const background = imageBackground(image);
  const { data } = image;
  let shown = 0;
  for (let i = 0; i < data.length; i += 3) {
    if (background.some((value, c) => Math.abs(data[i + c]! - value) > differs)) shown++;
  }
  return (3 * shown) / data.length;
}

/** Variance of the blocks' means, in what it would be if pixels had nothing to do with their neighbours. */
function structure({ width, data }: RgbImage): number {
  const across = Math.floor(width / block);
  let [pixels, means] = [0, 0];
  for (let c = 0; c < 3; c++) {
    const sums = new Float64Array(across * across);
    const inside: number[] = [];
    for (let y = 0; y < across * block; y++) {
      for (let x = 0; x < across * block; x++) {
        const value = data[3 * (y * width + x) + c]!;
        inside.push(value);
        sums[Math.floor(y / block) * across + Math.floor(x / block)]! += value;
      }
    }
    pixels += variance(inside);
    means += variance(sums) / block ** 4;
  }
  return (block ** 2 * means) / pixels;
}

function variance(values: ArrayLike<number>): number {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!;
    squares += values[i]! ** 2;
  }
  return squares / values.length - (sum / values.length) ** 2;
}
