export type { Measured, PretrainedCard } from './card.js';
export { type ChooseModelOptions, chooseModel, type ModelFit, type ModelToChoose } from './choose-model.js';
export { type LoadPretrainedOptions, loadPretrained } from './load-pretrained.js';
export type { PretrainedModel } from './loaded-pretrained.js';
export type { PretrainedName } from './packed-models.js';
export { type PretrainedEntry, pretrainedModels } from './pretrained-models.js';
