export { DatasetError, type DatasetProblem, type ProblemKind, problemKinds } from './dataset-error.js';
export { type DrawnShape, drawShape, drawView } from './draw-shape.js';
export {
  imageFileName,
  labelFileName,
  parseImageFileName,
  parseLabelFileName,
  type SampleId,
} from './file-names.js';
export { formatLabel } from './format-label.js';
export type { Label } from './label.js';
export { parseLabel } from './parse-label.js';
export { type DatasetPreset, type PresetName, presetByName, presetNames, type Range } from './presets.js';
export { randomStream } from './random-stream.js';
export { type Sample, type Split, splits } from './sample.js';
export { shuffledIndices } from './shuffled-indices.js';
export { type SplitCounts, splitCounts, splitOfShape } from './split-counts.js';
