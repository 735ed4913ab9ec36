import { EdgeLayer, type EdgeLayerArgs, EfficientKAN } from '@kanrecon/kan-layers';
import type { layers } from '@tensorflow/tfjs-layers';
import type { NetworkGraph } from './network-graph.js';

/**
 * A head's layer as it was stored, where `refineGrids` or `prune` of kan-layers changed it after it was made: the number of its grid's
 * intervals, and whether it has a mask of its edges. The weights say the rest.
 */
export function keepGridAndMask(layer: layers.Layer, { layers: stored }: NetworkGraph): layers.Layer {
  const { config } = stored.find(({ name, kind }) => name === layer.name && kind === layer.getClassName()) ?? {};
  if (!config || !(layer instanceof EdgeLayer)) return layer;
  const { grid_size: gridSize, edge_mask: edgeMask } = config;
  const isRefined = layer instanceof EfficientKAN && Number.isInteger(gridSize) && gridSize !== layer.gridSize;
  if (!isRefined && edgeMask !== true) return layer;
  const Kind = layer.constructor as new (args: EdgeLayerArgs) => layers.Layer;
  const changed = { ...(isRefined && { gridSize }), ...(edgeMask === true && { edgeMask }) };
  return new Kind({ ...(layer.getConfig() as unknown as EdgeLayerArgs), ...changed });
}
