import { layers } from '@tensorflow/tfjs-layers';
import { type LayerCase, one } from './layer-case.js';
import { IMAGES, SEQUENCE, taskFor } from './layer-tasks.js';

/** tfjs refuses it on every backend. */
const DILATION = 'tfjs has no gradient with dilation';

/** Recurrent layers and their wrappers. */
export const recurrentLayers: LayerCase[] = [
  ...(['lstm', 'gru', 'simpleRNN'] as const).flatMap((name) => [
    one(name, SEQUENCE, () => layers[name]({ units: 4 } as never)),
    one(
      name,
      SEQUENCE,
      () => layers[name]({ units: 4, returnSequences: true, goBackwards: true } as never),
      'sequences, backwards',
    ),
    one(name, SEQUENCE, () => layers[name]({ units: 4, dropout: 0.3, recurrentDropout: 0.2 } as never), 'dropout'),
    one(name, SEQUENCE, () => layers[name]({ units: 4, unroll: true } as never), 'unrolled'),
  ]),
  one('gru', SEQUENCE, () => layers.gru({ units: 4, resetAfter: false } as never), 'resetAfter: false'),
  {
    layer: 'lstm',
    form: 'stateful',
    build: () => taskFor([SEQUENCE[0]!, SEQUENCE[1]!], () => layers.lstm({ units: 4, stateful: true }), true),
  },
  one('rnn', SEQUENCE, () => layers.rnn({ cell: layers.gruCell({ units: 4 }), returnSequences: true } as never)),
  one('gruCell', SEQUENCE, () => layers.rnn({ cell: layers.gruCell({ units: 4 }) } as never)),
  one('lstmCell', SEQUENCE, () => layers.rnn({ cell: layers.lstmCell({ units: 4 }) } as never)),
  one('simpleRNNCell', SEQUENCE, () => layers.rnn({ cell: layers.simpleRNNCell({ units: 4 }) } as never)),
  one('stackedRNNCells', SEQUENCE, () =>
    layers.rnn({
      cell: layers.stackedRNNCells({ cells: [layers.lstmCell({ units: 4 }), layers.simpleRNNCell({ units: 3 })] }),
    } as never),
  ),
  ...(['concat', 'sum', 'ave', 'mul'] as const).map((mergeMode) =>
    one(
      'bidirectional',
      SEQUENCE,
      () => layers.bidirectional({ layer: layers.lstm({ units: 3, returnSequences: true }) as never, mergeMode }),
      mergeMode,
    ),
  ),
  one('timeDistributed', SEQUENCE, () => layers.timeDistributed({ layer: layers.dense({ units: 3 }) })),
  one(
    'timeDistributed',
    IMAGES,
    () => layers.timeDistributed({ layer: layers.conv2d({ filters: 3, kernelSize: 3 }) }),
    'of convolutions',
  ),
  one('convLstm2d', IMAGES, () => layers.convLstm2d({ filters: 3, kernelSize: 3, padding: 'same' } as never)),
  one(
    'convLstm2d',
    IMAGES,
    () => layers.convLstm2d({ filters: 3, kernelSize: 2, dilationRate: 2, returnSequences: true } as never),
    'dilated, sequences',
    { noReference: DILATION },
  ),
];
