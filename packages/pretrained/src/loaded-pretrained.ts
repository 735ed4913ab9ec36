import type { Reconstructor } from '@kanrecon/model';
import { modelScene } from '@kanrecon/reconstruction';
import type { Scene } from '@kanrecon/scene';
import type { PretrainedCard } from './card.js';

/** A model that is ready: what `reconstruct` of `@kanrecon/reconstruction` takes. */
export interface PretrainedModel {
  readonly card: PretrainedCard;
  /** The caller disposes it. */
  readonly reconstructor: Reconstructor;
  /** What the images show that it was trained on, with the ranges that it learned. */
  readonly scene: Scene;
}

/** The model with its scene. The network is freed where that cannot be had. */
export async function loadedPretrained(card: PretrainedCard, reconstructor: Reconstructor): Promise<PretrainedModel> {
  try {
    return { card, reconstructor, scene: await modelScene(reconstructor) };
  } catch (error) {
    reconstructor.dispose();
    throw error;
  }
}
