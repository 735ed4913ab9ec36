import type { Reconstructor } from '../network/reconstructor.js';

/** The layers of a head that have weights: all but its dropouts. They are `fc1`, `fc2`, … of a checkpoint. */
export function weighted(layers: Reconstructor['headLayers']): Reconstructor['headLayers'] {
  return layers.filter((layer) => layer.getClassName() !== 'Dropout');
}
