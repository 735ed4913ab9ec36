// Filter gradient of the depthwise convolution:
//
//   filterGradient[tap][c] = Σ over output pixels:  input[pixel ⊕ tap][c] · outputGradient[pixel][c]
//
// Loop order: images → tiles of up to 64 channels → strips of output rows → output rows → groups of 4 output pixels → filter
// rows → channels. The input pixels of a strip are first copied together, with zeros around them where the window sticks out
// of the image: after that the loops know no edges, and all taps read from the first-level cache what the copy fetched once.
// The sums of a tile lie in memory (first-level cache) and are loaded and stored once for 4 pixels and a row of 3 or 5 taps:
// 12 or 20 multiply-adds for 13 or 17 loads. Other widths go tap by tap. Each image is summed by itself: shorter sums,
// smaller rounding error.
//
// Tried, milliseconds for [16, 8, 8, 672] 5×5, [16, 4, 4, 1152] 5×5, [16, 32, 32, 144] 3×3, one core:
//   whole lines, tiles of 8 channels inside, edges pixel by pixel    3.3  1.9  3.9   (a line apart: no prefetching)
//   copied strips of 16 channels, sums of a line in registers        2.1  1.2  3.4   (still 64 bytes of every pixel)
//   copied strips of 64 channels, sums in memory (this one)          1.2  0.6  3.5

import { Geometry } from './geometry';
import { loadFirst, multiplyAdd, storeFirst } from './simd';

/** Output pixels that are summed at once. */
const GROUP: i32 = 4;
/** Channels of a tile times taps. */
const WINDOW_CHANNELS: i32 = 1728;
/** What the copied input of a strip should take up at most: it lies in the second-level cache. */
const STRIP_BYTES: i32 = 262144;

/** Bytes of the `scratch` argument. */
export function depthwiseFilterGradientScratch(geometry: usize): usize {
  const shape = changetype<Geometry>(geometry);
  const tile = tileBytes(shape);
  const strip = inputRows(shape, stripRows(shape, tile)) * paddedWidth(shape);
  return tile * (shape.kernelHeight * shape.kernelWidth + strip + GROUP);
}

/** `scratch`: the sums of a tile, then the last group of a line of the gradient, then the strip. */
export function depthwiseFilterGradient(
  geometry: usize,
  input: usize,
  outputGradient: usize,
  filterGradient: usize,
  scratch: usize,
): void {
  const shape = changetype<Geometry>(geometry);
  const pixel = <usize>shape.inChannels << 2;
  const taps = shape.kernelHeight * shape.kernelWidth;
  const gradientLine = pixel * shape.outWidth;
  const tile = tileBytes(shape);
  const tileChannels = <i32>tile >> 2;
  const rowsAtOnce = stripRows(shape, tile);
  const lastGroup = scratch + tile * taps;
  const strip = lastGroup + tile * GROUP;
  memory.fill(filterGradient, 0, pixel * taps);
  for (let image = 0; image < shape.batch; image++) {
    for (let c = 0; c < shape.inChannels; c += tileChannels) {
      const at = <usize>c << 2;
      const channels = min(shape.inChannels - c, tileChannels);
      memory.fill(scratch, 0, tile * taps);
      for (let first = 0; first < shape.outHeight; first += rowsAtOnce) {
        const rows = min(shape.outHeight - first, rowsAtOnce);
        const firstY = first * shape.strideHeight - shape.padTop;
        copyStrip(shape, input + at, image, firstY, inputRows(shape, rows), channels, strip, tile);
        let gradient = outputGradient + at + gradientLine * (image * shape.outHeight + first);
        for (let row = 0; row < rows; row++, gradient += gradientLine) {
          addLine(shape, strip, row, gradient, scratch, lastGroup, channels, tile);
        }
      }
      addSums(scratch, filterGradient + at, taps, pixel, channels, tile);
    }
  }
}

