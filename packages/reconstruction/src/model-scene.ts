import type { Reconstructor } from '@kanrecon/model';
import { loadScene, type Scene, type SceneJson, sceneWithRanges } from '@kanrecon/scene';

/**
 * What the images show that a network was trained on, from the card that its checkpoint carries, with the ranges that the network learned.
 *
 * @throws if the network carries no scene, or one that this version cannot draw
 */
export async function modelScene({
  card,
  targets,
  name,
}: Pick<Reconstructor, 'card' | 'targets' | 'name'>): Promise<Scene> {
  if (card.scene === undefined) {
    throw new Error(
      `modelScene: ${name} does not carry the scene that it was trained on; expected a checkpoint of @kanrecon/training, or give the scene`,
    );
  }
  return sceneWithRanges(await loadScene(card.scene as unknown as SceneJson), targets);
}
