export { BlenderError, type BlenderErrorKind } from './blender-error.js';
export { DatasetError, type DatasetProblem, type ProblemKind, problemKinds } from './dataset-error.js';
export type {
  CameraPlacement,
  CameraRanges,
  DatasetPreset,
  EffectRanges,
  LightRanges,
  Range,
} from './dataset-preset.js';
export { type DrawnShape, drawShape } from './draw-shape.js';
export { type DrawnEffects, type DrawnLight, type DrawnView, drawView, typicalView } from './draw-view.js';
export {
  imageFileName,
  labelFileName,
  parseImageFileName,
  parseLabelFileName,
  type SampleId,
} from './file-names.js';
export { largestReach } from './fixed-distance.js';
export { formatLabel } from './format-label.js';
export {
  type BestPossibleOptions,
  type BestPossibleScores,
  type BestScores,
  bestPossibleScores,
  type Invisibility,
} from './identify/best-possible-scores.js';
export { type IdentifiabilityOptions, identifiability } from './identify/identifiability.js';
export type {
  CheckedLaw,
  DrawSpectrum,
  FinerSettings,
  Identifiability,
  ParameterVisibility,
  SmallestChange,
} from './identify/identifiability-result.js';
export type { ImageDrawOptions } from './identify/image-draws.js';
export {
  type InvisibleLaw,
  type LawTerm,
  lawInterval,
  moveAlong,
  type ParameterRange,
} from './identify/invisible-law.js';
export { invisibleParameters } from './identify/invisible-parameters.js';
export {
  type CombinationTerm,
  combinationValue,
  type VisibleCombination,
} from './identify/visible-combinations.js';
export type { Label } from './label.js';
export { parseLabel } from './parse-label.js';
export { type PresetFromJsonOptions, type PresetJson, presetFromJson, presetToJson } from './preset-json.js';
export { type PresetOverrides, presetWith } from './preset-with.js';
export { type PresetName, presetByName, presetNames } from './presets.js';
export { randomStream } from './random-stream.js';
export { type RenderBatchOptions, renderBatch, type StreamBatch } from './render-batch.js';
export { type RenderViewOptions, renderView } from './render-view.js';
export { type Sample, type Split, splits } from './sample.js';
export { sampleView } from './sample-view.js';
export { shuffledIndices } from './shuffled-indices.js';
export { type SplitCounts, splitCounts, splitOfShape } from './split-counts.js';
