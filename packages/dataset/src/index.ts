export {
  DatasetError,
  type DatasetErrorReason,
  type DatasetProblem,
  type ProblemKind,
  problemKinds,
} from './dataset-error.js';
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
export { type Sample, type Split, splits } from './sample.js';
export { sampleView } from './sample-view.js';
export { shuffledIndices } from './shuffled-indices.js';
export { type SplitCounts, splitCounts, splitOfShape } from './split-counts.js';
export type { DrawingThread } from './stream/drawing-thread.js';
export type { ImageStream } from './stream/image-stream.js';
export { ImageStreamError } from './stream/image-stream-error.js';
export { type OpenImageStreamOptions, openImageStreamOn } from './stream/open-image-stream-on.js';
export type { StreamAnswer, StreamRequest, StreamWorkerSetup } from './stream/stream-message.js';
export {
  type DrawingScope,
  type DrawingWorker,
  serveDrawing,
  webDrawingThread,
} from './stream/web-drawing-thread.js';
