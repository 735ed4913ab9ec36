export { countParameters, type ParameterCount } from './count-parameters.js';
export { EfficientKAN, type EfficientKANArgs, efficientKAN, type GridVariables } from './efficient-kan.js';
export { exportTorchWeights } from './export-torch-weights.js';
export { FanInInitializer, type FanInInitializerOptions } from './fan-in-initializer.js';
export { FourierKAN, type FourierKANArgs, fourierKAN } from './fourier-kan.js';
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
export { type KANOptions, kan } from './kan.js';
export { KANLayer, type KANLayerArgs, type TorchWeight } from './kan-layer.js';
export type { LayerEdges } from './reading/layer-edges.js';
export { registerKanLayers } from './register-kan-layers.js';
export type { EdgePenaltyOptions } from './regularization/edge-penalty.js';
export { EdgeRegularizer, edgeRegularizer } from './regularization/edge-regularizer.js';
export { kanRegularization } from './regularization/kan-regularization.js';
export { SplineNoiseInitializer, type SplineNoiseInitializerOptions } from './spline-noise-initializer.js';
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
