import type { Layer } from '../raster/shade-layer.js';
import type { Vector3 } from '../vector3.js';
import type { Rendering } from './rendering.js';
import type { ToneCurve } from './tone-curve.js';

/** A layer to be laid over the background. */
export interface FinishedLayer {
  layer: Layer;
  /** In [0, 1]. */
  opacity: number;
}

/**
 * Lays layers over a background and develops them into bytes. Blending is done in film light (a linear map of linear light);
 * where nothing is, the background's bytes come out exactly.
 *
 * @param layers in each pixel the nearer lies over the farther
 * @param background bytes
 * @param out receives the image, 3 · size² bytes; a new array when left out
 */
export function finishImage(
  layers: readonly FinishedLayer[],
  size: number,
  curve: ToneCurve,
  background: Vector3,
  withDepth: boolean,
  out: Uint8Array = new Uint8Array(3 * size * size),
): Rendering {
  const pixels = size * size;
  const coverage = new Uint8Array(pixels);
  const depth = withDepth ? new Float32Array(pixels).fill(Number.POSITIVE_INFINITY) : undefined;
  const blend = layers.length === 1 && layers[0].opacity === 1 ? layers[0].layer : blendLayers(layers, pixels);
  const film = background.map((byte) => curve.decode(byte / 255));
  // The table may end below a bright background; what is missing is added in proportion to what shows of it.
  const missing = background.map((byte, c) => byte - 255 * curve.encode(film[c]));
  const { light, near } = blend;
  const { table, tableScale } = curve;
  const last = table.length - 1;
  const [back0, back1, back2] = background;
  const [film0, film1, film2] = film;
  const [missing0, missing1, missing2] = missing;
  for (let pixel = 0, k = 0, o = 0; pixel < pixels; pixel++, k += 4, o += 3) {
    const alpha = light[k + 3];
    if (alpha === 0) {
      out[o] = back0;
      out[o + 1] = back1;
      out[o + 2] = back2;
      continue;
    }
    coverage[pixel] = 255 * alpha + 0.5;
    const shows = 1 - alpha;
    const r = (light[k] + shows * film0) * tableScale;
    const g = (light[k + 1] + shows * film1) * tableScale;
    const b = (light[k + 2] + shows * film2) * tableScale;
    out[o] = table[r > 0 ? (r < last ? r | 0 : last) : 0] + missing0 * shows;
    out[o + 1] = table[g > 0 ? (g < last ? g | 0 : last) : 0] + missing1 * shows;
    out[o + 2] = table[b > 0 ? (b < last ? b | 0 : last) : 0] + missing2 * shows;
  }
  if (depth !== undefined) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      if (near[pixel] > 0) depth[pixel] = 1 / near[pixel];
    }
  }
  return { image: { width: size, height: size, data: out }, coverage, ...(depth === undefined ? {} : { depth }) };
}

/** Several layers as one: in each pixel the nearer over the farther. */
function blendLayers(layers: readonly FinishedLayer[], pixels: number): Layer {
  const light = new Float32Array(4 * pixels);
  const near = new Float32Array(pixels);
  const order = layers.map((_, index) => index);
  for (let pixel = 0; pixel < pixels; pixel++) {
    order.sort((a, b) => layers[a].layer.near[pixel] - layers[b].layer.near[pixel] || a - b);
    for (const index of order) {
      const { layer, opacity } = layers[index];
      const through = 1 - layer.light[4 * pixel + 3] * opacity;
      for (let c = 4 * pixel; c < 4 * pixel + 4; c++) light[c] = light[c] * through + layer.light[c] * opacity;
      if (opacity > 0) near[pixel] = Math.max(near[pixel], layer.near[pixel]);
    }
  }
  return { light, near };
}
