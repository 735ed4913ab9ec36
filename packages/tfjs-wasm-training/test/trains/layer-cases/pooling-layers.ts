import { layers } from '@tensorflow/tfjs-layers';
import { type LayerCase, one } from './layer-case.js';
import { FILM, IMAGE, SEQUENCE } from './layer-tasks.js';

/** Pooling. */
export const poolingLayers: LayerCase[] = [
  one('averagePooling1d', SEQUENCE, () => layers.averagePooling1d({ poolSize: 2 })),
  one(
    'averagePooling1d',
    SEQUENCE,
    () => layers.averagePooling1d({ poolSize: 3, strides: 2, padding: 'same' }),
    'same',
    { noReference: 'the cpu backend divides by the whole window at edges' },
  ),
  one('averagePooling2d', IMAGE, () => layers.averagePooling2d({ poolSize: 2 })),
  one('averagePooling2d', IMAGE, () => layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }), 'same', {
    noReference: 'the cpu backend divides by the whole window at edges',
  }),
  one('averagePooling3d', FILM, () => layers.averagePooling3d({ poolSize: 2 })),
  one(
    'averagePooling3d',
    FILM,
    () => layers.averagePooling3d({ poolSize: 3, strides: 2, padding: 'same' } as never),
    'same',
    { needs: 'AvgPool3DGrad', noReference: 'the cpu backend divides by the whole window at edges' },
  ),
  one('maxPooling1d', SEQUENCE, () => layers.maxPooling1d({ poolSize: 2 })),
  one('maxPooling1d', SEQUENCE, () => layers.maxPooling1d({ poolSize: 3, strides: 2, padding: 'same' }), 'same'),
  one('maxPooling2d', IMAGE, () => layers.maxPooling2d({ poolSize: 2 })),
  one('maxPooling2d', IMAGE, () => layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }), 'same'),
  one('maxPooling2d', IMAGE, () => layers.maxPooling2d({ poolSize: 2, dataFormat: 'channelsFirst' }), 'channelsFirst'),
  one('maxPooling3d', FILM, () => layers.maxPooling3d({ poolSize: 2 }), undefined, { needs: 'MaxPool3DGrad' }),
  one('maxPooling3d', FILM, () => layers.maxPooling3d({ poolSize: 3, strides: 2, padding: 'same' } as never), 'same', {
    needs: 'MaxPool3DGrad',
  }),
  one('globalAveragePooling1d', SEQUENCE, () => layers.globalAveragePooling1d({})),
  one('globalAveragePooling2d', IMAGE, () => layers.globalAveragePooling2d({})),
  one('globalMaxPooling1d', SEQUENCE, () => layers.globalMaxPooling1d({})),
  one('globalMaxPooling2d', IMAGE, () => layers.globalMaxPooling2d({})),
];
