// Filter gradient of the depthwise convolution:
//
//   filterGradient[tap][c] = Σ over output pixels:  input[pixel ⊕ tap][c] · outputGradient[pixel][c]
//
// Loop order: images → output rows → filter rows → tiles of 8 channels → output columns. One pass along a line feeds
// all taps of a filter row at once: 3 or 5 taps × 8 channels are 6 or 10 accumulators (+ 2 for the gradient). Other
// widths go tap by tap. Columns whose window sticks out of the image are done apart, so the inner loop has no tests.
// Each image is summed in `partial` and then added: shorter sums, smaller rounding error.

import { Geometry } from './geometry';
import { loadFirst, multiplyAdd, storeFirst } from './simd';

/** `partial`: as many floats as the filter has. */
export function depthwiseFilterGradient(
  geometry: usize,
  input: usize,
  outputGradient: usize,
  filterGradient: usize,
  partial: usize,
): void {
  const shape = changetype<Geometry>(geometry);
  const pixel = <usize>shape.inChannels << 2;
  const filterLine = pixel * shape.kernelWidth;
  const floats = shape.kernelHeight * shape.kernelWidth * shape.inChannels;
  memory.fill(filterGradient, 0, <usize>floats << 2);
  for (let image = 0; image < shape.batch; image++) {
    memory.fill(partial, 0, <usize>floats << 2);
    for (let outY = 0; outY < shape.outHeight; outY++) {
      const gradientLine = outputGradient + <usize>((image * shape.outHeight + outY) * shape.outWidth) * pixel;
      for (let tapY = 0; tapY < shape.kernelHeight; tapY++) {
        const inY = outY * shape.strideHeight + tapY * shape.dilationHeight - shape.padTop;
        if (<u32>inY >= <u32>shape.inHeight) continue;
        const inputLine = input + <usize>((image * shape.inHeight + inY) * shape.inWidth) * pixel;
        addLine(shape, inputLine, gradientLine, partial + <usize>tapY * filterLine, pixel);
      }
    }
    for (let i = 0; i < floats; i += 4) {
      const at = <usize>i << 2;
      const sum = f32x4.add(loadFirst(filterGradient + at, floats - i), loadFirst(partial + at, floats - i));
      storeFirst(filterGradient + at, sum, floats - i);
    }
  }
}

function addLine(shape: Geometry, input: usize, gradient: usize, sums: usize, pixel: usize): void {
  const stride = shape.strideWidth;
  const reach = (shape.kernelWidth - 1) * shape.dilationWidth;
  // Output columns from `begin` to `end` have their whole window inside the line.
  const fits = shape.inWidth - 1 + shape.padLeft - reach;
  const end = fits < 0 ? 0 : min(fits / stride + 1, shape.outWidth);
  const begin = min((shape.padLeft + stride - 1) / stride, end);
  const tap = pixel * shape.dilationWidth;
  const step = pixel * stride;
  const from = input + <usize>(begin * stride - shape.padLeft) * pixel;
  const gradientFrom = gradient + <usize>begin * pixel;
  const tiles = shape.inChannels >> 3;
  if (shape.kernelWidth == 3) {
    for (let i = 0; i < tiles; i++) addThreeTaps(from + (<usize>i << 5), gradientFrom + (<usize>i << 5), sums + (<usize>i << 5), end - begin, step, tap, pixel);
  } else if (shape.kernelWidth == 5) {
    for (let i = 0; i < tiles; i++) addFiveTaps(from + (<usize>i << 5), gradientFrom + (<usize>i << 5), sums + (<usize>i << 5), end - begin, step, tap, pixel);
  } else {
    addPixels(shape, input, gradient, sums, pixel, begin, end, 0, tiles << 3);
  }
  addPixels(shape, input, gradient, sums, pixel, begin, end, tiles << 3, shape.inChannels);
  addPixels(shape, input, gradient, sums, pixel, 0, begin, 0, shape.inChannels);
  addPixels(shape, input, gradient, sums, pixel, end, shape.outWidth, 0, shape.inChannels);
}

