import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { applyLayer } from './apply-layer.js';

/**
 * torch's `MaxPool2d(3, 2, ceil_mode=True)` in standard layers, for inputs that are nowhere negative (after a ReLU).
 *
 * With n pixels the output has ⌈(n − 3) / 2⌉ + 1. For odd n every window lies inside the image: this is 'valid'. For even
 * n the last window reaches one pixel beyond the end: this is 'same', which pads with −∞ exactly there. Where one side is
 * odd and the other even, or a side is not known yet, a row or column of zeros is added at the end instead: as the input
 * is never negative, a zero changes no maximum; and where n was odd after all, the extra pixels are in no window.
 * (Tried: always adding the zeros; a copy of the largest maps of the network, for nothing at the usual sizes.)
 */
export function ceilModeMaxPool(x: SymbolicTensor, name: string): SymbolicTensor {
  const [, height, width] = x.shape as (number | null)[];
  const mayOverhang = [height, width].map((side) => side == null || side % 2 === 0);
  const known = height != null && width != null;
  if (known && mayOverhang[0] === mayOverhang[1]) {
    return applyLayer(pool(name, mayOverhang[0] ? 'same' : 'valid'), x);
  }
  const pad = layers.zeroPadding2d({
    name: `${name}.pad`,
    padding: [
      [0, mayOverhang[0] ? 1 : 0],
      [0, mayOverhang[1] ? 1 : 0],
    ],
  });
  return applyLayer(pool(name, 'valid'), applyLayer(pad, x));
}

function pool(name: string, padding: 'same' | 'valid'): layers.Layer {
  return layers.maxPooling2d({ name, poolSize: 3, strides: 2, padding });
}
