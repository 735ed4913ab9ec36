import type { EdgeLayer } from '@kanrecon/kan-layers';

/** Kind of a layer as it is called: EfficientKAN. */
export function layerKind(layer: EdgeLayer): string {
  return layer.getClassName().replace(/^KanLayers/, '');
}
