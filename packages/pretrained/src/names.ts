export type { Measured, PretrainedCard } from './card.js';
export type { PretrainedName } from './packed-models.js';
export { type PretrainedEntry, pretrainedModels } from './pretrained-models.js';
