import { activationLayers } from './activation-layers.js';
import { convolutionLayers } from './convolution-layers.js';
import type { LayerCase } from './layer-case.js';
import { mergingLayers } from './merging-layers.js';
import { noiseLayers } from './noise-layers.js';
import { normLayers } from './norm-layers.js';
import { poolingLayers } from './pooling-layers.js';
import { recurrentLayers } from './recurrent-layers.js';
import { simpleLayers } from './simple-layers.js';

/** Every layer of tfjs-layers that can stand in a network that is trained. */
export const layerCases: readonly LayerCase[] = [
  ...simpleLayers,
  ...convolutionLayers,
  ...poolingLayers,
  ...normLayers,
  ...recurrentLayers,
  ...noiseLayers,
  ...activationLayers,
  ...mergingLayers,
];
