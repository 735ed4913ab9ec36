import type { RgbImage } from '@kanrecon/render';
import { fromFrequencies, JpegPlane, toFrequencies } from './jpeg-plane.js';
import { jpegSteps } from './jpeg-steps.js';

/**
 * What JPEG does to an image, without writing one: YCbCr with halved chroma, 8 × 8 cosine transforms, quantisation, and the
 * way back (ITU-T T.81 and JFIF; the tables of its annex K, scaled by the quality as libjpeg does). What is left out, the
 * entropy coding, loses nothing. So the marks of JPEG need no codec, and are the same on every machine.
 *
 * Floating-point transforms: against libjpeg-turbo's integer ones the bytes differ by about 1 (see the test).
 */
export function compressImage({ width, height, data }: RgbImage, quality: number): void {
  const luma = new JpegPlane(width, height);
  const chroma = [
    new JpegPlane(Math.ceil(width / 2), Math.ceil(height / 2)),
    new JpegPlane(Math.ceil(width / 2), Math.ceil(height / 2)),
  ];
  toPlanes(data, width, height, luma, chroma);
  const steps = jpegSteps(quality);
  quantise(luma, steps.luma);
  for (const plane of chroma) quantise(plane, steps.chroma);
  fromPlanes(data, width, height, luma, chroma);
}

function toPlanes(data: Uint8Array, width: number, height: number, luma: JpegPlane, [blue, red]: JpegPlane[]): void {
  const count = new Uint8Array(blue.values.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) {
      const [r, g, b] = [data[i], data[i + 1], data[i + 2]];
      luma.values[y * luma.stride + x] = Math.round(0.299 * r + 0.587 * g + 0.114 * b);
      const at = (y >> 1) * blue.stride + (x >> 1);
      blue.values[at] += 128 - 0.168736 * r - 0.331264 * g + 0.5 * b;
      red.values[at] += 128 + 0.5 * r - 0.418688 * g - 0.081312 * b;
      count[at]++;
    }
  }
  for (const { values } of [blue, red]) {
    for (let at = 0; at < values.length; at++) if (count[at] > 0) values[at] = Math.round(values[at] / count[at]);
  }
  for (const plane of [luma, blue, red]) plane.pad();
}

/** Every block to frequencies, to whole multiples of the steps, and back to whole numbers. */
function quantise(plane: JpegPlane, steps: readonly number[]): void {
  const { values, stride } = plane;
  for (let i = 0; i < values.length; i++) values[i]! -= 128;
  toFrequencies(plane);
  for (let i = 0; i < values.length; i++) {
    const step = steps[8 * (Math.floor(i / stride) & 7) + ((i % stride) & 7)]!;
    values[i] = Math.round(values[i]! / step) * step;
  }
  fromFrequencies(plane);
  for (let i = 0; i < values.length; i++) values[i] = Math.min(255, Math.max(0, Math.round(values[i]! + 128)));
}

/** Chroma is interpolated as libjpeg does ("fancy upsampling"): 3/4 of the nearer and 1/4 of the farther sample on each axis. */
function fromPlanes(data: Uint8Array, width: number, height: number, luma: JpegPlane, [blue, red]: JpegPlane[]): void {
  for (let y = 0, i = 0; y < height; y++) {
    const near = y >> 1;
    const far = Math.min(Math.max(near + (y & 1 ? 1 : -1), 0), blue.height - 1);
    for (let x = 0; x < width; x++, i += 3) {
      const column = x >> 1;
      const beside = Math.min(Math.max(column + (x & 1 ? 1 : -1), 0), blue.width - 1);
      const cb = interpolate(blue, near, far, column, beside);
      const cr = interpolate(red, near, far, column, beside);
      const grey = luma.values[y * luma.stride + x];
      data[i] = clamp(grey + 1.402 * cr);
      data[i + 1] = clamp(grey - 0.344136 * cb - 0.714136 * cr);
      data[i + 2] = clamp(grey + 1.772 * cb);
    }
  }
}

function interpolate({ values, stride }: JpegPlane, near: number, far: number, column: number, beside: number): number {
  const [a, b] = [near * stride, far * stride];
  return (9 * values[a + column] + 3 * (values[a + beside] + values[b + column]) + values[b + beside]) / 16 - 128;
}

function clamp(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}
