import { efficientKAN, fourierKAN, type KANLayer, type TorchArray, type TorchStateDict } from '../src/index.js';

/** A file of test/golden: one layer of the PyTorch reference with its output and gradients. */
export interface Golden {
  config: Record<string, never>;
  input: TorchArray;
  weights: TorchStateDict;
  buffers: TorchStateDict;
  output: TorchArray;
  cotangent: TorchArray;
  inputGradient: TorchArray;
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

/** How to make the layer of every file. */
export const goldenLayers: { f: string; make: (file: Golden) => KANLayer }[] = [
  ...['efficient-kan-v0-0', 'efficient-kan-v0-1', 'efficient-kan-v1-0', 'efficient-kan-v1-1'].map((f) => ({
    f,
    make: efficient,
  })),
  ...['fourier-kaf-plain-0', 'fourier-kaf-plain-1', 'fourier-kaf-layernorm-0', 'fourier-kaf-layernorm-1'].map((f) => ({
    f,
    make: fourier,
  })),
];
