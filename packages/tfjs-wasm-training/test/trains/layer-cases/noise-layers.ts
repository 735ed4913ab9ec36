import { layers } from '@tensorflow/tfjs-layers';
import { type LayerCase, one } from './layer-case.js';
import { BATCH, IMAGE, ROW, SEQUENCE } from './layer-tasks.js';

/** Noise. */
export const noiseLayers: LayerCase[] = [
  one('dropout', IMAGE, () => layers.dropout({ rate: 0.4 })),
  one('dropout', IMAGE, () => layers.dropout({ rate: 0.4, noiseShape: [BATCH, 1, 1, 4] }), 'noiseShape'),
  one('spatialDropout1d', SEQUENCE, () => layers.spatialDropout1d({ rate: 0.4 } as never)),
  one('gaussianNoise', ROW, () => layers.gaussianNoise({ stddev: 0.3 })),
  one('gaussianDropout', ROW, () => layers.gaussianDropout({ rate: 0.3 })),
  one('alphaDropout', ROW, () => layers.alphaDropout({ rate: 0.3 })),
];
