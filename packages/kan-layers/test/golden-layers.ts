import {
  chebyshevKAN,
  classicFourierKAN,
  efficientKAN,
  fasterKAN,
  fastKAN,
  fourierKAN,
  jacobiKAN,
  type KANLayer,
  rationalKAN,
  type TorchArray,
  type TorchStateDict,
  type WaveletType,
  waveletKAN,
} from '../src/index.js';

/** A file of test/golden: one layer of the PyTorch reference with its output and gradients. */
export interface Golden {
  layer: string;
  config: Record<string, never>;
  input: TorchArray;
  weights: TorchStateDict;
  buffers: TorchStateDict;
  output: TorchArray;
  cotangent: TorchArray;
  /** Absent where the reference's gradients are wrong. */
  inputGradient?: TorchArray;
  gradients: TorchStateDict;
  updateGrid: Record<'grid' | 'splineWeight' | 'samples' | 'outputBefore' | 'outputAfter', TorchArray>;
}

export function efficient({ config, input, output }: Golden): KANLayer {
  return efficientKAN({
    units: output.shape[1]!,
    inputShape: [input.shape[1]!],
    gridSize: config['grid_size'],
    splineOrder: config['spline_order'],
    gridRange: config['grid_range'],
    standaloneScale: config['enable_standalone_scale_spline'],
  });
}

function fourier({ config, input, output }: Golden): KANLayer {
  return fourierKAN({
    units: output.shape[1]!,
    inputShape: [input.shape[1]!],
    numFrequencies: config['num_grids'],
    layerNorm: config['use_layernorm'],
  });
}

/** How to make the layer of a file. */
type Make = (file: Golden) => KANLayer;

export const sizes = ({ input, output }: Golden) => ({ units: output.shape[1]!, inputShape: [input.shape[1]!] });
const centres = ({ config }: Golden) => ({
  gridMin: config['grid_min'],
  gridMax: config['grid_max'],
  numGrids: config['num_grids'],
});

const waveletNames: Record<string, WaveletType> = {
  mexican_hat: 'mexicanHat',
  morlet: 'morlet',
  dog: 'derivativeOfGaussian',
};

const makers: Record<string, Make> = {
  'efficient-kan-v0': efficient,
  'efficient-kan-v1': efficient,
  'fourier-kaf-plain': fourier,
  'fourier-kaf-layernorm': fourier,
  'fourier-classic': (file) =>
    classicFourierKAN({ ...sizes(file), gridSize: file.config['gridsize'], addBias: file.config['addbias'] }),
  chebykan: (file) => chebyshevKAN({ ...sizes(file), degree: file.config['degree'] }),
  jacobikan: (file) => {
    const { degree, a, b } = file.config as Record<string, never>;
    return jacobiKAN({ ...sizes(file), degree, a, b });
  },
  'fastkan-plain': (file) => fastKAN({ ...sizes(file), ...centres(file), layerNorm: file.config['use_layernorm'] }),
  'fastkan-layernorm': (file) => fastKAN({ ...sizes(file), ...centres(file), layerNorm: file.config['use_layernorm'] }),
  // Its gradients are not those of its outputs; ours are checked by finite differences.
  fasterkan: (file) => fasterKAN({ ...sizes(file), ...centres(file) }),
  // The sum before the batch norm; wavkan-batch-norm has the rest.
  ...Object.fromEntries(
    ['mexican-hat', 'morlet', 'dog'].map((name) => [
      `wavkan-${name}`,
      (file: Golden) =>
        waveletKAN({ ...sizes(file), waveletType: waveletNames[file.config['wavelet_type']!]!, batchNorm: false }),
    ]),
  ),
};

/** What import takes of a file: without batch norm, where the recorded output is without it. */
export function stateDictOf({ config, weights, buffers, layer }: Golden): TorchStateDict {
  const all = Object.entries({ ...weights, ...buffers });
  const plain = 'wavelet_type' in config && layer !== 'WavKAN with batch norm, in training';
  return Object.fromEntries(plain ? all.filter(([name]) => !name.startsWith('bn.')) : all);
}

/** How to make the layer of every file. */
export const goldenLayers: { f: string; make: Make }[] = [
  ...Object.entries(makers).flatMap(([name, make]) => [0, 1].map((i) => ({ f: `${name}-${i}`, make }))),
  ...[0, 1].map((i) => ({
    f: `rational-${i}`,
    make: (file: Golden) =>
      rationalKAN({
        ...sizes(file),
        groups: file.config['groups'],
        shareNumerator: file.config['shareNumerator'],
      }),
  })),
  { f: 'wavkan-batch-norm', make: (file: Golden) => waveletKAN(sizes(file)) },
];
