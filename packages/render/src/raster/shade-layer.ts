import type { Camera } from '../camera/camera.js';
import type { Scratch } from '../scratch.js';
import { averageColor } from './average-color.js';
import { type ColorStyle, PointShader } from './point-shader.js';
import { type ProjectedMesh, vertexStride } from './projected-mesh.js';
import { rasterize, type VisibilityBuffer, visibilityBuffer } from './rasterize.js';

/** One object's picture before the tone curve: film light, blended within each pixel but not with anything behind it. */
export interface Layer {
  /** Per pixel red, green, blue film light times coverage, and coverage in [0, 1]; 4 · size². */
  light: Float32Array;
  /** Per pixel 1/depth of the surface, 0 where there is none; size². */
  near: Float32Array;
}

/** Two surfaces in a pixel are one if their depths differ by less than this many pixel widths. */
const sameSurface = 6;

/**
 * Rasterises a mesh and shades it into a layer.
 *
 * Visibility is found for samples² points a pixel, shading is done once a pixel where all of them see one smooth surface (99 of
 * 100 pixels), and for every sample where they see several. Shadow borders are smoothed without further shading: light is
 * linear in the share of samples whose triangle is in the sun.
 *
 * @param size pixels across
 * @param samples per axis
 */
export function shadeLayer(
  mesh: ProjectedMesh,
  camera: Camera,
  size: number,
  samples: number,
  style: ColorStyle,
  layer: Layer,
  scratch: Scratch,
): void {
  const columns = size * samples;
  const buffer = visibilityBuffer('camera', columns, columns, scratch);
  // The rows of a pixel are shifted against each other, so that a steep edge meets samples² different columns.
  for (let row = 0; row < columns; row++) buffer.sampleAt[row] = ((row % samples) + 0.5) / samples;
  rasterize(buffer, mesh.vertices, vertexStride, mesh.indices, mesh.indexCount, mesh.lit);

  layer.light.fill(0, 0, 4 * size * size);
  layer.near.fill(0, 0, size * size);
  const shader = new PointShader(mesh, camera, columns, style);
  // Depth d seen over one pixel is 2·t·d/size wide; in 1/depth the same ratio.
  const spread = (sameSurface * 2 * camera.tanHalfFov) / size;
  for (let py = 0; py < size; py++) {
    let start = columns;
    let end = 0;
    for (let row = py * samples; row < (py + 1) * samples; row++) {
      start = Math.min(start, buffer.rowStart[row]);
      end = Math.max(end, buffer.rowEnd[row]);
    }
    if (start < end) {
      shadeRow(buffer, shader, size, samples, py, (start / samples) | 0, Math.ceil(end / samples), spread, layer);
    }
  }
}

/** Resolves the pixels from pxStart to before pxEnd of one row. */
function shadeRow(
  buffer: VisibilityBuffer,
  shader: PointShader,
  size: number,
  samples: number,
  py: number,
  pxStart: number,
  pxEnd: number,
  spread: number,
  layer: Layer,
): void {
  const { columns, near, tag, sampleAt } = buffer;
  const averaged = shader.hasEdges;
  const { light } = layer;
  const { out } = shader;
  const area = samples * samples;
  const share = 1 / area;
  const middle = (samples / 2) | 0;
  const top = py * samples;
  for (let px = pxStart; px < pxEnd; px++) {
    const left = px * samples;
    const corner = top * columns + left;
    // Front-facing samples in the low half, sunny ones in the high. First the usual case, a full pixel, without a branch.
    let tally = 0;
    let sign = 0;
    for (let row = corner, end = corner + samples * columns; row < end; row += columns) {
      for (let k = row; k < row + samples; k++) {
        const t = tag[k];
        sign |= t;
        tally += (t & 1) | ((t & 2) << 15);
      }
    }
    let covered = area;
    let first = corner;
    let nearest: number;
    let farthest: number;
    if (sign >= 0) {
      // Its corners tell whether there is a step in depth.
      const n0 = near[corner];
      const n1 = near[corner + samples - 1];
      const n2 = near[corner + (samples - 1) * columns];
      const n3 = near[corner + (samples - 1) * (columns + 1)];
      nearest = Math.max(n0, n1, n2, n3);
      farthest = Math.min(n0, n1, n2, n3);
    } else {
      covered = 0;
      tally = 0;
      nearest = 0;
      farthest = Number.POSITIVE_INFINITY;
      for (let row = corner, end = corner + samples * columns; row < end; row += columns) {
        for (let k = row; k < row + samples; k++) {
          const t = tag[k];
          if (t < 0) continue;
          if (covered++ === 0) first = k;
          tally += (t & 1) | ((t & 2) << 15);
          const n = near[k];
          nearest = Math.max(nearest, n);
          farthest = Math.min(farthest, n);
        }
      }
      if (covered === 0) continue;
    }
    const front = tally & 0xffff;
    const pixel = py * size + px;
    let r = 0;
    let g = 0;
    let b = 0;
    let seen = nearest;
    if ((front === 0 || front === covered) && nearest - farthest <= spread * nearest) {
      let k = corner + middle * columns + middle;
      let x = left + middle;
      let row = top + middle;
      if (tag[k] < 0) {
        k = first;
        row = (k / columns) | 0;
        x = k - row * columns;
      }
      seen = near[k];
      const colored = averaged && averageColor(buffer, shader, left, top, samples);
      shader.shade(x + sampleAt[row], row + 0.5, tag[k], (tally >> 16) / covered, seen, colored);
      r = out[0] * covered;
      g = out[1] * covered;
      b = out[2] * covered;
    } else {
      for (let row = top; row < top + samples; row++) {
        for (let x = left; x < left + samples; x++) {
          const k = row * columns + x;
          if (tag[k] < 0) continue;
          shader.shade(x + sampleAt[row], row + 0.5, tag[k], (tag[k] & 2) >> 1, near[k]);
          r += out[0];
          g += out[1];
          b += out[2];
        }
      }
    }
    layer.near[pixel] = seen;
    light[4 * pixel] = r * share;
    light[4 * pixel + 1] = g * share;
    light[4 * pixel + 2] = b * share;
    light[4 * pixel + 3] = covered * share;
  }
}
