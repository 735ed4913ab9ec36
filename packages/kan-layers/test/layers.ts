import { EdgeLayer, type KANLayer, type LayerName } from '../src/index.js';
import { type KANArgsByLayer, layerTable } from '../src/layer-table.js';

/** One setting of every kind that the shared tests go through. */
export interface LayerCase<Layer extends KANLayer = KANLayer> {
  readonly name: string;
  /** Makes the layer; `extra` overrides. */
  make(units: number, extra?: object): Layer;
}

/** Arguments of each setting, by its name. A layer that is not listed goes through the tests with its defaults. */
const settings: { readonly [Name in LayerName]?: Record<string, Omit<KANArgsByLayer[Name], 'units'>> } = {
  efficientKAN: {
    default: { scaleNoise: 3 },
    'no scale, quadratic, tanh': {
      standaloneScale: false,
      splineOrder: 2,
      baseActivation: 'tanh',
      scaleNoise: 3,
    },
    'linear splines, wide grid': {
      splineOrder: 1,
      gridRange: [-3, 2],
      gridSize: 4,
      scaleNoise: 3,
    },
    clamped: { scaleNoise: 3, extrapolation: 'clamp' },
    'linear beyond the grid': { scaleNoise: 3, extrapolation: 'linear' },
    'linear beyond the grid, quadratic': {
      scaleNoise: 3,
      extrapolation: 'linear',
      splineOrder: 2,
    },
  },
  fourierKAN: {
    // β at its start of 0.01 would hide the Fourier branch's gradients in rounding.
    default: { initialBeta: 0.7 },
    'layer norm': { initialBeta: 0.7, layerNorm: true },
    'tanh, 3 frequencies': {
      initialBeta: 0.7,
      numFrequencies: 3,
      baseActivation: 'tanh',
      layerNorm: true,
    },
  },
  classicFourierKAN: {
    default: {},
    'smooth, 11 harmonics, layer norm': {
      gridSize: 11,
      smoothInitialization: true,
      layerNorm: true,
    },
    'one harmonic, no bias': { gridSize: 1, addBias: false },
  },
  chebyshevKAN: {
    default: { start: 'fanIn' },
    'degree 7, layer norm': { degree: 7, start: 'fanIn', layerNorm: true },
    'degree 1': { degree: 1, coefficientsInitializer: 'glorotNormal' },
  },
  jacobiKAN: {
    default: { start: 'fanIn' },
    'a ≠ b': { a: 0.5, b: 2, degree: 5, coefficientsInitializer: 'glorotNormal' },
  },
  legendreKAN: {
    default: { start: 'fanIn' },
  },
  fastKAN: {
    default: {},
    'plain, elu': { layerNorm: false, baseActivation: 'elu', gridMin: -1, numGrids: 5 },
    'no base branch, original start': {
      useBaseUpdate: false,
      start: 'reference',
      splineWeightInitScale: 0.4,
      denominator: 0.9,
    },
  },
  fasterKAN: {
    default: {},
    'plain, narrow': { layerNorm: false, invDenominator: 1.7, gridMin: -2, gridMax: 2 },
  },
  waveletKAN: {
    default: {},
    'morlet, layer norm': { waveletType: 'morlet', layerNorm: true, batchNormMomentum: 0.3 },
    'derivative of Gaussian, no batch norm': {
      waveletType: 'derivativeOfGaussian',
      batchNorm: false,
      translationInitializer: 'glorotNormal',
    },
  },
  rationalKAN: {
    default: {},
    'gelu, layer norm': { start: 'gelu', shareNumerator: false, layerNorm: true },
    'tanh, one group': { start: 'tanh', groups: 1 },
    identity: { start: 'identity', shareNumerator: false },
  },
};

/** The settings of every layer of the package. */
export const cases: LayerCase[] = (Object.keys(layerTable) as LayerName[]).flatMap((layer) => {
  const make = layerTable[layer].make as (args: object) => KANLayer;
  const { argNames } = layerTable[layer].kind;
  return Object.entries(settings[layer] ?? { default: {} }).map(([name, options]) => ({
    name: `${layer} ${name}`,
    make: (units: number, extra: object = {}) => {
      // Tests name options of several layers at once; a layer refuses those that it does not have.
      const own = Object.entries(extra).filter(([key]) => key in argNames);
      return make({ units, seed: 7, ...options, ...Object.fromEntries(own) });
    },
  }));
});

/** The cases of layers with functions on their edges. */
export const edgeCases = cases.filter((each): each is LayerCase<EdgeLayer> => each.make(1) instanceof EdgeLayer);
