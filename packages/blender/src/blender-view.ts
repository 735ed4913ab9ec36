import { parameterVector, tessellate } from '@kanrecon/geometry';
import { type Camera, fitCamera, sunIrradiance } from '@kanrecon/render';
import type { DrawnShape, DrawnView, Scene } from '@kanrecon/scene';
import { cameraOptions, lightOptions, studyLight } from '@kanrecon/scene';
import type { BlenderJob } from './blender-job.js';

/** Quads a side of the mesh that cameras are fitted to. */
const fitSteps = 300;

/** Camera, light and colour of a view, as `renderView` has them. */
export function blenderView(
  scene: Scene,
  shape: DrawnShape,
  view: DrawnView,
): Pick<BlenderJob, 'camera' | 'sun' | 'ambient' | 'baseColor'> {
  const { sun, ambient = studyLight.ambient } = lightOptions(view.light);
  return {
    camera: placedCamera(scene, shape, view),
    sun: {
      direction: sun?.direction ?? studyLight.direction,
      // Blender means the irradiance.
      strength: sunIrradiance * (sun?.strength ?? studyLight.strength),
    },
    ambient,
    ...(scene.pattern === 'plain' && { baseColor: shape.baseColor }),
  };
}

function placedCamera(scene: Scene, shape: DrawnShape, view: DrawnView): Camera {
  const placed = cameraOptions(scene, shape, view);
  if (placed.camera !== undefined) return placed.camera;
  const vector = parameterVector(scene.surface, shape.parameters);
  const mesh = tessellate(scene.surface, vector, { uSteps: fitSteps, vSteps: fitSteps });
  return fitCamera(mesh, placed.rotation, { tanHalfFov: placed.tanHalfFov });
}
