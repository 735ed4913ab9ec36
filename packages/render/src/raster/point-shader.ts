import type { Camera } from '../camera/camera.js';
import type { Light } from '../light/light.js';
import { alpha, environmentTable, f0, sunDiffuse } from '../light/lighting.js';
import { type ProjectedMesh, vertexStride } from './projected-mesh.js';
import { frontTag } from './rasterize.js';
import { sunVisibility } from './shadow-map.js';

/** How a mesh is coloured. */
export interface ColorStyle {
  /** Base colour's film light, for meshes without colours of their own. */
  film: ArrayLike<number>;
  /** Film light of white light: the tone matrix' row sums. */
  white: ArrayLike<number>;
  /** No light and no shadow: colours come out as they are. */
  unlit: boolean;
  light: Light;
  /** The tone matrix, for paint: film light from linear light. */
  matrix: readonly number[];
}

const width2 = alpha * alpha;

/**
 * The study's shading of one point of a mesh: linear light = base · diffuse + mirror, where
 *
 *     diffuse = ambient + strength · 0.3479 · ndl · visible
 *     mirror  = E · ambient + strength · visible · GGX(α = 0.25, F0 = 0.04) · ndl
 *
 * with an ambient of 0.1987 and a strength of 1 in the study; E is the share of the ambient that is mirrored. The constants: light/lighting.ts.
 *
 * Surfaces are two-sided: the normal is turned to the side that is seen.
 */
export class PointShader {
  /** Film light of the point shaded last: red, green, blue. */
  readonly out = new Float64Array(3);
  /** Whether the paint may change from one sample of a pixel to the next. */
  readonly hasEdges: boolean;
  private readonly film: Float64Array;
  private readonly white: Float64Array;
  private readonly unlit: boolean;
  private readonly matrix: readonly number[];
  private readonly lx: number;
  private readonly ly: number;
  private readonly lz: number;
  private readonly strength: number;
  private readonly ambient: number;
  private readonly painted = new Float64Array(3);
  private readonly rightX: number;
  private readonly downX: number;
  private readonly rightY: number;
  private readonly downY: number;
  private readonly rightZ: number;
  private readonly downZ: number;
  private readonly originX: number;
  private readonly originY: number;
  private readonly originZ: number;

  constructor(
    private readonly mesh: ProjectedMesh,
    private readonly camera: Camera,
    samples: number,
    style: ColorStyle,
  ) {
    this.hasEdges = mesh.paint !== undefined && !mesh.paint.smooth;
    this.film = Float64Array.from(style.film);
    this.white = Float64Array.from(style.white);
    this.unlit = style.unlit;
    this.matrix = style.matrix;
    [this.lx, this.ly, this.lz] = style.light.direction;
    this.strength = style.light.strength;
    this.ambient = style.light.ambient;
    // World direction of the ray through (x, y) in samples: origin + x · right + y · down; one unit of depth long.
    const { rotation: r, tanHalfFov: t } = camera;
    const step = (2 * t) / samples;
    this.rightX = r[0] * step;
    this.rightY = r[3] * step;
    this.rightZ = r[6] * step;
    this.downX = -r[1] * step;
    this.downY = -r[4] * step;
    this.downZ = -r[7] * step;
    this.originX = -r[0] * t + r[1] * t - r[2];
    this.originY = -r[3] * t + r[4] * t - r[5];
    this.originZ = -r[6] * t + r[7] * t - r[8];
  }

