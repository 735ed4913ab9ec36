import type { Scene } from '@kanrecon/scene';
import { invisibleParameters } from './invisible-parameters.js';

/** The parameters that images of this scene can show at all, found by rendering some. */
export function visibleParameters(scene: Scene): string[] {
  const invisible = invisibleParameters(scene, { draws: 6, size: 48 });
  return scene.surface.parameters.map(({ name }) => name).filter((name) => !invisible.includes(name));
}
