// Input gradient of the depthwise convolution: each input pixel gathers the output gradients it fed,
//
//   inputGradient[p][c] = Σ over taps k with p + pad − k·dilation = stride · q:  outputGradient[q][c] · filter[k][c]
//
// A gather writes every pixel once; a scatter would read and write it once a tap. With stride 1 the taps count up and
// the pixels q go back by the dilation; with a larger stride (dilation 1, tfjs allows only one of the two) the pixels
// count up and the taps go back by the stride. Loop order and register tile as in the forward kernel.

import { sumTaps } from './depthwise-taps';
import { Geometry } from './geometry';

export function depthwiseInputGradient(geometry: usize, outputGradient: usize, filter: usize, inputGradient: usize): void {
  const shape = changetype<Geometry>(geometry);
  const channels = shape.inChannels;
  const pixel = <isize>channels << 2;
  const line = pixel * shape.outWidth;
  const filterLine = pixel * shape.kernelWidth;
  const dilatedY = shape.strideHeight == 1;
  const dilatedX = shape.strideWidth == 1;
  // How far one step goes: through the output gradient, and through the filter.
  const lineStep = dilatedY ? -line * shape.dilationHeight : line;
  const columnStep = dilatedX ? -pixel * shape.dilationWidth : pixel;
  const filterLineStep = dilatedY ? filterLine : -filterLine * shape.strideHeight;
  const filterColumnStep = dilatedX ? pixel : -pixel * shape.strideWidth;
  for (let image = 0; image < shape.batch; image++) {
    for (let inY = 0; inY < shape.inHeight; inY++) {
      const y = inY + shape.padTop;
      const tapY = dilatedY ? firstTap(y, shape.dilationHeight, shape.outHeight) : 0;
      const firstY = dilatedY ? y - tapY * shape.dilationHeight : firstPixel(y, shape.kernelHeight, shape.strideHeight);
      const rows = dilatedY
        ? count(tapY, y / shape.dilationHeight, shape.kernelHeight)
        : count(firstY, y / shape.strideHeight, shape.outHeight);
      const filterY = dilatedY ? tapY : y - firstY * shape.strideHeight;
      for (let inX = 0; inX < shape.inWidth; inX++, inputGradient += pixel) {
        const x = inX + shape.padLeft;
        const tapX = dilatedX ? firstTap(x, shape.dilationWidth, shape.outWidth) : 0;
        const firstX = dilatedX ? x - tapX * shape.dilationWidth : firstPixel(x, shape.kernelWidth, shape.strideWidth);
        const columns = dilatedX
          ? count(tapX, x / shape.dilationWidth, shape.kernelWidth)
          : count(firstX, x / shape.strideWidth, shape.outWidth);
        const filterX = dilatedX ? tapX : x - firstX * shape.strideWidth;
        const from = outputGradient + (image * shape.outHeight + firstY) * line + firstX * pixel;
        const weights = filter + filterY * filterLine + filterX * pixel;
        if (rows == 3 && columns == 3) {
          sumTaps(3, 3, from, lineStep, columnStep, weights, filterLineStep, filterColumnStep, 0, inputGradient, channels);
        } else {
          sumTaps(rows, columns, from, lineStep, columnStep, weights, filterLineStep, filterColumnStep, 0, inputGradient, channels);
        }
      }
    }
  }
}

/** Stride 1: the first tap whose output pixel `at − tap · dilation` is inside the output. */
// @ts-ignore: decorator
@inline
function firstTap(at: i32, dilation: i32, outputs: i32): i32 {
  return at < outputs ? 0 : (at - outputs + dilation) / dilation;
}

/** Dilation 1: the first output pixel whose window still reaches `at`. */
// @ts-ignore: decorator
@inline
function firstPixel(at: i32, taps: i32, stride: i32): i32 {
  return at < taps ? 0 : (at - taps + stride) / stride;
}

/** How many indices from `first` to `last`, which must stay below `end`. */
// @ts-ignore: decorator
@inline
function count(first: i32, last: i32, end: i32): i32 {
  return max(min(last, end - 1) - first + 1, 0);
}
