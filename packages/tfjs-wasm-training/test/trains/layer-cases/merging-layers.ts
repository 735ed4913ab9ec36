import { layers } from '@tensorflow/tfjs-layers';
import type { LayerCase } from './layer-case.js';
import { mergeTask } from './layer-tasks.js';

/** Layers of several inputs. */
export const mergingLayers: LayerCase[] = [
  ...(['add', 'average', 'multiply', 'maximum', 'minimum', 'concatenate'] as const).map((name) => ({
    layer: name,
    build: () => mergeTask(() => layers[name]()),
  })),
  { layer: 'concatenate', form: 'axis 1', build: () => mergeTask(() => layers.concatenate({ axis: 1 })) },
  { layer: 'dot', build: () => mergeTask(() => layers.dot({ axes: -1 })) },
  { layer: 'dot', form: 'normalized', build: () => mergeTask(() => layers.dot({ axes: 1, normalize: true })) },
];
