import { layers } from '@tensorflow/tfjs-layers';
import { type LayerCase, one } from './layer-case.js';
import { IMAGE, maskedTask, ROW, SEQUENCE, wordsTask } from './layer-tasks.js';

/** Dense and friends. */
export const simpleLayers: LayerCase[] = [
  one('dense', ROW, () => layers.dense({ units: 4 })),
  one('dense', SEQUENCE, () => layers.dense({ units: 4, useBias: false }), 'of sequences'),
  one('activation', ROW, () => layers.activation({ activation: 'tanh' })),
  one('flatten', IMAGE, () => layers.flatten()),
  one('flatten', IMAGE, () => layers.flatten({ dataFormat: 'channelsFirst' }), 'channelsFirst'),
  one('reshape', IMAGE, () => layers.reshape({ targetShape: [4, 56] })),
  one('permute', SEQUENCE, () => layers.permute({ dims: [2, 1] })),
  one('permute', IMAGE, () => layers.permute({ dims: [3, 1, 2] }), 'of images'),
  one('repeatVector', ROW, () => layers.repeatVector({ n: 3 })),
  one('masking', SEQUENCE, () => layers.masking({ maskValue: 0 }), undefined, {
    noReference: 'tfjs has no gradient of comparisons',
  }),
  one('rescaling', IMAGE, () => layers.rescaling({ scale: 0.5, offset: 1 })),
  {
    layer: 'embedding',
    build: () => wordsTask((words) => layers.embedding({ inputDim: 9, outputDim: 5 }).apply(words)),
  },
  {
    layer: 'embedding',
    form: 'maskZero, then LSTM',
    build: () =>
      wordsTask((words) =>
        layers.lstm({ units: 4 }).apply(layers.embedding({ inputDim: 9, outputDim: 5, maskZero: true }).apply(words)),
      ),
  },
  { layer: 'masking', form: 'then LSTM', build: maskedTask },
  {
    layer: 'categoryEncoding',
    build: () => wordsTask((words) => layers.categoryEncoding({ numTokens: 9, outputMode: 'multiHot' }).apply(words)),
    fails: /expected a batch of elements/,
  },
];
