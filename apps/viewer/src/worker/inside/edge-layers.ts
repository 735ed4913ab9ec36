import { EdgeLayer } from '@kanrecon/kan-layers';
import type { Sequential } from '@tensorflow/tfjs-layers';

/** The layers of a head that have functions on their edges, in order: all but its input. */
export function edgeLayers({ layers }: Sequential): readonly EdgeLayer[] {
  return layers.filter((layer): layer is EdgeLayer => layer instanceof EdgeLayer);
}
