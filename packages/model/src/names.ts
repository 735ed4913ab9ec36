export { type BackboneName, type BackboneNames, backboneTable } from '@kanrecon/backbones/names';
export { type HeadNames, type HeadType, headNames, uncertainties } from './heads/head-names.js';
export { modelByName, type NamedModel } from './network/model-by-name.js';
export { type StudyModel, studyModels } from './network/study-models.js';
