import type { ParametricSurface } from '@kanrecon/geometry';
import { type Scene, sceneByName } from '@kanrecon/scene';

const made = new WeakMap<ParametricSurface, Scene>();

/** What a surface that was found in no image is painted with: the hue wheel, which names u at every point. */
export function surfaceScene(surface: ParametricSurface): Scene {
  const scene = made.get(surface) ?? { ...sceneByName('observable'), name: surface.name, surface };
  made.set(surface, scene);
  return scene;
}
