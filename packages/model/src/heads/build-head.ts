import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { deriveSeed } from '../network/derive-seed.js';
import type { HeadConfig } from '../network/reconstructor-config.js';
import type { HeadSpec } from './head-spec.js';

/** Prefix of the head's layer names; everything else in a reconstructor's model is backbone. */
export const HEAD_PREFIX = 'head_';

/** Makes another layer of one, or gives it back. */
export type ChangeLayer = (layer: layers.Layer) => layers.Layer;

/**
 * Puts the regression head on the backbone's pooled features [batch, n] and returns its output [batch, outputs]: dropout
 * (`head_dropout_i`) and a layer (`head_i`) for each width, then the same for the outputs, which are linear.
 */
export function buildHead(
  features: SymbolicTensor,
  spec: HeadSpec,
  { widths, dropout, hiddenDropout }: HeadConfig,
  outputs: number,
  seed: number,
  change: ChangeLayer = (layer) => layer,
): SymbolicTensor {
  return [...widths, outputs].reduce((input, units, index) => {
    const rate = index === 0 ? dropout : hiddenDropout;
    const dropped = rate === 0 ? input : apply(layers.dropout({ rate, name: `${HEAD_PREFIX}dropout_${index}` }), input);
    const options = { inputs: input.shape[1] as number, seed: deriveSeed(seed, index), hidden: index < widths.length };
    return apply(change(spec.layer({ ...options, units, name: `${HEAD_PREFIX}${index}` })), dropped);
  }, features);
}

function apply(layer: { apply(input: SymbolicTensor): unknown }, input: SymbolicTensor): SymbolicTensor {
  return layer.apply(input) as SymbolicTensor;
}