/**
 * Bytes of a pixel in the strip. Channels are divided evenly, so that no tile is left with a few, and so that sums and input
 * under one group of pixels stay in the first-level cache: up to 192 channels for 3 × 3, 64 for 5 × 5.
 */
function tileBytes(shape: Geometry): usize {
  const most = max(WINDOW_CHANNELS / (shape.kernelHeight * shape.kernelWidth) & ~3, 16);
  const tiles = (shape.inChannels + most - 1) / most;
  const channels = (shape.inChannels + tiles - 1) / tiles;
  return <usize>((channels + 3) & ~3) << 2;
}

/** Output rows whose input is copied at once. */
function stripRows(shape: Geometry, tile: usize): i32 {
  const fitting = STRIP_BYTES / (paddedWidth(shape) * <i32>tile);
  return max(min((fitting - inputRows(shape, 1)) / shape.strideHeight + 1, shape.outHeight), 1);
}

/** Input rows under a number of output rows. */
function inputRows(shape: Geometry, outputRows: i32): i32 {
  return (outputRows - 1) * shape.strideHeight + (shape.kernelHeight - 1) * shape.dilationHeight + 1;
}

/** Input columns under all output columns, filled up to whole groups; those outside the image count too. */
function paddedWidth(shape: Geometry): i32 {
  const columns = (shape.outWidth + GROUP - 1) & ~(GROUP - 1);
  return (columns - 1) * shape.strideWidth + (shape.kernelWidth - 1) * shape.dilationWidth + 1;
}

/** Copies `rows` input rows from `firstY` on, `channels` of each pixel, filled up with zeros to 4; zeros outside the image. */
function copyStrip(
  shape: Geometry,
  input: usize,
  image: i32,
  firstY: i32,
  rows: i32,
  channels: i32,
  strip: usize,
  tile: usize,
): void {
  const pixel = <usize>shape.inChannels << 2;
  const width = paddedWidth(shape);
  const left = min(shape.padLeft, width);
  const end = max(min(width, shape.inWidth + left), left);
  for (let y = firstY; y < firstY + rows; y++, strip += tile * width) {
    if (<u32>y >= <u32>shape.inHeight) {
      memory.fill(strip, 0, tile * width);
      continue;
    }
    memory.fill(strip, 0, tile * left);
    let from = input + pixel * ((image * shape.inHeight + y) * shape.inWidth);
    for (let x = left; x < end; x++, from += pixel) copyPixel(from, strip + tile * x, channels);
    memory.fill(strip + tile * end, 0, tile * (width - end));
  }
}

// @ts-ignore: decorator
@inline
function copyPixel(from: usize, to: usize, channels: i32): void {
  for (; channels >= 4; channels -= 4, from += 16, to += 16) v128.store(to, v128.load(from));
  if (channels > 0) v128.store(to, loadFirst(from, channels));
}

/** Adds what one line of output pixels gives to the sums of a tile. */
function addLine(
  shape: Geometry,
  strip: usize,
  row: i32,
  gradient: usize,
  sums: usize,
  lastGroup: usize,
  channels: i32,
  tile: usize,
): void {
  const pixel = <usize>shape.inChannels << 2;
  const width = shape.kernelWidth;
  const step = tile * shape.strideWidth;
  const tap = tile * shape.dilationWidth;
  const rowBytes = tile * paddedWidth(shape);
  const line = strip + rowBytes * (row * shape.strideHeight);
  const neighbours = step == tap;
  for (let column = 0; column < shape.outWidth; column += GROUP) {
    let g = gradient + pixel * column;
    let gPixel = pixel;
    const missing = column + GROUP - shape.outWidth;
    if (missing > 0) {
      // The last group is filled up with zeros.
      for (let i = 0; i < GROUP - missing; i++) copyPixel(g + pixel * i, lastGroup + tile * i, channels);
      memory.fill(lastGroup + tile * (GROUP - missing), 0, tile * missing);
      g = lastGroup;
      gPixel = tile;
    }
    for (let tapY = 0; tapY < shape.kernelHeight; tapY++) {
      const x = line + rowBytes * (tapY * shape.dilationHeight) + step * column;
      const to = sums + tile * (tapY * width);
      if (neighbours && width == 3) addThreeTaps(x, g, gPixel, to, channels, tile, tap);
      else if (neighbours && width == 5) addFiveTaps(x, g, gPixel, to, channels, tile, tap);
      else {
        let i = 0;
        for (; i + 3 <= width; i += 3) addThreeTapsApart(x + tap * i, step, tap, g, gPixel, to + tile * i, channels, tile);
        for (; i < width; i++) addTap(x + tap * i, step, g, gPixel, to + tile * i, channels);
      }
    }
  }
}