  /**
   * Shades the point of a triangle at (x, y) in samples.
   *
   * @param tag the triangle's, from the visibility buffer
   * @param visible share of the sun that reaches the point, before the shadow map is asked
   * @param near 1/depth there
   * @param colored whether the base colour has been set by {@link setColor}; else it is looked up at the point
   */
  shade(x: number, y: number, tag: number, visible: number, near: number, colored = false): void {
    const { mesh, out, lx, ly, lz, ambient } = this;
    const { indices, vertices, film } = mesh;
    const corner = 3 * (tag >> 2);
    const i0 = indices[corner];
    const i1 = indices[corner + 1];
    const i2 = indices[corner + 2];
    const a0 = i0 * vertexStride;
    const a1 = i1 * vertexStride;
    const a2 = i2 * vertexStride;
    const x0 = vertices[a0] - x;
    const y0 = vertices[a0 + 1] - y;
    const x1 = vertices[a1] - x;
    const y1 = vertices[a1 + 1] - y;
    const x2 = vertices[a2] - x;
    const y2 = vertices[a2 + 1] - y;
    // Perspective-correct weights, unnormalised; the tag says which sign the area has.
    const sign = (tag & frontTag) !== 0 ? -1 : 1;
    const w0 = sign * (x1 * y2 - x2 * y1) * vertices[a0 + 2];
    const w1 = sign * (x2 * y0 - x0 * y2) * vertices[a1 + 2];
    const w2 = sign * (x0 * y1 - x1 * y0) * vertices[a2 + 2];
    let red = this.film[0];
    let green = this.film[1];
    let blue = this.film[2];
    if (film !== undefined) {
      const inverse = 1 / (w0 + w1 + w2);
      red = (w0 * film[3 * i0] + w1 * film[3 * i1] + w2 * film[3 * i2]) * inverse;
      green = (w0 * film[3 * i0 + 1] + w1 * film[3 * i1 + 1] + w2 * film[3 * i2 + 1]) * inverse;
      blue = (w0 * film[3 * i0 + 2] + w1 * film[3 * i1 + 2] + w2 * film[3 * i2 + 2]) * inverse;
    } else if (mesh.paint !== undefined) {
      if (!colored) this.lookUp(i0, i1, i2, w0, w1, w2);
      const { painted, matrix: m } = this;
      red = m[0] * painted[0] + m[1] * painted[1] + m[2] * painted[2];
      green = m[3] * painted[0] + m[4] * painted[1] + m[5] * painted[2];
      blue = m[6] * painted[0] + m[7] * painted[1] + m[8] * painted[2];
    }
    if (this.unlit) {
      out[0] = red;
      out[1] = green;
      out[2] = blue;
      return;
    }
    let nx = w0 * vertices[a0 + 3] + w1 * vertices[a1 + 3] + w2 * vertices[a2 + 3];
    let ny = w0 * vertices[a0 + 4] + w1 * vertices[a1 + 4] + w2 * vertices[a2 + 4];
    let nz = w0 * vertices[a0 + 5] + w1 * vertices[a1 + 5] + w2 * vertices[a2 + 5];
    const lengthSquared = nx * nx + ny * ny + nz * nz;
    // Front seen: sign is −1 and the weights are positive, so the normal points to the viewer already.
    const scale = lengthSquared > 0 ? -sign / Math.sqrt(lengthSquared) : 0;
    nx *= scale;
    ny *= scale;
    nz *= scale;
    const dx = this.originX + x * this.rightX + y * this.downX;
    const dy = this.originY + x * this.rightY + y * this.downY;
    const dz = this.originZ + x * this.rightZ + y * this.downZ;
    const toViewer = -1 / Math.sqrt(dx * dx + dy * dy + dz * dz);
    const vx = dx * toViewer;
    const vy = dy * toViewer;
    const vz = dz * toViewer;
    const ndv = Math.min(Math.max(nx * vx + ny * vy + nz * vz, 1e-3), 1);

    const ndl = nx * lx + ny * ly + nz * lz;
    const mirrored = environmentTable[(ndv * 255.999) | 0];
    let diffuse = ambient;
    let mirror = mirrored * ambient;
    if (ndl > 0 && visible > 0) {
      const { shadow } = mesh;
      if (shadow !== undefined) {
        const depth = 1 / near;
        const [cx, cy, cz] = this.camera.location;
        visible *= sunVisibility(shadow, cx + dx * depth, cy + dy * depth, cz + dz * depth, nx, ny, nz);
      }
      visible *= this.strength;
      diffuse += sunDiffuse * ndl * visible;
      // Half vector: |l + v|² = 2 + 2 l·v, and l·h = |l + v| / 2.
      const halfLength = Math.sqrt(Math.max(2 + 2 * (lx * vx + ly * vy + lz * vz), 1e-12));
      const ndh = (ndl + nx * vx + ny * vy + nz * vz) / halfLength;
      const spread = ndh * ndh * (width2 - 1) + 1;
      const miss = 1 - halfLength / 2;
      const miss2 = miss * miss;
      const fresnel = f0 + (1 - f0) * miss2 * miss2 * miss;
      // Smith's shadowing with both directions, divided by 4 · ndl · ndv: 1 / (2 (ndv·√… + ndl·√…)).
      const smith =
        ndv * Math.sqrt(width2 + (1 - width2) * ndl * ndl) + ndl * Math.sqrt(width2 + (1 - width2) * ndv * ndv);
      mirror += (visible * fresnel * width2 * ndl) / (Math.PI * spread * spread * 2 * smith);
    }
    const { white } = this;
    out[0] = red * diffuse + mirror * white[0];
    out[1] = green * diffuse + mirror * white[1];
    out[2] = blue * diffuse + mirror * white[2];
  }

  /** Sets the base colour for the next `shade(…, true)`: linear RGB. */
  setColor(red: number, green: number, blue: number): void {
    this.painted[0] = red;
    this.painted[1] = green;
    this.painted[2] = blue;
  }

  /** The paint's colour, linear RGB, at the point of a triangle at (x, y) in samples. */
  colorAt(x: number, y: number, tag: number): Float64Array {
    const { indices, vertices } = this.mesh;
    const corner = 3 * (tag >> 2);
    const a0 = indices[corner] * vertexStride;
    const a1 = indices[corner + 1] * vertexStride;
    const a2 = indices[corner + 2] * vertexStride;
    const x0 = vertices[a0] - x;
    const y0 = vertices[a0 + 1] - y;
    const x1 = vertices[a1] - x;
    const y1 = vertices[a1 + 1] - y;
    const x2 = vertices[a2] - x;
    const y2 = vertices[a2 + 1] - y;
    const w0 = (x1 * y2 - x2 * y1) * vertices[a0 + 2];
    const w1 = (x2 * y0 - x0 * y2) * vertices[a1 + 2];
    const w2 = (x0 * y1 - x1 * y0) * vertices[a2 + 2];
    this.lookUp(indices[corner], indices[corner + 1], indices[corner + 2], w0, w1, w2);
    return this.painted;
  }

  private lookUp(i0: number, i1: number, i2: number, w0: number, w1: number, w2: number): void {
    const { paint, coordinates: at } = this.mesh;
    const inverse = 1 / (w0 + w1 + w2);
    const u = (w0 * at![2 * i0] + w1 * at![2 * i1] + w2 * at![2 * i2]) * inverse;
    const v = (w0 * at![2 * i0 + 1] + w1 * at![2 * i1 + 1] + w2 * at![2 * i2 + 1]) * inverse;
    paint!.color(u, v, this.painted);
  }
}
