import type { Rendering } from './rendering.js';
import type { Layer } from './shade-layer.js';
import type { ToneCurve } from './tone-curve.js';
import type { Vector3 } from './vector3.js';

/**
 * Lays layers over a background and develops them into bytes. Blending is done in film light (a linear map of linear light);
 * where nothing is, the background's bytes come out exactly.
 *
 * @param layers with their opacities in [0, 1]; in each pixel the nearer lies over the farther
 * @param background bytes
 * @param out receives the image, 3 · size² bytes; a new array when left out
 */
export function finishImage(
  layers: readonly { layer: Layer; opacity: number }[],
  size: number,
  curve: ToneCurve,
  background: Vector3,
  withDepth: boolean,
  out: Uint8Array = new Uint8Array(3 * size * size),
): Rendering {
  const pixels = size * size;
  const coverage = new Uint8Array(pixels);
  const depth = withDepth ? new Float32Array(pixels).fill(Number.POSITIVE_INFINITY) : undefined;
  const { table, tableScale } = curve;
  const last = table.length - 1;
  const film = background.map((byte) => curve.decode(byte / 255));
  // The curve may end below a bright background; what is missing is added in proportion to what shows of it.
  const missing = background.map((byte, c) => byte - 255 * curve.encode(film[c]));
  const exact = missing.every((value) => Math.abs(value) < 0.5);
  const order = layers.map((_, index) => index);
  for (let pixel = 0; pixel < pixels; pixel++) {
    if (order.length > 1) {
      order.sort((a, b) => layers[a].layer.near[pixel] - layers[b].layer.near[pixel] || a - b);
    }
    let r = film[0];
    let g = film[1];
    let b = film[2];
    let shows = 1;
    let empty = 1;
    let near = 0;
    for (let k = 0; k < order.length; k++) {
      const { layer, opacity } = layers[order[k]];
      const { light } = layer;
      const alpha = light[4 * pixel + 3];
      if (alpha === 0) continue;
      const through = 1 - alpha * opacity;
      r = r * through + light[4 * pixel] * opacity;
      g = g * through + light[4 * pixel + 1] * opacity;
      b = b * through + light[4 * pixel + 2] * opacity;
      shows *= through;
      empty *= 1 - alpha;
      near = Math.max(near, layer.near[pixel]);
    }
    if (empty === 1) {
      out[3 * pixel] = background[0];
      out[3 * pixel + 1] = background[1];
      out[3 * pixel + 2] = background[2];
      continue;
    }
    coverage[pixel] = Math.round(255 * (1 - empty));
    if (depth !== undefined) depth[pixel] = 1 / near;
    if (exact || shows === 0) {
      out[3 * pixel] = table[Math.min((Math.max(r, 0) * tableScale) | 0, last)];
      out[3 * pixel + 1] = table[Math.min((Math.max(g, 0) * tableScale) | 0, last)];
      out[3 * pixel + 2] = table[Math.min((Math.max(b, 0) * tableScale) | 0, last)];
    } else {
      out[3 * pixel] = table[Math.min((Math.max(r, 0) * tableScale) | 0, last)] + missing[0] * shows;
      out[3 * pixel + 1] = table[Math.min((Math.max(g, 0) * tableScale) | 0, last)] + missing[1] * shows;
      out[3 * pixel + 2] = table[Math.min((Math.max(b, 0) * tableScale) | 0, last)] + missing[2] * shows;
    }
  }
  return { image: { width: size, height: size, data: out }, coverage, ...(depth === undefined ? {} : { depth }) };
}
