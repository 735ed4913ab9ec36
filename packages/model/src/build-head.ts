import { efficientKAN, fourierKAN } from '@kanrecon/kan-layers';
import { initializers, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { deriveSeed } from './derive-seed.js';
import type { HeadConfig, HeadType } from './reconstructor-config.js';

/** Prefix of the head's layer names; everything else in a reconstructor's model is backbone. */
export const HEAD_PREFIX = 'head_';

interface LayerOptions {
  readonly seed: number;
  readonly name: string;
  /** Not the output layer. */
  readonly hidden: boolean;
}

/**
 * Puts the regression head on the backbone's pooled features [batch, n] and returns its output [batch, outputs]: dropout
 * (`head_dropout_i`) and a layer (`head_i`) for each width, then the same for the outputs, which are linear.
 */
export function buildHead(features: SymbolicTensor, head: HeadConfig, outputs: number, seed: number): SymbolicTensor {
  const widths = [...head.widths, outputs];
  return widths.reduce((input, units, index) => {
    const rate = index === 0 ? head.dropout : head.hiddenDropout;
    const name = `${HEAD_PREFIX}${index}`;
    const dropped = rate === 0 ? input : apply(layers.dropout({ rate, name: `${HEAD_PREFIX}dropout_${index}` }), input);
    const layerSeed = deriveSeed(seed, index);
    const layer = headLayer(head.type, units, input.shape[1] as number, {
      seed: layerSeed,
      name,
      hidden: index < head.widths.length,
    });
    return apply(layer, dropped);
  }, features);
}

function headLayer(type: HeadType, units: number, inputs: number, options: LayerOptions) {
  const { seed, name } = options;
  switch (type) {
    case 'efficientKAN':
      return efficientKAN({ units, seed, name });
    case 'fourierKAN':
      return fourierKAN({ units, seed, name });
    case 'mlp':
      return linear(units, inputs, options);
  }
}

/**
 * PyTorch's nn.Linear with its start, U(±1/√inputs) for weights and bias. The study drops before the ReLU; doing so after it
 * (the next layer's dropout) is the same, as dropout only scales by a number that is not negative.
 */
function linear(units: number, inputs: number, { seed, name, hidden }: LayerOptions) {
  const limit = 1 / Math.sqrt(inputs);
  const start = (part: number) =>
    initializers.randomUniform({ minval: -limit, maxval: limit, seed: deriveSeed(seed, part) });
  return layers.dense({
    units,
    name,
    kernelInitializer: start(0),
    biasInitializer: start(1),
    activation: hidden ? 'relu' : 'linear',
  });
}

function apply(layer: { apply(input: SymbolicTensor): unknown }, input: SymbolicTensor): SymbolicTensor {
  return layer.apply(input) as SymbolicTensor;
}
