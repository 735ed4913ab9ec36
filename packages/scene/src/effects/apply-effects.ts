import { checkRgbImage, type RgbImage } from '@kanrecon/render';
import type { DrawnEffects } from '../draw-view.js';
import { addNoise } from './add-noise.js';
import { blurImage } from './blur-image.js';
import { compressImage } from './compress-image.js';
import { drawOccluders } from './draw-occluders.js';

/** The size at which `blur` is given in pixels. */
const blurReference = 128;

/** Does to an image, in place, what happens between an object and a file: occluders, blur, noise, JPEG. Off costs nothing. */
export function applyEffects(image: RgbImage, effects: DrawnEffects): void {
  checkRgbImage('applyEffects', image);
  const { occluders, blur, noise, jpeg, seed } = effects;
  if (occluders > 0) drawOccluders(image, occluders, seed);
  if (blur > 0) blurImage(image, (blur * image.width) / blurReference);
  if (noise > 0) addNoise(image, noise, seed);
  if (jpeg < 100) compressImage(image, jpeg);
}
