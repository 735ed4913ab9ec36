/** Options of {@link rotateImage}. */
export interface RotateImageOptions {
  /** Whether to mirror it first. */
  mirrored?: boolean;
  /** What is shown where the turned image has nothing, a grey byte; when left out, the nearest pixel of its edge. */
  background?: number;
}

/**
 * Turns an image about its centre, bilinear, and mirrors it first if asked to. Corners that come from outside are filled
 * (torchvision fills black, which no image of the data set has).
 *
 * @param source uint8 [size, size, 3], not changed
 * @param out where the result goes; must not be `source`
 * @param angle radians, counter-clockwise as seen
 */
export function rotateImage(
  source: Uint8Array,
  out: Uint8Array,
  size: number,
  angle: number,
  { mirrored = false, background }: RotateImageOptions = {},
): void {
  const edge: Edge = { source, size, background };
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
        sampleAtEdge(edge, sx, sy, out, to);
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

interface Edge {
  source: Uint8Array;
  size: number;
  background: number | undefined;
}

function sampleAtEdge(edge: Edge, sx: number, sy: number, out: Uint8Array, to: number): void {
  const x0 = Math.floor(sx);
  const y0 = Math.floor(sy);
  for (let c = 0; c < 3; c++) {
    const top = mix(pixel(edge, x0, y0, c), pixel(edge, x0 + 1, y0, c), sx - x0);
    const bottom = mix(pixel(edge, x0, y0 + 1, c), pixel(edge, x0 + 1, y0 + 1, c), sx - x0);
    out[to + c] = mix(top, bottom, sy - y0) + 0.5;
  }
}

function pixel({ source, size, background }: Edge, x: number, y: number, c: number): number {
  const outside = x < 0 || y < 0 || x >= size || y >= size;
  if (outside && background !== undefined) return background;
  const column = Math.min(Math.max(x, 0), size - 1);
  const row = Math.min(Math.max(y, 0), size - 1);
  return source[3 * (row * size + column) + c]!;
}

function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}
