import type { LayersModel } from '@tensorflow/tfjs-layers';
import { checkOptions } from './check-options.js';
import { backboneLayers, stageOf } from './internal/backbone-layers.js';
import { holdStatistics } from './internal/hold-statistics.js';
import { modelOf } from './internal/model-of.js';

/** Options of {@link unfreeze}. */
export interface UnfreezeOptions {
  /** The first stage that is freed, `stage5` say: names as in `featureMaps`. All stages when left out. */
  from?: string;
}

/**
 * Frees a frozen backbone, or its stages from one on; those before it stay as they are. Freed weights are trained, and freed batch norms
 * follow the batch in training.
 *
 * @param backbone a backbone, or a model that contains one
 * @throws RangeError if there is no backbone in it, or no such stage
 */
export function unfreeze(backbone: LayersModel | { readonly model: LayersModel }, options: UnfreezeOptions = {}): void {
  checkOptions('unfreeze', options, { from: 'stage0' });
  const model = modelOf('unfreeze', backbone);
  const layers = backboneLayers(model);
  if (layers.length === 0) throw new RangeError('unfreeze: the model contains no backbone of this package');
  const first = options.from === undefined ? 0 : stageNumber(options.from, layers);
  allowTraining(model);
  for (const layer of layers.filter((one) => stageOf(one) >= first)) {
    layer.trainable = true;
    holdStatistics(layer, false);
  }
}

function stageNumber(name: string, layers: readonly { readonly name: string }[]): number {
  const last = Math.max(...layers.map(stageOf).filter(Number.isFinite));
  const [, digits] = /^stage(\d{1,3})$/.exec(name) ?? [];
  const stage = Number(digits ?? Number.NaN);
  if (stage <= last) return stage;
  throw new RangeError(`unfreeze: no such stage; expected stage0 to stage${last}, got ${name}`);
}

/**
 * A model that was frozen as a whole (`model.trainable = false`) trains nothing, whatever its layers say. Where that is lifted, its
 * backbone's layers keep it until their stage is freed.
 */
function allowTraining(model: LayersModel): void {
  if (!model.trainable) {
    model.trainable = true;
    // The setter has freed the weights of all layers.
    for (const layer of model.layers) if (!('layers' in layer)) layer.trainable = layer.trainable as boolean;
    for (const layer of backboneLayers(model)) layer.trainable = false;
  }
  for (const layer of model.layers) if ('layers' in layer) allowTraining(layer as unknown as LayersModel);
}
