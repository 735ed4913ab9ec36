import type { Picture } from './picture.js';

/** Pixels of a thumbnail: it is shown half as large, on screens with two pixels for one as well. */
const size = 128;

/** Draws the square in the middle of a picture into a canvas of at most 128 pixels: what is open may be many images. */
export function paintThumbnail(canvas: HTMLCanvasElement, { width, height, data }: Picture): void {
  const whole = new OffscreenCanvas(width, height);
  const [from, to] = [whole.getContext('2d'), canvas.getContext('2d')];
  if (!from || !to) return;
  const pixels = from.createImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    pixels.data.set(data.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
    pixels.data[4 * pixel + 3] = 255;
  }
  from.putImageData(pixels, 0, 0);
  const shorter = Math.min(width, height);
  canvas.width = Math.min(size, shorter);
  canvas.height = canvas.width;
  to.imageSmoothingQuality = 'high';
  to.drawImage(
    whole,
    Math.floor((width - shorter) / 2),
    Math.floor((height - shorter) / 2),
    shorter,
    shorter,
    0,
    0,
    canvas.width,
    canvas.height,
  );
}
