import { concat, reshape, type Tensor2D, type Tensor3D, tensor1d, transpose } from '@tensorflow/tfjs-core';
import type { BasisLayout } from '../bspline-basis.js';

/** [rows, inputs] as one function's slot in a layout: [rows, 1, inputs] or [1, inputs, rows]. */
export function slot(x: Tensor2D, layout: BasisLayout): Tensor3D {
  const [rows, inputs] = x.shape;
  return layout === 'rowsFirst' ? reshape(x, [rows, 1, inputs]) : reshape(transpose(x), [1, inputs, rows]);
}

/** Puts slots (or stacks of them) one after the other along the functions' axis. */
export function stackSlots(slots: Tensor3D[], layout: BasisLayout): Tensor3D {
  return slots.length === 1 ? slots[0]! : concat(slots, functionAxis(layout));
}

/** The axis that counts the functions. */
export function functionAxis(layout: BasisLayout): number {
  return layout === 'rowsFirst' ? 1 : 0;
}

/** One number per function, ready to be broadcast against slots. */
export function perFunction(values: readonly number[], layout: BasisLayout): Tensor3D {
  return reshape(tensor1d([...values], 'float32'), layout === 'rowsFirst' ? [1, -1, 1] : [-1, 1, 1]);
}
