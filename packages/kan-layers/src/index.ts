export type { OptionNames } from './check-options.js';
export {
  ClassicFourierKAN,
  type ClassicFourierKANArgs,
  classicFourierKAN,
} from './classic-fourier-kan/classic-fourier-kan.js';
export { SmoothFourierInitializer } from './classic-fourier-kan/smooth-fourier-initializer.js';
export { countParameters, type ParameterCount } from './count-parameters.js';
export { EdgeLayer, type EdgeLayerArgs } from './edge-layer.js';
export {
  EfficientKAN,
  type EfficientKANArgs,
  efficientKAN,
  type GridVariables,
} from './efficient-kan/efficient-kan.js';
export {
  SplineNoiseInitializer,
  type SplineNoiseInitializerOptions,
} from './efficient-kan/spline-noise-initializer.js';
export { exportTorchWeights } from './export-torch-weights.js';
export { FanInInitializer, type FanInInitializerOptions } from './fan-in-initializer.js';
export { FastKAN, type FastKANArgs, fastKAN } from './fast-kan/fast-kan.js';
export { FasterKAN, type FasterKANArgs, fasterKAN } from './faster-kan/faster-kan.js';
export { FourierKAN, type FourierKANArgs, fourierKAN } from './fourier-kan/fourier-kan.js';
export {
  countOutsideGrid,
  countOutsideGrids,
  type OutsideGridCount,
} from './grids/count-outside-grid.js';
export type { Extrapolation } from './grids/extrapolation.js';
export type { FunctionChange } from './grids/function-change.js';
export { GridUpdateCallback, type GridUpdateCallbackOptions, gridUpdates } from './grids/grid-update-callback.js';
export type { ModelSamples } from './grids/layer-inputs.js';
export { type RefinedGrid, refineGrid } from './grids/refine-grid.js';
export { type RefinedGrids, refineGrids } from './grids/refine-grids.js';
export { type GridUpdateOptions, type GridUpdateReport, updateGrid } from './grids/update-grid.js';
export { type GridsUpdateOptions, updateGrids } from './grids/update-grids.js';
export { importTorchWeights, type TorchArray, type TorchStateDict } from './import-torch-weights.js';
export { type KANOptions, type KANStackOptions, kan } from './kan.js';
export { KANLayer, type KANLayerArgs } from './kan-layer.js';
export type { KANArgsByLayer, LayerName } from './layer-table.js';
export { ChebyshevKAN, type ChebyshevKANArgs, chebyshevKAN } from './polynomial-kan/chebyshev-kan.js';
export { JacobiKAN, type JacobiKANArgs, jacobiKAN } from './polynomial-kan/jacobi-kan.js';
export { type LegendreKANArgs, legendreKAN } from './polynomial-kan/legendre-kan.js';
export type { PolynomialStart } from './polynomial-kan/polynomial-start.js';
export type { Recurrence } from './polynomial-kan/recurrence.js';
export { RationalKAN, type RationalKANArgs, rationalKAN } from './rational-kan/rational-kan.js';
export { RationalInitializer, type RationalStart } from './rational-kan/rational-start.js';
export { type Attribution, attribute } from './reading/attribute.js';
export {
  type AutoSymbolicOptions,
  autoSymbolic,
  type SymbolicEdge,
  type SymbolicModel,
} from './reading/auto-symbolic.js';
export { type EdgeFunction, type EdgeFunctionOptions, edgeFunction } from './reading/edge-function.js';
export { evaluateFormula } from './reading/evaluate-formula.js';
export {
  type CallName,
  call,
  type Expression,
  number,
  power,
  product,
  sum,
  variable,
} from './reading/expression.js';
export { formulaToLatex } from './reading/formula-to-latex.js';
export { type FormulaOptions, formulaToText } from './reading/formula-to-text.js';
export type { LayerEdges } from './reading/layer-edges.js';
export { type PlotKANOptions, plotKAN } from './reading/plot-kan.js';
export { type PruneOptions, type PruneResult, prune } from './reading/prune.js';
export type { ReadableModel } from './reading/read-network.js';
export type { Samples } from './reading/samples.js';
export type { FitError } from './reading/statistics.js';
export { type SymbolicChoiceOptions, type SymbolicFit, suggestSymbolic } from './reading/suggest-symbolic.js';
export {
  type SymbolicFamily,
  type SymbolicFunction,
  type SymbolicName,
  symbolicFunctions,
} from './reading/symbolic-functions.js';
export type { SerializableClass } from './register-classes.js';
export { registerKanLayers } from './register-kan-layers.js';
export type { EdgePenaltyOptions } from './regularization/edge-penalty.js';
export { EdgeRegularizer, edgeRegularizer } from './regularization/edge-regularizer.js';
export { kanRegularization } from './regularization/kan-regularization.js';
export type { TorchConstant, TorchWeight } from './torch-weight.js';
export type {
  ActivationName,
  Constraint,
  ConstraintLike,
  Initializer,
  InitializerLike,
  LayerArgs,
  Regularizer,
  RegularizerLike,
  SerializedObject,
  WeightArgs,
} from './types.js';
export { UniformInitializer, type UniformInitializerOptions } from './uniform-initializer.js';
export type { WaveletType } from './wavelet-kan/wavelet.js';
export { WaveletKAN, type WaveletKANArgs, waveletKAN } from './wavelet-kan/wavelet-kan.js';
export type { WeightAxes } from './weight-axes.js';
