// Everything the host can call. One kernel a file; each can be read alone. Pointers are byte addresses in the memory of
// tfjs' own WebAssembly module, which this module imports: tensors are used in place. The module has no data of its own.

export { packColumns, packRows, packScaledColumns } from './pack-weights';
export { conv2d, conv2dInputGradient, matMul } from './conv2d';
export { conv2dFilterGradient, filterGradientPanelBytes, matMulTransposedLeft } from './conv2d-filter-gradient';
export { activateRows } from './activate-rows';
export { patchBytes } from './patches';
export { winogradPositionBytes } from './winograd-tiles';
export { winogradPackColumns, winogradPackRows } from './winograd-filter';
export { holdsZero } from './winograd-zeros';
export { winogradConv2d } from './winograd-conv2d';
export { winogradFilterGradient } from './winograd-filter-gradient';
export { depthwiseConv2d } from './depthwise-conv2d';
export { depthwiseInputGradient } from './depthwise-input-gradient';
export { depthwiseFilterGradient, depthwiseFilterGradientScratch } from './depthwise-filter-gradient';
export {
  depthwiseMultiplierConv2d,
  depthwiseMultiplierInputGradient,
  depthwiseMultiplierFilterGradient,
} from './depthwise-multiplier';
export { maxPoolGradient, avgPoolGradient } from './pooling-gradients';
export { conv3dFilterGradient, conv3dInputGradient } from './conv3d-gradients';
export { maxPool3d, maxPool3dGradient, avgPool3d, avgPool3dGradient } from './pooling3d';
export { columnSums } from './column-sums';
export { rowSums } from './row-sums';
export { scaleShift, batchNormGradientSums } from './batch-norm';
export { batchMoments } from './batch-moments';
export { normActivation, normActivationSums, normCombine } from './norm-activation';
export { scaleRows, productSums } from './scale-rows';
export { reluGradient, reluGradientSums } from './relu-gradient';
export { sigmoidGradient, squareGradient, spreadRows } from './elementwise-gradients';
export { copyRows } from './copy-rows';
export { adamW } from './adamw';
export { transpose } from './transpose';
export { gaussianBasis, gaussianBasisGradient, switchBasis, switchBasisGradient } from './radial-basis';
export {
  derivativeOfGaussianWavelets,
  derivativeOfGaussianWaveletsGradient,
  mexicanHatWavelets,
  mexicanHatWaveletsGradient,
  morletWavelets,
  morletWaveletsGradient,
} from './wavelets';
export { layerNorm, layerNormGradient } from './layer-norm';
export { rational, rationalGradient } from './rational';
export { harmonics, harmonicsGradient } from './harmonics';
export { waves, wavesGradient } from './random-fourier';
export {
  scaledGelu,
  scaledGeluGradient,
  scaledLinear,
  scaledLinearGradient,
  scaledSwish,
  scaledSwishGradient,
} from './scaled-activation';
export { segmentSums, segmentSumsOfIntegers } from './segment-sums';
