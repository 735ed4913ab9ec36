import { ChebyshevKAN, JacobiKAN } from '@kanrecon/kan-layers';
import type { layers } from '@tensorflow/tfjs-layers';
import { writeEfficientKAN } from './kan/efficient.js';
import { writeClassicFourierKAN, writeFasterKAN, writeFastKAN, writePolynomialKAN } from './kan/expansion.js';
import { writeFourierKAN } from './kan/fourier.js';
import { writeRationalKAN } from './kan/rational.js';
import { writeWaveletKAN } from './kan/wavelet.js';
import { writeActivation } from './layers/activation.js';
import { writeConvolution, writeDepthwiseConvolution } from './layers/convolution.js';
import type { LayerWriter } from './layers/layer-writer.js';
import { writeAdd, writeConcatenate, writeMultiply } from './layers/merging.js';
import { writeAveragePooling, writeGlobalAveragePooling, writeMaxPooling } from './layers/pooling.js';
import { writeBatchNorm, writeDense, writeRescaling } from './layers/scaling.js';
import { writeFlatten, writeReshape, writeZeroPadding } from './layers/shaping.js';

/** What does nothing outside training. */
const asItIs: LayerWriter = ({ inputs }) => inputs[0]!.name;

/** How a layer is written, by the name of its class. */
const writers: Readonly<Record<string, LayerWriter>> = {
  Activation: writeActivation,
  Add: writeAdd,
  AveragePooling2D: writeAveragePooling,
  BatchNormalization: writeBatchNorm,
  Concatenate: writeConcatenate,
  Conv2D: writeConvolution,
  Dense: writeDense,
  DepthwiseConv2D: writeDepthwiseConvolution,
  Dropout: asItIs,
  Flatten: writeFlatten,
  GlobalAveragePooling2D: writeGlobalAveragePooling,
  MaxPooling2D: writeMaxPooling,
  Multiply: writeMultiply,
  Rescaling: writeRescaling,
  Reshape: writeReshape,
  ZeroPadding2D: writeZeroPadding,
  KanLayersClassicFourierKAN: writeClassicFourierKAN,
  KanLayersEfficientKAN: writeEfficientKAN,
  KanLayersFastKAN: writeFastKAN,
  KanLayersFasterKAN: writeFasterKAN,
  KanLayersFourierKAN: writeFourierKAN,
  KanLayersRationalKAN: writeRationalKAN,
  KanLayersWaveletKAN: writeWaveletKAN,
};

/** The classes of layers that are covered. */
export const coveredLayers: readonly string[] = [
  ...Object.keys(writers),
  ChebyshevKAN.className,
  JacobiKAN.className,
].sort();

/** How a layer is written; undefined if it is not covered. */
export function writerOf(layer: layers.Layer): LayerWriter | undefined {
  const kan: unknown = layer;
  if (kan instanceof ChebyshevKAN || kan instanceof JacobiKAN) return writePolynomialKAN(kan);
  const kind = layer.getClassName();
  return Object.hasOwn(writers, kind) ? writers[kind] : undefined;
}
