import { cameraVisibility } from '@kanrecon/identifiability';
import type { Target } from '@kanrecon/model';
import { type CameraTarget, cameraTargets, type Scene } from '@kanrecon/scene';
import type { Experiment } from '../experiment/experiment.js';

/** What an experiment's network predicts of images of a scene: the shape's parameters, then what shows of the camera if that is wanted. */
export function experimentTargets({ camera }: Pick<Experiment, 'camera'>, scene: Scene): readonly Target[] {
  const { parameters } = scene.surface;
  return camera ? [...parameters, ...cameraTargets(cameraVisibility(scene))] : parameters;
}

/** The targets behind the shape's parameters, which come first: those of the camera. */
export function cameraTargetsOf(targets: readonly Target[], { surface }: Pick<Scene, 'surface'>): CameraTarget[] {
  return targets.slice(surface.parameters.length).map(({ name, min, max }) => ({ name, min, max }));
}
