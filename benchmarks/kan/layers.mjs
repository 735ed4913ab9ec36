// The layers that kan.bench.mjs measures, and stacks of them: this project's, as any user of tfjs-layers makes them.
import {
  chebyshevKAN,
  classicFourierKAN,
  efficientKAN,
  fasterKAN,
  fastKAN,
  fourierKAN,
  jacobiKAN,
  rationalKAN,
  waveletKAN,
} from '@kanrecon/kan-layers';
import { layers } from '@tensorflow/tfjs-layers';

const wavelet = (waveletType) => (units) => waveletKAN({ units, waveletType, seed: 1 });

const makers = {
  dense: (units) => layers.dense({ units, kernelInitializer: 'glorotUniform' }),
  efficientKAN: (units) => efficientKAN({ units, seed: 1 }),
  fourierKAN: (units) => fourierKAN({ units, seed: 1 }),
  classicFourierKAN: (units) => classicFourierKAN({ units, seed: 1 }),
  chebyshevKAN: (units) => chebyshevKAN({ units, seed: 1 }),
  jacobiKAN: (units) => jacobiKAN({ units, seed: 1 }),
  fastKAN: (units) => fastKAN({ units, seed: 1 }),
  fasterKAN: (units) => fasterKAN({ units, seed: 1 }),
  'waveletKAN-mexicanHat': wavelet('mexicanHat'),
  'waveletKAN-morlet': wavelet('morlet'),
  'waveletKAN-derivativeOfGaussian': wavelet('derivativeOfGaussian'),
  rationalKAN: (units) => rationalKAN({ units, seed: 1 }),
};

/** A built stack of layers of the named kind: `{ variables, apply(x) }`, in training mode. */
export function ownStack(name, widths) {
  const stack = widths.slice(1).map((units, i) => {
    const layer = makers[name](units);
    layer.build([null, widths[i]]);
    return layer;
  });
  return {
    variables: stack.flatMap((layer) => layer.trainableWeights.map((weight) => weight.read())),
    apply: (x) => stack.reduce((value, layer) => layer.apply(value, { training: true }), x),
  };
}
