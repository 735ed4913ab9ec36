import { cast, type Tensor } from '@tensorflow/tfjs-core';

/**
 * A tensor of numbers or truth values in float32; `operation` and `name` stand in the error.
 *
 * @throws for words and complex numbers
 */
export function asFloat<Kind extends Tensor>(operation: string, name: string, tensor: Kind): Kind {
  if (tensor.dtype === 'float32') return tensor;
  if (tensor.dtype === 'int32' || tensor.dtype === 'bool') return cast(tensor, 'float32');
  throw new Error(`${operation}: ${name} must be of numbers; expected float32, int32 or bool, got ${tensor.dtype}`);
}