// Addresses are added up anew in each turn: as many pointers as there are pixels would not fit into the registers.

/** 4 output pixels and 3 taps side by side (stride and dilation alike), which share their input pixels. */
function addThreeTaps(x: usize, g: usize, gPixel: usize, sums: usize, channels: i32, tile: usize, step: usize): void {
  const step3 = step * 3, gPixel3 = gPixel * 3;
  for (const end = x + (<usize>channels << 2); x < end; x += 16, g += 16, sums += 16) {
    const a = v128.load(g), b = v128.load(g + gPixel), c = v128.load(g + (gPixel << 1)), d = v128.load(g + gPixel3);
    let s0 = v128.load(sums), s1 = v128.load(sums + tile), s2 = v128.load(sums + (tile << 1));
    const far = x + step3;
    s0 = multiplyAdd(s0, v128.load(x), a);
    let v = v128.load(x + step);
    s0 = multiplyAdd(s0, v, b); s1 = multiplyAdd(s1, v, a);
    v = v128.load(x + (step << 1));
    s0 = multiplyAdd(s0, v, c); s1 = multiplyAdd(s1, v, b); s2 = multiplyAdd(s2, v, a);
    v = v128.load(far);
    s0 = multiplyAdd(s0, v, d); s1 = multiplyAdd(s1, v, c); s2 = multiplyAdd(s2, v, b);
    v = v128.load(far + step);
    s1 = multiplyAdd(s1, v, d); s2 = multiplyAdd(s2, v, c);
    s2 = multiplyAdd(s2, v128.load(far + (step << 1)), d);
    v128.store(sums, s0); v128.store(sums + tile, s1); v128.store(sums + (tile << 1), s2);
  }
}

/** 4 output pixels and 5 taps side by side. */
function addFiveTaps(x: usize, g: usize, gPixel: usize, sums: usize, channels: i32, tile: usize, step: usize): void {
  const step4 = step << 2, gPixel3 = gPixel * 3, tile3 = tile * 3;
  for (const end = x + (<usize>channels << 2); x < end; x += 16, g += 16, sums += 16) {
    const a = v128.load(g), b = v128.load(g + gPixel), c = v128.load(g + (gPixel << 1)), d = v128.load(g + gPixel3);
    let s0 = v128.load(sums), s1 = v128.load(sums + tile), s2 = v128.load(sums + (tile << 1));
    let s3 = v128.load(sums + tile3), s4 = v128.load(sums + (tile << 2));
    const far = x + step4;
    s0 = multiplyAdd(s0, v128.load(x), a);
    let v = v128.load(x + step);
    s0 = multiplyAdd(s0, v, b); s1 = multiplyAdd(s1, v, a);
    v = v128.load(x + (step << 1));
    s0 = multiplyAdd(s0, v, c); s1 = multiplyAdd(s1, v, b); s2 = multiplyAdd(s2, v, a);
    v = v128.load(far - step);
    s0 = multiplyAdd(s0, v, d); s1 = multiplyAdd(s1, v, c); s2 = multiplyAdd(s2, v, b); s3 = multiplyAdd(s3, v, a);
    v = v128.load(far);
    s1 = multiplyAdd(s1, v, d); s2 = multiplyAdd(s2, v, c); s3 = multiplyAdd(s3, v, b); s4 = multiplyAdd(s4, v, a);
    v = v128.load(far + step);
    s2 = multiplyAdd(s2, v, d); s3 = multiplyAdd(s3, v, c); s4 = multiplyAdd(s4, v, b);
    v = v128.load(far + (step << 1));
    s3 = multiplyAdd(s3, v, d); s4 = multiplyAdd(s4, v, c);
    s4 = multiplyAdd(s4, v128.load(far + step * 3), d);
    v128.store(sums, s0); v128.store(sums + tile, s1); v128.store(sums + (tile << 1), s2);
    v128.store(sums + tile3, s3); v128.store(sums + (tile << 2), s4);
  }
}

