import type { Camera } from './camera.js';
import { alpha, ambient, environmentTable, f0, sunDiffuse, sunDirection } from './lighting.js';
import type { ProjectedMesh } from './projected-mesh.js';
import { sunVisibility } from './shadow-map.js';

/** What {@link PointShader.shade} leaves behind, as indices into its `out`. */
export const diffuseOut = 0;
export const mirrorOut = 1;
export const redOut = 2;
export const greenOut = 3;
export const blueOut = 4;

const a2 = alpha * alpha;

/**
 * The study's shading of one point of a mesh: linear light = base · diffuse + mirror, where
 *
 *     diffuse = (1 − E) · (0.1987 + 0.3183 · ndl · visible)
 *     mirror  = E · 0.1987 + visible · GGX(α = 0.25, F0 = 0.04) · ndl
 *
 * Surfaces are two-sided: the normal is turned to the side that is seen.
 */
export class PointShader {
  /** diffuse, mirror, then the base colour's film light where the mesh has one per vertex. */
  readonly out = new Float64Array(5);
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
    private readonly facing: Uint8Array,
    private readonly camera: Camera,
    samples: number,
  ) {
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
   * @param visible share of the sun that reaches the point, before the shadow map is asked
   * @param near 1/depth there
   */
  shade(x: number, y: number, triangle: number, visible: number, near: number): void {
    const { mesh, out } = this;
    const { indices, normals, film } = mesh;
    const i0 = indices[3 * triangle];
    const i1 = indices[3 * triangle + 1];
    const i2 = indices[3 * triangle + 2];
    const x0 = mesh.x[i0] - x;
    const y0 = mesh.y[i0] - y;
    const x1 = mesh.x[i1] - x;
    const y1 = mesh.y[i1] - y;
    const x2 = mesh.x[i2] - x;
    const y2 = mesh.y[i2] - y;
    // Perspective-correct weights, unnormalised; `facing` says which sign the area has.
    const sign = this.facing[triangle] === 1 ? -1 : 1;
    const w0 = sign * (x1 * y2 - x2 * y1) * mesh.near[i0];
    const w1 = sign * (x2 * y0 - x0 * y2) * mesh.near[i1];
    const w2 = sign * (x0 * y1 - x1 * y0) * mesh.near[i2];
    if (film !== undefined) {
      const inverse = 1 / (w0 + w1 + w2);
      out[redOut] = (w0 * film[3 * i0] + w1 * film[3 * i1] + w2 * film[3 * i2]) * inverse;
      out[greenOut] = (w0 * film[3 * i0 + 1] + w1 * film[3 * i1 + 1] + w2 * film[3 * i2 + 1]) * inverse;
      out[blueOut] = (w0 * film[3 * i0 + 2] + w1 * film[3 * i1 + 2] + w2 * film[3 * i2 + 2]) * inverse;
    }
    let nx = w0 * normals[3 * i0] + w1 * normals[3 * i1] + w2 * normals[3 * i2];
    let ny = w0 * normals[3 * i0 + 1] + w1 * normals[3 * i1 + 1] + w2 * normals[3 * i2 + 1];
    let nz = w0 * normals[3 * i0 + 2] + w1 * normals[3 * i1 + 2] + w2 * normals[3 * i2 + 2];
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
    const [lx, ly, lz] = sunDirection;
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
      diffuse += sunDiffuse * ndl * visible;
      // Half vector: |l + v|² = 2 + 2 l·v, and l·h = |l + v| / 2.
      const halfLength = Math.sqrt(Math.max(2 + 2 * (lx * vx + ly * vy + lz * vz), 1e-12));
      const ndh = (ndl + nx * vx + ny * vy + nz * vz) / halfLength;
      const spread = ndh * ndh * (a2 - 1) + 1;
      const miss = 1 - halfLength / 2;
      const miss2 = miss * miss;
      const fresnel = f0 + (1 - f0) * miss2 * miss2 * miss;
      // Smith's shadowing with both directions, divided by 4 · ndl · ndv: 1 / (2 (ndv·√… + ndl·√…)).
      const smith = ndv * Math.sqrt(a2 + (1 - a2) * ndl * ndl) + ndl * Math.sqrt(a2 + (1 - a2) * ndv * ndv);
      mirror += (visible * fresnel * a2 * ndl) / (Math.PI * spread * spread * 2 * smith);
    }
    out[diffuseOut] = (1 - mirrored) * diffuse;
    out[mirrorOut] = mirror;
  }
}
