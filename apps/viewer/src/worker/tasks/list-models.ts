import { sceneToJson, sceneWithOwnRanges } from '@kanrecon/scene';
import { loadNetworks } from '../load-networks.js';
import type { ModelInfo } from '../protocol.js';

/** The networks that there are, as the page needs to know them. */
export async function listModels(): Promise<readonly ModelInfo[]> {
  const networks = await loadNetworks();
  return networks.map(({ name, scene, reconstructor, limits: sentences }) => {
    const { invisible } = (reconstructor.card.limits ?? {}) as { invisible?: unknown };
    const parameters = scene.surface.parameters.map((parameter) => parameter.name);
    return {
      name,
      scene: sceneToJson(sceneWithOwnRanges(scene)),
      ranges: scene.surface.parameters.map(({ name, min, max }) => ({ name, min, max })),
      invisible: Array.isArray(invisible) ? parameters.filter((parameter) => invisible.includes(parameter)) : [],
      limits: sentences,
    };
  });
}
