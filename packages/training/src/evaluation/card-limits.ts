import { type ImageLimits, type ImageLimitsOptions, imageLimits } from '@kanrecon/identifiability';
import type { ModelCard } from '@kanrecon/model';
import { type Scene, sceneToJson, sceneWithOwnRanges } from '@kanrecon/scene';
import { checkedLimits } from './checked-limits.js';

/**
 * What images of a scene can tell: from the card of a network that was trained on that very scene, where it was measured once; measured
 * anew for another one, and for networks of before cards.
 *
 * @throws `signal.reason` when aborted
 */
export async function cardLimits(
  card: ModelCard,
  scene: Scene,
  options: ImageLimitsOptions = {},
): Promise<ImageLimits> {
  const stored = sameScene(card, scene) ? checkedLimits(card.limits, scene) : undefined;
  if (stored) return stored;
  return imageLimits(scene, options);
}

function sameScene({ scene: stored }: ModelCard, scene: Scene): boolean {
  try {
    return JSON.stringify(stored) === JSON.stringify(sceneToJson(sceneWithOwnRanges(scene)));
  } catch {
    return false; // of a surface that cannot be written down
  }
}
