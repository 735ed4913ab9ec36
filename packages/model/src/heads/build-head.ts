import {
  chebyshevKAN,
  classicFourierKAN,
  efficientKAN,
  fasterKAN,
  fastKAN,
  fourierKAN,
  jacobiKAN,
  legendreKAN,
  rationalKAN,
  waveletKAN,
} from '@kanrecon/kan-layers';
import { initializers, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { deriveSeed } from '../network/derive-seed.js';
import type { HeadConfig, HeadType } from '../network/reconstructor-config.js';

type Layer = layers.Layer;

interface KANArgs {
  readonly units: number;
  readonly seed: number;
  readonly name: string;
}

/** Prefix of the head's layer names; everything else in a reconstructor's model is backbone. */
export const HEAD_PREFIX = 'head_';

interface LayerOptions {
  readonly seed: number;
  readonly name: string;
  /** Not the output layer. */
  readonly hidden: boolean;
}

/**
 * The KAN layers as heads: with their package's defaults, but without normalisation, which the study's heads have none of (batch norm
 * would also tie one image's outputs to the others of its batch), and with a start that keeps the size of what goes through several.
 */
const kanLayers: Record<Exclude<HeadType, 'mlp'>, (args: KANArgs) => Layer> = {
  efficientKAN,
  fourierKAN,
  fastKAN: (args) => fastKAN({ ...args, layerNorm: false }),
  fasterKAN: (args) => fasterKAN({ ...args, layerNorm: false }),
  chebyshevKAN: (args) => chebyshevKAN({ ...args, start: 'fanIn' }),
  jacobiKAN: (args) => jacobiKAN({ ...args, start: 'fanIn' }),
  legendreKAN: (args) => legendreKAN({ ...args, start: 'fanIn' }),
  waveletKAN: (args) => waveletKAN({ ...args, batchNorm: false }),
  rationalKAN,
  classicFourierKAN: (args) => classicFourierKAN({ ...args, smoothInitialization: true }),
};

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

function headLayer(type: HeadType, units: number, inputs: number, options: LayerOptions): Layer {
  const { seed, name } = options;
  return type === 'mlp' ? linear(units, inputs, options) : kanLayers[type]({ units, seed, name });
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
