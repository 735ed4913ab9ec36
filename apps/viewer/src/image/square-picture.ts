import { fitImage } from '@kanrecon/image';
import { shrinkImage } from '@kanrecon/render';
import type { Picture } from './picture.js';

/**
 * A picture as a square of at most `size` pixels, the missing parts in the colour of its first pixel; made smaller as the renderer would have
 * drawn it smaller.
 */
export function squarePicture(picture: Picture, size: number): Picture {
  const longer = Math.max(picture.width, picture.height);
  const [red, green, blue] = picture.data as unknown as [number, number, number];
  const whole = { width: longer, height: longer, data: fitImage(picture, longer, { background: [red, green, blue] }) };
  if (longer <= size) return whole;
  const { width, height, data } = shrinkImage(whole, size);
  return { width, height, data: Uint8Array.from(data) };
}
