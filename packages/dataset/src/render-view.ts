import { parameterVector } from '@kanrecon/geometry';
import {
  type Camera,
  cameraRotation,
  type Rendering,
  type RenderSurfaceOptions,
  renderSurface,
} from '@kanrecon/render';
import type { DatasetPreset } from './dataset-preset.js';
import type { DrawnShape } from './draw-shape.js';
import type { DrawnLight, DrawnView } from './draw-view.js';
import { applyEffects } from './effects/apply-effects.js';
import { objectMiddle } from './object-middle.js';
import { studyLight } from './study-light.js';

/** Options of {@link renderView}. */
export interface RenderViewOptions extends Pick<RenderSurfaceOptions, 'size' | 'samples' | 'depth' | 'out'> {
  /** Whether to add the view's occluders, blur, noise and JPEG; true when left out. */
  readonly effects?: boolean;
}

/**
 * The image of a drawn shape in a drawn view: the one way from what was drawn to pixels. The same arguments give the same bytes.
 *
 * @returns as `renderSurface`; coverage and depth are the object's, whatever lies in front of it
 * @throws if a parameter is missing or an option is out of range
 */
export function renderView(
  preset: DatasetPreset,
  shape: DrawnShape,
  view: DrawnView,
  options: RenderViewOptions = {},
): Rendering {
  const { effects = true, ...rest } = options;
  const { background } = view;
  const rendering = renderSurface(preset.surface, shape.parameters, {
    ...rest,
    ...cameraOptions(preset, shape, view),
    ...lightOptions(view.light),
    // Left out where they are the renderer's own, which then takes its fastest way.
    ...(preset.pattern !== 'plain' && { pattern: preset.pattern }),
    baseColor: shape.baseColor,
    background: [background, background, background],
  } as RenderSurfaceOptions);
  if (effects) applyEffects(rendering.image, view.effects);
  return rendering;
}

function cameraOptions({ surface, camera }: DatasetPreset, { parameters }: DrawnShape, view: DrawnView) {
  const { tanHalfFov } = view;
  const rotation = cameraRotation(view.cameraAngles);
  if (camera.placement === 'fitted') return { rotation, tanHalfFov };
  const { distance } = camera.placement;
  const [x, y, z] = objectMiddle(surface, parameterVector(surface, parameters));
  const location = [x + distance * rotation[2], y + distance * rotation[5], z + distance * rotation[8]] as const;
  return { camera: { rotation, tanHalfFov, location } satisfies Camera };
}

function lightOptions({ tilt, azimuth, strength, ambient }: DrawnLight) {
  const upright = tilt === 0;
  const sine = Math.sin(tilt);
  const direction = upright
    ? studyLight.direction
    : [sine * Math.cos(azimuth), sine * Math.sin(azimuth), Math.cos(tilt)];
  return {
    ...((!upright || strength !== studyLight.strength) && { sun: { direction, strength } }),
    ...(ambient !== studyLight.ambient && { ambient }),
  };
}
