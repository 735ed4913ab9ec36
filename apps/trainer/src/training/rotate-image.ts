/** Shown where the turned image has nothing: the data set's background. */
const background = 197;

/**
 * Turns an image about its centre, bilinear, and mirrors it first if asked to. Corners that come from outside are filled
 * with the data set's grey (torchvision fills black, which no image of the data set has).
 *
 * @param source uint8 [size, size, 3], not changed
 * @param out where the result goes; must not be `source`
 * @param angle radians, counter-clockwise as seen
 */
export function rotateImage(source: Uint8Array, out: Uint8Array, size: number, angle: number, mirrored: boolean): void {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const centre = (size - 1) / 2;
  const sign = mirrored ? -1 : 1;
  const row = 3 * size;
  for (let y = 0, to = 0; y < size; y++) {
    const dy = y - centre;
    for (let x = 0; x < size; x++, to += 3) {
      const dx = x - centre;
      const sx = centre + sign * (cos * dx - sin * dy);
      const sy = centre + sin * dx + cos * dy;
      const x0 = Math.floor(sx);
      const y0 = Math.floor(sy);
      if (x0 < 0 || y0 < 0 || x0 >= size - 1 || y0 >= size - 1) {
        sampleAtEdge(source, size, sx, sy, out, to);
        continue;
      }
      const fx = sx - x0;
      const fy = sy - y0;
      for (let c = 0, at = y0 * row + 3 * x0; c < 3; c++, at++) {
        const top = source[at]! + (source[at + 3]! - source[at]!) * fx;
        const bottom = source[at + row]! + (source[at + row + 3]! - source[at + row]!) * fx;
        out[to + c] = (top + (bottom - top) * fy + 0.5) | 0;
      }
    }
  }
}

function sampleAtEdge(source: Uint8Array, size: number, sx: number, sy: number, out: Uint8Array, to: number): void {
  const x0 = Math.floor(sx);
  const y0 = Math.floor(sy);
  for (let c = 0; c < 3; c++) {
    const top = mix(pixel(source, size, x0, y0, c), pixel(source, size, x0 + 1, y0, c), sx - x0);
    const bottom = mix(pixel(source, size, x0, y0 + 1, c), pixel(source, size, x0 + 1, y0 + 1, c), sx - x0);
    out[to + c] = mix(top, bottom, sy - y0) + 0.5;
  }
}

function pixel(source: Uint8Array, size: number, x: number, y: number, c: number): number {
  return x < 0 || y < 0 || x >= size || y >= size ? background : source[3 * (y * size + x) + c]!;
}

function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}
