export type { PretrainedModel } from './loaded-pretrained.js';
export { loadPretrained } from './node/load-pretrained.js';
export { pretrainedFolder } from './node/pretrained-folder.js';
export type { PretrainedName } from './packed-models.js';
export { type PretrainedEntry, pretrainedModels } from './pretrained-models.js';
