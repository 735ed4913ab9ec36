import {
  checkOptions,
  type OptionNames,
  type ParameterRecord,
  type ParametricSurface,
  parameterVector,
} from '@kanrecon/geometry';
import { type Camera, studyTanHalfFov } from './camera/camera.js';
import { checkCamera, checkRotation, checkTanHalfFov } from './camera/check-camera.js';
import { checkInteger, checkTriple } from './checks.js';
import { projectGrid } from './grid/project-grid.js';
import { finishImage } from './image/finish-image.js';
import type { Rendering } from './image/rendering.js';
import { agxCurve } from './image/tone-curve.js';
import { isOverhead, resolveLight } from './light/light.js';
import { sunFrame } from './light/sun-frame.js';
import { surfacePaint } from './patterns/paint.js';
import type { PatternName } from './patterns/pattern-name.js';
import type { SurfacePattern } from './patterns/surface-pattern.js';
import { lightProfile } from './profile/profile-light.js';
import { profilePaint } from './profile/profile-paint.js';
import { chooseRows, fitProfile, profileNormals, revolve } from './profile/revolve.js';
import { revolvePositions } from './profile/revolve-positions.js';
import { type Profile, surfaceProfile } from './profile/surface-profile.js';
import type { ProjectedMesh } from './raster/projected-mesh.js';
import { shadeLayer } from './raster/shade-layer.js';
import { shadowMap, shadowMapSize } from './raster/shadow-map.js';
import { colorStyle, scratchLayer } from './render-meshes.js';
import { checkRenderOptions, type RenderOptions, renderDefaults, renderOptionNames } from './render-options.js';
import { type Scratch, withScratch } from './scratch.js';
import type { Vector3 } from './vector3.js';

/** Options of {@link renderSurface}. Either `rotation` or `camera` is needed. */
export interface RenderSurfaceOptions extends RenderOptions {
  /** World from camera, row-major 3 × 3; the camera is fitted to the surface. */
  readonly rotation?: Float64Array;
  /** tan(fov/2) of the fitted camera; 0.36 when left out. */
  readonly tanHalfFov?: number;
  /** A camera to be used as it is. */
  readonly camera?: Camera;
  /** Linear RGB in [0, 1]; mid grey when left out. */
  readonly baseColor?: Vector3;
  /** What is painted on the surface, by name or one of your own; `plain` (the base colour) when left out. */
  readonly pattern?: SurfacePattern | PatternName;
  /** Quads along u; as many as the image needs when left out. */
  readonly uSteps?: number;
  /** Quads along v, where the surface is not one of revolution; as many as the image needs when left out. */
  readonly vSteps?: number;
}

const optionNames: OptionNames<RenderSurfaceOptions> = {
  ...renderOptionNames,
  rotation: 1,
  tanHalfFov: 1,
  camera: 1,
  baseColor: 1,
  pattern: 1,
  uSteps: 1,
  vSteps: 1,
};

/** Greatest distance of a silhouette polygon from its circle, in pixels, before polygons are swollen to the circle's area. */
const tolerancePixels = 0.1;

/**
 * Renders a parametric surface as the study's data set was rendered.
 *
 * A surface of revolution about z (found by probing) is rendered from its profile, with exact camera fit and, under a sun straight
 * above, exact shadow borders; any other from a (u, v) grid. Elsewhere shadows come from a shadow map.
 *
 * @param parameters by name or in the surface's order
 * @throws if a parameter is missing, an option is out of range, or both or neither of `rotation` and `camera` are given; SurfaceError if a
 *   point of the surface is not finite in single precision
 */
