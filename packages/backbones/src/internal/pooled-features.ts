import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { ResolvedBackboneOptions } from '../backbone-options.js';
import { applyLayer } from './apply-layer.js';

/** The means of the last map, with dropout behind them if there is any. */
export function pooledFeatures(x: SymbolicTensor, options: Pick<ResolvedBackboneOptions, 'dropout'>): SymbolicTensor {
  return droppedFeatures(applyLayer(layers.globalAveragePooling2d({ name: 'features.pooled' }), x), options);
}

/** Dropout of single features, as before a torchvision network's classifier. */
export function droppedFeatures(
  x: SymbolicTensor,
  { dropout: rate }: Pick<ResolvedBackboneOptions, 'dropout'>,
): SymbolicTensor {
  return rate === 0 ? x : applyLayer(layers.dropout({ name: 'features.dropout', rate }), x);
}
