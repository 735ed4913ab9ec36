import { layers } from '@tensorflow/tfjs-layers';
import { type LayerCase, one } from './layer-case.js';
import { IMAGE, ROW } from './layer-tasks.js';

/** Activations with a layer of their own. */
export const activationLayers: LayerCase[] = [
  one('reLU', ROW, () => layers.reLU()),
  one('reLU', ROW, () => layers.reLU({ maxValue: 0.4 }), 'maxValue'),
  one('leakyReLU', ROW, () => layers.leakyReLU({ alpha: 0.2 })),
  one('prelu', ROW, () => layers.prelu({ alphaInitializer: 'glorotUniform' })),
  one('prelu', IMAGE, () => layers.prelu({ alphaInitializer: 'glorotUniform', sharedAxes: [1, 2] }), 'sharedAxes'),
  one('elu', ROW, () => layers.elu({ alpha: 1 })),
  one('thresholdedReLU', ROW, () => layers.thresholdedReLU({ theta: 0.2 }), undefined, {
    noReference: 'tfjs has no gradient of comparisons',
  }),
  one('softmax', ROW, () => layers.softmax()),
  one('softmax', IMAGE, () => layers.softmax({ axis: 1 }), 'axis 1', { fails: /Softmax along a non-last dimension/ }),
];
