import type { Camera } from './camera.js';
import { PointShader } from './point-shader.js';
import type { ProjectedMesh } from './projected-mesh.js';
import { rasterize, type VisibilityBuffer } from './rasterize.js';
import type { Scratch } from './scratch.js';

/** One object's picture before the tone curve: film light, blended within each pixel but not with anything behind it. */
export interface Layer {
  /** Per pixel red, green, blue film light times coverage, and coverage in [0, 1]; 4 · size². */
  light: Float32Array;
  /** Per pixel 1/depth of the surface, 0 where there is none; size². */
  near: Float32Array;
}

/** How a layer is coloured. */
export interface LayerStyle {
  /** Base colour's film light, for meshes without colours of their own. */
  film: ArrayLike<number>;
  /** Film light of white light: the tone matrix' row sums. */
  white: ArrayLike<number>;
  /** No light and no shadow: colours come out as they are. */
  unlit: boolean;
}

/** Two surfaces in a pixel are one if their depths differ by less than this many pixel widths. */
const sameSurface = 6;

/**
 * Rasterises a mesh and shades it into a layer.
 *
 * Visibility is found for samples² points a pixel, shading is done once a pixel where all of them see one smooth surface, and
 * for every sample where they see several. Shadow borders are smoothed without further shading: light is linear in the share
 * of samples whose triangle is in the sun.
 *
 * @param size pixels across
 * @param samples per axis
 */
export function shadeLayer(
  mesh: ProjectedMesh,
  camera: Camera,
  size: number,
  samples: number,
  style: LayerStyle,
  layer: Layer,
  scratch: Scratch,
): void {
  const columns = size * samples;
  const total = columns * columns;
  const buffer: VisibilityBuffer = {
    columns,
    rows: columns,
    rowShift: rowShifts(samples),
    near: scratch.float32('sampleNear', total),
    triangle: scratch.int32('sampleTriangle', total),
  };
  buffer.near.fill(0, 0, total);
  const facing = scratch.uint8('facing', mesh.indexCount / 3);
  rasterize(buffer, mesh.x, mesh.y, mesh.near, mesh.indices, mesh.indexCount, facing);

  const { light, near: layerNear } = layer;
  light.fill(0, 0, 4 * size * size);
  layerNear.fill(0, 0, size * size);
  const shader = new PointShader(mesh, facing, camera, columns);
  const { out } = shader;
  const { lit, film: hasFilm } = mesh;
  const { near, triangle, rowShift } = buffer;
  const [white0, white1, white2] = Array.from(style.white);
  const [film0, film1, film2] = Array.from(style.film);
  const { unlit } = style;
  const area = samples * samples;
  const middle = (samples / 2) | 0;
  // Depth d seen over one pixel is 2·t·d/size wide; in 1/depth the same ratio.
  const spread = (sameSurface * 2 * camera.tanHalfFov) / size;

  for (let py = 0; py < size; py++) {
    for (let px = 0; px < size; px++) {
      const corner = py * samples * columns + px * samples;
      let covered = 0;
      let sunny = 0;
      let front = 0;
      let nearest = 0;
      let farthest = Number.POSITIVE_INFINITY;
      let first = 0;
      for (let sy = 0, row = corner; sy < samples; sy++, row += columns) {
        for (let k = row; k < row + samples; k++) {
          const n = near[k];
          if (n === 0) continue;
          const t = triangle[k];
          if (covered++ === 0) first = k;
          front += facing[t];
          if (lit !== undefined) sunny += lit[t];
          if (n > nearest) nearest = n;
          if (n < farthest) farthest = n;
        }
      }
      if (covered === 0) continue;
      const pixel = py * size + px;
      let r = 0;
      let g = 0;
      let b = 0;
      if ((front === 0 || front === covered) && nearest - farthest <= spread * nearest) {
        const center = corner + middle * columns + middle;
        const k = near[center] > 0 ? center : first;
        shadeSample(k, lit === undefined ? 1 : sunny / covered);
        r = out[2] * covered;
        g = out[3] * covered;
        b = out[4] * covered;
        layerNear[pixel] = near[k];
      } else {
        for (let sy = 0, row = corner; sy < samples; sy++, row += columns) {
          for (let k = row; k < row + samples; k++) {
            if (near[k] === 0) continue;
            shadeSample(k, lit === undefined ? 1 : lit[triangle[k]]);
            r += out[2];
            g += out[3];
            b += out[4];
          }
        }
        layerNear[pixel] = nearest;
      }
      light[4 * pixel] = r / area;
      light[4 * pixel + 1] = g / area;
      light[4 * pixel + 2] = b / area;
      light[4 * pixel + 3] = covered / area;
    }
  }

  /** Leaves a sample's film light in out[2..4]. */
  function shadeSample(k: number, visible: number): void {
    const row = (k / columns) | 0;
    const x = k - row * columns + 0.5 + rowShift[row % rowShift.length];
    shader.shade(x, row + 0.5, triangle[k], visible, near[k]);
    if (hasFilm === undefined) {
      out[2] = film0;
      out[3] = film1;
      out[4] = film2;
    }
    if (!unlit) {
      const diffuse = out[0];
      const mirror = out[1];
      out[2] = out[2] * diffuse + mirror * white0;
      out[3] = out[3] * diffuse + mirror * white1;
      out[4] = out[4] * diffuse + mirror * white2;
    }
  }
}

/** The samples of a pixel's rows are shifted against each other, so that a steep edge meets samples² different columns. */
function rowShifts(samples: number): Float64Array {
  return Float64Array.from({ length: samples }, (_, row) => (row + 0.5) / samples - 0.5);
}
