import type { LayersModel, layers } from '@tensorflow/tfjs-layers';

/** What the names of a backbone's layers begin with. */
const PREFIX = 'features.';

/** The layers of the backbone in a model, in order. Looks into nested models; other layers are left out. */
export function backboneLayers(model: LayersModel): layers.Layer[] {
  return model.layers.flatMap((layer) => {
    if ('layers' in layer) return backboneLayers(layer as unknown as LayersModel);
    return layer.name.startsWith(PREFIX) ? [layer] : [];
  });
}

/** The stage that a layer of a backbone is of: 5 of `features.5.1.block.0.0`; infinite behind the last, as the pooling is. */
export function stageOf({ name }: { readonly name: string }): number {
  const [, stage] = /^features\.(\d+)(\.|$)/.exec(name) ?? [];
  return stage === undefined ? Number.POSITIVE_INFINITY : Number(stage);
}
