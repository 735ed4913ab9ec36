// Depthwise convolution, one filter a channel: output[p][c] = bias[c] + Σ input[p ⊕ tap][c] · filter[tap][c], and an activation if `flags`
// says so, one line of the output after the other.
// Loop order: images, output rows, output columns, then all channels of the pixel (see depthwise-taps.ts). Taps outside
// the image are cut off by narrowing the loops, never by a test inside them. The full 3×3 window has its own call with
// constant bounds, which the compiler unrolls.

import { activateRows } from './activate-rows';
import { sumTaps } from './depthwise-taps';
import { Geometry } from './geometry';

/** `bias` is the address of a number a channel, or 0 for none. */
export function depthwiseConv2d(
  geometry: usize,
  input: usize,
  filter: usize,
  bias: usize,
  output: usize,
  flags: i32,
): void {
  const shape = changetype<Geometry>(geometry);
  const channels = shape.inChannels;
  const pixel = <usize>channels << 2;
  const line = pixel * shape.inWidth;
  const kernelHeight = shape.kernelHeight;
  const kernelWidth = shape.kernelWidth;
  const stepY = shape.dilationHeight;
  const stepX = shape.dilationWidth;
  for (let image = 0; image < shape.batch; image++) {
    for (let outY = 0; outY < shape.outHeight; outY++) {
      const y = outY * shape.strideHeight - shape.padTop;
      const firstY = firstTap(y, stepY);
      const rows = max(tapsEnd(y, stepY, kernelHeight, shape.inHeight) - firstY, 0);
      const lineStart = input + <usize>(image * shape.inHeight + y + firstY * stepY) * line;
      const outLine = output;
      for (let outX = 0; outX < shape.outWidth; outX++, output += pixel) {
        const x = outX * shape.strideWidth - shape.padLeft;
        const firstX = firstTap(x, stepX);
        const columns = max(tapsEnd(x, stepX, kernelWidth, shape.inWidth) - firstX, 0);
        const from = lineStart + <usize>(x + firstX * stepX) * pixel;
        const weights = filter + <usize>(firstY * kernelWidth + firstX) * pixel;
        if (rows == 3 && columns == 3 && kernelWidth == 3) {
          sumTaps(3, 3, from, line * stepY, pixel * stepX, weights, pixel * 3, pixel, bias, output, channels);
        } else {
          sumTaps(rows, columns, from, line * stepY, pixel * stepX, weights, pixel * kernelWidth, pixel, bias, output, channels);
        }
      }
      if (flags) activateRows(outLine, pixel, shape.outWidth, channels, flags);
    }
  }
}

/** The first tap that lies inside an axis when tap 0 lies at `start`. */
// @ts-ignore: decorator
@inline
function firstTap(start: i32, step: i32): i32 {
  return start < 0 ? (step - 1 - start) / step : 0;
}

/** One behind the last tap inside an axis of `length`. */
// @ts-ignore: decorator
@inline
function tapsEnd(start: i32, step: i32, taps: i32, length: i32): i32 {
  return start >= length ? 0 : min(taps, (length - start + step - 1) / step);
}
