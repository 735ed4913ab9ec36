export { OnnxExportError } from './export-error.js';
export { coveredLayers } from './layer-writers.js';
export { type LayersModelToOnnxOptions, layersModelToOnnx } from './layers-model-to-onnx.js';
export { onnxOpset } from './proto/encode-model.js';
export { type ToOnnxOptions, toOnnx } from './to-onnx.js';