export function renderSurface(
  surface: ParametricSurface,
  parameters: ParameterRecord | ArrayLike<number>,
  options: RenderSurfaceOptions,
): Rendering {
  checkOptions('renderSurface', options, optionNames);
  const vector = parameterVector(surface, parameters);
  const { rotation, tanHalfFov = studyTanHalfFov } = options;
  const size = options.size ?? renderDefaults.size;
  const samples = options.samples ?? renderDefaults.samples;
  const baseColor = options.baseColor ?? renderDefaults.baseColor;
  checkRenderOptions('renderSurface', options);
  checkTriple('renderSurface', 'baseColor', baseColor, 0, 1);
  for (const name of ['uSteps', 'vSteps'] as const) {
    if (options[name] !== undefined) checkInteger('renderSurface', name, options[name], 1, 4096);
  }
  if ((rotation === undefined) === (options.camera === undefined)) {
    throw new Error('renderSurface: where to look from is unclear; expected either rotation or camera');
  }
  if (options.camera !== undefined) checkCamera('renderSurface', options.camera);
  if (rotation !== undefined) checkRotation('renderSurface', rotation);
  checkTanHalfFov('renderSurface', tanHalfFov);
  const light = resolveLight('renderSurface', options);
  const domain = surface.domain(vector);
  const paint = surfacePaint(options.pattern, surface, domain, baseColor);

  return withScratch((scratch) => {
    const { projected, camera } = project(scratch);
    const curve = agxCurve();
    const layer = scratchLayer(scratch, size, 0);
    shadeLayer(projected, camera, size, samples, colorStyle(baseColor, light, curve), layer, scratch);
    const background = options.background ?? renderDefaults.background;
    return finishImage([{ layer, opacity: 1 }], size, curve, background, options.depth ?? false, options.out);
  });

  function project(scratch: Scratch): { projected: ProjectedMesh; camera: Camera } {
    const profile = surfaceProfile(surface, vector);
    if (profile !== undefined) {
      const camera = options.camera ?? fitProfile(profile, rotation!, tanHalfFov);
      const [least, greatest] = depthRange(profile, camera);
      if (least > 0) return { projected: projectProfile(profile, camera, least, greatest, scratch), camera };
    }
    const camera = options.camera ?? { rotation: rotation!, tanHalfFov };
    const { uSteps, vSteps } = options;
    return projectGrid(surface, vector, domain, { camera, size, samples, light, paint, uSteps, vSteps }, scratch);
  }

  function projectProfile(
    profile: Profile,
    camera: Camera,
    least: number,
    greatest: number,
    scratch: Scratch,
  ): ProjectedMesh {
    const lit = lightProfile(profile);
    const normals = profileNormals(lit, scratch);
    const pixel = (2 * camera.tanHalfFov * least) / size;
    // The widest circle that can be seen whole has the frame's width; N corners stay within (R/2)(π/N)² of it.
    const widest = Math.min(Math.max(...lit.radius) / pixel, (size * greatest) / least);
    const needed = Math.ceil(Math.PI * Math.sqrt(widest / (2 * tolerancePixels)));
    const around = options.uSteps ?? Math.min(Math.max(needed, 24), 1024);
    const { rows, rowCount } = chooseRows(lit, normals, tolerancePixels * pixel, paint !== undefined, scratch);
    const steps = { around, rows, rowCount, coordinates: paint !== undefined };
    const projected = revolve(lit, normals, steps, camera, size * samples, scratch);
    if (paint !== undefined) projected.paint = profilePaint(paint, profile, domain);
    if (!isOverhead(light)) {
      projected.lit = undefined;
      const positions = revolvePositions(lit, steps, scratch);
      const frame = sunFrame(light.direction);
      projected.shadow = shadowMap({ ...projected, positions }, frame, () => shadowMapSize(size), scratch);
    }
    return projected;
  }
}

/** Least and greatest depth of a surface of revolution. */
function depthRange({ count, radius, z }: Profile, { rotation: r, location }: Camera): [number, number] {
  const origin = r[2] * location[0] + r[5] * location[1] + r[8] * location[2];
  const across = Math.hypot(r[2], r[5]);
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < count; j++) {
    const middle = origin - z[j] * r[8];
    least = Math.min(least, middle - radius[j] * across);
    greatest = Math.max(greatest, middle + radius[j] * across);
  }
  return [least, greatest];
}
