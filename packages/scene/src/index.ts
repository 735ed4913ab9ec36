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
export { applyEffects } from './effects/apply-effects.js';
export { estimateBaseColor } from './estimate-base-color.js';
export { largestReach } from './fixed-distance.js';
export { loadPreset } from './load-preset.js';
export { patternColors } from './pattern-colors.js';
export { type PresetFromJsonOptions, type PresetJson, presetFromJson, presetToJson } from './preset-json.js';
export { type PresetOverrides, presetWith } from './preset-with.js';
export { type PresetName, presetByName, presetNames } from './presets.js';
export { randomStream } from './random-stream.js';
export { refuseUnseen } from './refuse-unseen.js';
export { type RenderBatchOptions, renderBatch, type StreamBatch } from './render-batch.js';
export { cameraOptions, lightOptions, type RenderViewOptions, renderView } from './render-view.js';
export { studyLight } from './study-light.js';
