import { sceneToJson, sceneWithOwnRanges } from '@kanrecon/scene';
import type { LoadedNetwork } from './loaded-network.js';
import type { ModelInfo } from './protocol.js';

/** A network, as the page needs to know it. */
export function modelInfo({ name, scene, reconstructor, limits, served }: LoadedNetwork): ModelInfo {
  const { invisible } = (reconstructor.card.limits ?? {}) as { invisible?: unknown };
  const parameters = scene.surface.parameters.map((parameter) => parameter.name);
  return {
    name,
    scene: sceneToJson(sceneWithOwnRanges(scene)),
    ranges: scene.surface.parameters.map(({ name, min, max }) => ({ name, min, max })),
    invisible: Array.isArray(invisible) ? parameters.filter((parameter) => invisible.includes(parameter)) : [],
    limits,
    ...(served !== undefined && { served }),
  };
}
