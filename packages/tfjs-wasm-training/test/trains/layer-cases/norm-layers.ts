import { layers } from '@tensorflow/tfjs-layers';
import { type LayerCase, one } from './layer-case.js';
import { FILM, IMAGE, ROW, SEQUENCE, turnedTask } from './layer-tasks.js';

/** Normalisation. */
export const normLayers: LayerCase[] = [
  one('batchNormalization', ROW, () => layers.batchNormalization({})),
  one('batchNormalization', SEQUENCE, () => layers.batchNormalization({}), 'of sequences'),
  one('batchNormalization', IMAGE, () => layers.batchNormalization({}), 'of images'),
  one('batchNormalization', FILM, () => layers.batchNormalization({}), 'of films', {
    fails: /not implemented for array of rank 5/,
  }),
  one('batchNormalization', IMAGE, () => layers.batchNormalization({ axis: 1 }), 'axis 1', {
    reference: () => turnedTask(IMAGE, [2, 3, 1], [3, 1, 2]),
  }),
  one('batchNormalization', IMAGE, () => layers.batchNormalization({ axis: 2 }), 'axis 2', {
    reference: () => turnedTask(IMAGE, [1, 3, 2], [1, 3, 2]),
  }),
  one('batchNormalization', SEQUENCE, () => layers.batchNormalization({ axis: 1 }), 'of sequences, axis 1', {
    reference: () => turnedTask(SEQUENCE, [2, 1], [2, 1]),
  }),
  one(
    'batchNormalization',
    IMAGE,
    () => layers.batchNormalization({ scale: false, center: false }),
    'without scale and center',
    { fails: /Cannot read properties of undefined/ },
  ),
  one('layerNormalization', ROW, () => layers.layerNormalization({})),
  one('layerNormalization', IMAGE, () => layers.layerNormalization({ axis: [1, 2] }), 'two axes'),
];
