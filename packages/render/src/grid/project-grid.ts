import type { ParametricSurface, SurfaceDomain } from '@kanrecon/geometry';
import type { Camera } from '../camera/camera.js';
import type { Light } from '../light/light.js';
import { sunFrame } from '../light/sun-frame.js';
import type { Paint } from '../patterns/paint.js';
import { projectMesh } from '../raster/project-mesh.js';
import type { ProjectedMesh } from '../raster/projected-mesh.js';
import { shadowMap, shadowMapSize } from '../raster/shadow-map.js';
import type { Scratch } from '../scratch.js';
import { chooseGrid, type Grid } from './choose-grid.js';
import { fitGrid } from './fit-grid.js';
import { gridMesh } from './grid-mesh.js';
import { probeSteps, probeSurface } from './probe-surface.js';
import { settleGrid } from './settle-grid.js';

/** Width of the smallest shadow map. */
const leastTexels = 64;

/** What {@link projectGrid} needs to know. */
export interface GridView {
  /** Where from; or a rotation and tan(fov/2), for a camera to be fitted. */
  camera: Camera | { rotation: Float64Array; tanHalfFov: number };
  size: number;
  samples: number;
  light: Light;
  paint: Paint | undefined;
  uSteps: number | undefined;
  vSteps: number | undefined;
}

/**
 * A surface as triangles over a (u, v) grid that is as fine as the image asks for, projected and with its shadow map.
 *
 * Tried on fluted columns at a fixed distance, 128 × 128 pixels, one busy 2.4 GHz EPYC core: 128 × 128 even steps, each point and
 * normal by itself 21 ms; columns and rows where the surface curves, 60 × 39 on average, in one call a grid 4.2 ms; the shadow map
 * as large as the object in the image rather than as the image 2.5 ms. Fewer triangles (turns of 22° rather than 14°) gain nothing more.
 */
export function projectGrid(
  surface: ParametricSurface,
  parameters: Float64Array,
  domain: SurfaceDomain,
  view: GridView,
  scratch: Scratch,
): { projected: ProjectedMesh; camera: Camera } {
  const { size, samples, light, paint, uSteps, vSteps } = view;
  const probes = probeSurface(surface, parameters, domain, scratch);
  const { parts = 1 } = surface;
  const probed = probes.subarray(0, 3 * parts * (probeSteps + 1) ** 2);
  const even = {
    us: Array.from({ length: parts }, () => new Float64Array(probeSteps + 1)),
    vs: new Float64Array(probeSteps + 1),
  };
  const fit = (grid: Grid, positions: Float64Array): Camera =>
    'location' in view.camera
      ? view.camera
      : fitGrid(surface, grid, positions, view.camera.rotation, view.camera.tanHalfFov);
  const rough = fit(even, probed);
  const pixel = (2 * rough.tanHalfFov * Math.max(leastDepth(probed, rough), 1e-3 * extent(probed))) / size;
  const painted = paint !== undefined;
  const grid = chooseGrid(surface, domain, probes, { pixel, painted, uSteps, vSteps }, scratch);
  const mesh = gridMesh(surface, parameters, grid, painted, scratch);
  const camera = fit(grid, mesh.positions);
  const positions = settleGrid(surface, grid, mesh, scratch);
  const projected = projectMesh({ ...mesh, positions }, camera, size * samples, scratch);
  if (paint !== undefined) projected.paint = paint;
  const whole = {
    positions,
    vertexCount: positions.length / 3,
    indices: mesh.indices,
    indexCount: mesh.indices.length,
  };
  // Two texels a pixel of the object's own size in the image, which may be less than the image's.
  const texels = (across: number) =>
    Math.min(Math.max(Math.ceil((2 * across) / pixel), leastTexels), shadowMapSize(size));
  projected.shadow = shadowMap(whole, sunFrame(light.direction), texels, scratch);
  return { projected, camera };
}

/** Least distance along the viewing axis. */
function leastDepth(positions: Float64Array, { rotation: r, location }: Camera): number {
  const origin = r[2] * location[0] + r[5] * location[1] + r[8] * location[2];
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < positions.length; k += 3) {
    least = Math.min(least, origin - r[2] * positions[k] - r[5] * positions[k + 1] - r[8] * positions[k + 2]);
  }
  return least;
}

/** Greatest coordinate, in absolute value. */
function extent(positions: Float64Array): number {
  let most = 0;
  for (let k = 0; k < positions.length; k++) most = Math.max(most, Math.abs(positions[k]));
  return most;
}