function addThreeTaps(x: usize, g: usize, sums: usize, count: i32, step: usize, tap: usize, pixel: usize): void {
  const second = sums + pixel;
  const third = second + pixel;
  let l0 = v128.load(sums), r0 = v128.load(sums, 16);
  let l1 = v128.load(second), r1 = v128.load(second, 16);
  let l2 = v128.load(third), r2 = v128.load(third, 16);
  for (let i = 0; i < count; i++, x += step, g += pixel) {
    const left = v128.load(g), right = v128.load(g, 16);
    l0 = multiplyAdd(l0, v128.load(x), left); r0 = multiplyAdd(r0, v128.load(x, 16), right);
    const x1 = x + tap;
    l1 = multiplyAdd(l1, v128.load(x1), left); r1 = multiplyAdd(r1, v128.load(x1, 16), right);
    const x2 = x1 + tap;
    l2 = multiplyAdd(l2, v128.load(x2), left); r2 = multiplyAdd(r2, v128.load(x2, 16), right);
  }
  v128.store(sums, l0); v128.store(sums, r0, 16);
  v128.store(second, l1); v128.store(second, r1, 16);
  v128.store(third, l2); v128.store(third, r2, 16);
}

function addFiveTaps(x: usize, g: usize, sums: usize, count: i32, step: usize, tap: usize, pixel: usize): void {
  const second = sums + pixel;
  const third = second + pixel;
  const fourth = third + pixel;
  const fifth = fourth + pixel;
  let l0 = v128.load(sums), r0 = v128.load(sums, 16);
  let l1 = v128.load(second), r1 = v128.load(second, 16);
  let l2 = v128.load(third), r2 = v128.load(third, 16);
  let l3 = v128.load(fourth), r3 = v128.load(fourth, 16);
  let l4 = v128.load(fifth), r4 = v128.load(fifth, 16);
  for (let i = 0; i < count; i++, x += step, g += pixel) {
    const left = v128.load(g), right = v128.load(g, 16);
    l0 = multiplyAdd(l0, v128.load(x), left); r0 = multiplyAdd(r0, v128.load(x, 16), right);
    const x1 = x + tap;
    l1 = multiplyAdd(l1, v128.load(x1), left); r1 = multiplyAdd(r1, v128.load(x1, 16), right);
    const x2 = x1 + tap;
    l2 = multiplyAdd(l2, v128.load(x2), left); r2 = multiplyAdd(r2, v128.load(x2, 16), right);
    const x3 = x2 + tap;
    l3 = multiplyAdd(l3, v128.load(x3), left); r3 = multiplyAdd(r3, v128.load(x3, 16), right);
    const x4 = x3 + tap;
    l4 = multiplyAdd(l4, v128.load(x4), left); r4 = multiplyAdd(r4, v128.load(x4, 16), right);
  }
  v128.store(sums, l0); v128.store(sums, r0, 16);
  v128.store(second, l1); v128.store(second, r1, 16);
  v128.store(third, l2); v128.store(third, r2, 16);
  v128.store(fourth, l3); v128.store(fourth, r3, 16);
  v128.store(fifth, l4); v128.store(fifth, r4, 16);
}

/** The general case: some output columns, some channels, every tap tested. */
function addPixels(
  shape: Geometry,
  input: usize,
  gradient: usize,
  sums: usize,
  pixel: usize,
  begin: i32,
  end: i32,
  firstChannel: i32,
  channels: i32,
): void {
  for (let outX = begin; outX < end; outX++) {
    for (let tap = 0; tap < shape.kernelWidth; tap++) {
      const inX = outX * shape.strideWidth + tap * shape.dilationWidth - shape.padLeft;
      if (<u32>inX >= <u32>shape.inWidth) continue;
      for (let c = firstChannel; c < channels; c += 4) {
        const at = <usize>c << 2;
        const to = sums + <usize>tap * pixel + at;
        const left = channels - c;
        const x = loadFirst(input + <usize>inX * pixel + at, left);
        const g = loadFirst(gradient + <usize>outX * pixel + at, left);
        storeFirst(to, multiplyAdd(loadFirst(to, left), x, g), left);
      }
    }
  }
}
