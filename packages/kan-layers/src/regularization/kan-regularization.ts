import { add, type Scalar, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { checkEdgeLayer } from '../check-edge-layer.js';
import { checkOptions } from '../check-options.js';
import { fillDefaults } from '../fill-defaults.js';
import { findLayers } from '../find-layers.js';
import { KANLayer } from '../kan-layer.js';
import { checkEdgePenalty, type EdgePenaltyOptions, edgePenalty, edgePenaltyDefaults } from './edge-penalty.js';

/**
 * KAN's L1 and entropy regularisation of a layer, or its sum over the KAN layers of a model: a term for the loss of a training
 * loop of one's own. (With `fit`, give the layers an `edgeRegularizer` instead.) Gradients flow to the layers' coefficients.
 *
 * @throws if a layer is not built or has no coefficients of single edges, if there is no KAN layer, or a weight is not ≥ 0
 */
export function kanRegularization(modelOrLayer: LayersModel | layers.Layer, options: EdgePenaltyOptions = {}): Scalar {
  checkOptions('kanRegularization', options, edgePenaltyDefaults);
  const weights = fillDefaults(options, edgePenaltyDefaults);
  checkEdgePenalty('kanRegularization', weights);
  const found = findLayers(modelOrLayer, (layer) => layer instanceof KANLayer);
  if (found.length === 0) {
    throw new Error(`kanRegularization: '${modelOrLayer.name}' has no KAN layer; expected at least one`);
  }
  for (const { built, name } of found) {
    if (!built)
      throw new Error(`kanRegularization: '${name}' has no weights yet; expected it built, got it before build`);
  }
  return tidy(() => {
    const penalties = found.map((layer) => {
      checkEdgeLayer(layer, 'coefficients');
      return edgePenalty(layer.edgeCoefficients(), weights);
    });
    return penalties.reduce((a, b) => add(a, b));
  });
}
