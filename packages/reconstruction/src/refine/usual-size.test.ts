import { expect, it } from 'vitest';
import { observable, refineCase } from '../../test/refine-cases.js';
import { refineImage } from './refine-image.js';
import { usualSize } from './usual-size.js';

it("is the image's own up to 128 pixels, and of a larger one the largest whole fraction that is no wider", () => {
  const sizes = [33, 64, 128, 224, 256, 300, 1024].map(usualSize);
  expect(sizes).toEqual([33, 64, 128, 112, 128, 100, 128]);
});

it('is what an image is compared at where no size is given', () => {
  const { image } = refineCase(observable, 1, 160);
  expect(refineImage(image, observable, undefined).width).toBe(80);
  expect(refineImage(image, observable, 64).width).toBe(64);
});