/** 4 output pixels and 3 taps at any stride and dilation. */
function addThreeTapsApart(
  x: usize,
  step: usize,
  tap: usize,
  g: usize,
  gPixel: usize,
  sums: usize,
  channels: i32,
  tile: usize,
): void {
  for (const end = x + (<usize>channels << 2); x < end; x += 16, g += 16, sums += 16) {
    let s0 = v128.load(sums), s1 = v128.load(sums + tile), s2 = v128.load(sums + (tile << 1));
    let from = x, gradient = g;
    let v = v128.load(gradient);
    s0 = multiplyAdd(s0, v128.load(from), v); s1 = multiplyAdd(s1, v128.load(from + tap), v); s2 = multiplyAdd(s2, v128.load(from + (tap << 1)), v);
    from += step; gradient += gPixel; v = v128.load(gradient);
    s0 = multiplyAdd(s0, v128.load(from), v); s1 = multiplyAdd(s1, v128.load(from + tap), v); s2 = multiplyAdd(s2, v128.load(from + (tap << 1)), v);
    from += step; gradient += gPixel; v = v128.load(gradient);
    s0 = multiplyAdd(s0, v128.load(from), v); s1 = multiplyAdd(s1, v128.load(from + tap), v); s2 = multiplyAdd(s2, v128.load(from + (tap << 1)), v);
    from += step; gradient += gPixel; v = v128.load(gradient);
    s0 = multiplyAdd(s0, v128.load(from), v); s1 = multiplyAdd(s1, v128.load(from + tap), v); s2 = multiplyAdd(s2, v128.load(from + (tap << 1)), v);
    v128.store(sums, s0); v128.store(sums + tile, s1); v128.store(sums + (tile << 1), s2);
  }
}

/** 4 output pixels and one tap. */
function addTap(x: usize, step: usize, g: usize, gPixel: usize, sums: usize, channels: i32): void {
  const g1 = g + gPixel, g2 = g1 + gPixel, g3 = g2 + gPixel;
  const x1 = x + step, x2 = x1 + step, x3 = x2 + step;
  for (let at: usize = 0, end = <usize>channels << 2; at < end; at += 16) {
    let s = multiplyAdd(v128.load(sums + at), v128.load(x + at), v128.load(g + at));
    s = multiplyAdd(s, v128.load(x1 + at), v128.load(g1 + at));
    s = multiplyAdd(s, v128.load(x2 + at), v128.load(g2 + at));
    v128.store(sums + at, multiplyAdd(s, v128.load(x3 + at), v128.load(g3 + at)));
  }
}

/** Adds an image's sums to the result. */
function addSums(sums: usize, result: usize, taps: i32, pixel: usize, channels: i32, tile: usize): void {
  for (let tap = 0; tap < taps; tap++, sums += tile, result += pixel) {
    for (let c = 0; c < channels; c += 4) {
      const at = <usize>c << 2;
      const left = channels - c;
      storeFirst(result + at, f32x4.add(loadFirst(result + at, left), v128.load(sums + at)), left);
    }
  }
}
