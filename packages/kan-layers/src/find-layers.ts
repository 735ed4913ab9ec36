import type { LayersModel, layers } from '@tensorflow/tfjs-layers';

/**
 * All layers of a kind in a model, each once, in the model's own order; also those in models inside it and in wrappers such as
 * `timeDistributed`. Given a single layer, that one.
 */
export function findLayers<T extends layers.Layer>(
  model: LayersModel | layers.Layer,
  isKind: (layer: layers.Layer) => layer is T,
): T[] {
  const found = new Set<T>();
  const visit = (layer: layers.Layer) => {
    if (isKind(layer)) found.add(layer);
    for (const inner of innerLayers(layer)) visit(inner);
  };
  visit(model);
  return [...found];
}

/** The layers directly inside a model or a wrapper. */
export function innerLayers(layer: layers.Layer): layers.Layer[] {
  const { layers: many, layer: one } = layer as unknown as { layers?: layers.Layer[]; layer?: layers.Layer };
  return Array.isArray(many) ? many : one ? [one] : [];
}
