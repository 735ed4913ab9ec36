import type { PretrainedCard } from './card.js';
import { type PretrainedName, packedModels } from './packed-models.js';

/** A model that comes with the package. */
export interface PretrainedEntry {
  readonly name: PretrainedName;
  readonly card: PretrainedCard;
}

/** The models that come with the package, each with its card. */
export const pretrainedModels: readonly PretrainedEntry[] = Object.entries(packedModels).map(([name, { card }]) => ({
  name: name as PretrainedName,
  card,
}));
