import { checkOptions, parameterVector } from '@kanrecon/geometry';
import {
  cameraRotation,
  fixedCamera,
  type LightOptions,
  type Rendering,
  type RenderSurfaceOptions,
  renderSurface,
} from '@kanrecon/render';
import type { DrawnShape } from './draw-shape.js';
import type { DrawnLight, DrawnView } from './draw-view.js';
import { applyEffects } from './effects/apply-effects.js';
import { objectMiddle } from './object-middle.js';
import type { Scene } from './scene.js';
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
 * @throws if a parameter is missing or an option is out of range; SurfaceError if a point of the surface is not finite
 */
export function renderView(
  scene: Scene,
  shape: DrawnShape,
  view: DrawnView,
  options: RenderViewOptions = {},
): Rendering {
  checkOptions('renderView', options, { size: 1, samples: 1, depth: 1, out: 1, effects: 1 });
  const { effects = true, ...rest } = options;
  const { background } = view;
  const rendering = renderSurface(scene.surface, shape.parameters, {
    ...rest,
    ...cameraOptions(scene, shape, view),
    ...lightOptions(view.light),
    pattern: scene.pattern,
    baseColor: shape.baseColor,
    background: [background, background, background],
  });
  if (effects) applyEffects(rendering.image, view.effects);
  return rendering;
}

/** Where a view is seen from, as `renderSurface` takes it. */
export function cameraOptions({ surface, camera }: Scene, { parameters }: DrawnShape, view: DrawnView) {
  const { tanHalfFov } = view;
  const rotation = cameraRotation(view.cameraAngles);
  if (camera.placement === 'fitted') return { rotation, tanHalfFov };
  const target = objectMiddle(surface, parameterVector(surface, parameters));
  return { camera: fixedCamera({ rotation, target, distance: camera.placement.distance, tanHalfFov }) };
}

/** What lights a view. The renderer's own light is left out: it takes the fastest way then. */
export function lightOptions({ tilt, azimuth, strength, ambient }: DrawnLight): LightOptions {
  const upright = tilt === 0;
  const sine = Math.sin(tilt);
  const direction = upright
    ? studyLight.direction
    : ([sine * Math.cos(azimuth), sine * Math.sin(azimuth), Math.cos(tilt)] as const);
  return {
    ...((!upright || strength !== studyLight.strength) && { sun: { direction, strength } }),
    ...(ambient !== studyLight.ambient && { ambient }),
  };
}
