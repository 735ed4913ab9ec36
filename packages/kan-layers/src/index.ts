export { countParameters, type ParameterCount } from './count-parameters.js';
export { EfficientKAN, type EfficientKANArgs, efficientKAN } from './efficient-kan.js';
export { exportTorchWeights } from './export-torch-weights.js';
export { FanInInitializer, type FanInInitializerOptions } from './fan-in-initializer.js';
export { FourierKAN, type FourierKANArgs, fourierKAN } from './fourier-kan.js';
export { importTorchWeights, type TorchArray, type TorchStateDict } from './import-torch-weights.js';
export { type KANOptions, kan } from './kan.js';
export { KANLayer, type KANLayerArgs, type TorchWeight } from './kan-layer.js';
export type { LayerEdges } from './reading/layer-edges.js';
export { registerKanLayers } from './register-kan-layers.js';
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
