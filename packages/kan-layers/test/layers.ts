import { EdgeLayer, type KANLayer, type LayerName } from '../src/index.js';
import { type KANArgsByLayer, layerFactories } from '../src/layer-table.js';

/** One setting of every kind that the shared tests go through. */
export interface LayerCase<Layer extends KANLayer = KANLayer> {
  readonly name: string;
  /** Makes the layer; `extra` overrides. */
  make(units: number, extra?: object): Layer;
}

function layerCase<Name extends LayerName>(
  layer: Name,
  name: string,
  options: Omit<KANArgsByLayer[Name], 'units'>,
): LayerCase {
  const factory = layerFactories[layer] as (args: object) => KANLayer;
  return {
    name: `${layer} ${name}`,
    make: (units, extra = {}) => factory({ units, seed: 7, ...options, ...extra }),
  };
}

export const cases: LayerCase[] = [
  layerCase('efficientKAN', 'default', { scaleNoise: 3 }),
  layerCase('efficientKAN', 'no scale, quadratic, tanh', {
    standaloneScale: false,
    splineOrder: 2,
    baseActivation: 'tanh',
    scaleNoise: 3,
  }),
  layerCase('efficientKAN', 'linear splines, wide grid', {
    splineOrder: 1,
    gridRange: [-3, 2],
    gridSize: 4,
    scaleNoise: 3,
  }),
  layerCase('efficientKAN', 'clamped', { scaleNoise: 3, extrapolation: 'clamp' }),
  layerCase('efficientKAN', 'linear beyond the grid', { scaleNoise: 3, extrapolation: 'linear' }),
  layerCase('efficientKAN', 'linear beyond the grid, quadratic', {
    scaleNoise: 3,
    extrapolation: 'linear',
    splineOrder: 2,
  }),
  // β at its start of 0.01 would hide the Fourier branch's gradients in rounding.
  layerCase('fourierKAN', 'default', { initialBeta: 0.7 }),
  layerCase('fourierKAN', 'layer norm', { initialBeta: 0.7, layerNorm: true }),
  layerCase('fourierKAN', 'tanh, 3 frequencies', {
    initialBeta: 0.7,
    numFrequencies: 3,
    baseActivation: 'tanh',
    layerNorm: true,
  }),
  layerCase('classicFourierKAN', 'default', {}),
  layerCase('classicFourierKAN', 'smooth, 11 harmonics, layer norm', {
    gridSize: 11,
    smoothInitialization: true,
    layerNorm: true,
  }),
  layerCase('classicFourierKAN', 'one harmonic, no bias', { gridSize: 1, addBias: false }),
  layerCase('chebyshevKAN', 'default', { start: 'fanIn' }),
  layerCase('chebyshevKAN', 'degree 7, layer norm', { degree: 7, start: 'fanIn', layerNorm: true }),
  layerCase('chebyshevKAN', 'degree 1', { degree: 1, coefficientsInitializer: 'glorotNormal' }),
  layerCase('jacobiKAN', 'default', { start: 'fanIn' }),
  layerCase('jacobiKAN', 'a ≠ b', { a: 0.5, b: 2, degree: 5, coefficientsInitializer: 'glorotNormal' }),
  layerCase('legendreKAN', 'default', { start: 'fanIn' }),
  layerCase('fastKAN', 'default', {}),
  layerCase('fastKAN', 'plain, elu', { layerNorm: false, baseActivation: 'elu', gridMin: -1, numGrids: 5 }),
  layerCase('fastKAN', 'no base branch, original start', {
    useBaseUpdate: false,
    start: 'reference',
    splineWeightInitScale: 0.4,
    denominator: 0.9,
  }),
  layerCase('fasterKAN', 'default', {}),
  layerCase('fasterKAN', 'plain, narrow', { layerNorm: false, invDenominator: 1.7, gridMin: -2, gridMax: 2 }),
  layerCase('waveletKAN', 'default', {}),
  layerCase('waveletKAN', 'morlet, layer norm', { waveletType: 'morlet', layerNorm: true, batchNormMomentum: 0.3 }),
  layerCase('waveletKAN', 'derivative of Gaussian, no batch norm', {
    waveletType: 'derivativeOfGaussian',
    batchNorm: false,
    translationInitializer: 'glorotNormal',
  }),
  layerCase('rationalKAN', 'default', {}),
  layerCase('rationalKAN', 'gelu, layer norm', { start: 'gelu', shareNumerator: false, layerNorm: true }),
  layerCase('rationalKAN', 'tanh, one group', { start: 'tanh', groups: 1 }),
  layerCase('rationalKAN', 'identity', { start: 'identity', shareNumerator: false }),
];

/** The cases of layers with functions on their edges. */
export const edgeCases = cases.filter((each): each is LayerCase<EdgeLayer> => each.make(1) instanceof EdgeLayer);
