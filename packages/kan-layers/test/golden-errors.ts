import {
  grads,
  mul,
  type Scalar,
  sum,
  type Tensor,
  transpose,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { importTorchWeights, type KANLayer } from '../src/index.js';
import type { Golden } from './golden-layers.js';
import { relativeError, toTensor } from './numbers.js';

/**
 * Gives a layer the weights of the PyTorch reference and compares what it computes with what the reference did. Reads tensors
 * asynchronously, as every backend can.
 *
 * @returns relative errors of 'output', 'input gradient' and the gradient of every trained weight, by the reference's name
 */
export async function goldenErrors(layer: KANLayer, file: Golden): Promise<Record<string, number>> {
  layer.build([null, file.input.shape[1]!]);
  importTorchWeights(layer, { ...file.weights, ...file.buffers });
  const x = toTensor(file.input);
  const cotangent = toTensor(file.cotangent);
  const errors: Record<string, number> = {};
  const compare = async (name: string, got: Tensor, expected: ArrayLike<number>) => {
    errors[name] = relativeError(await got.data(), expected);
  };
  const y = layer.apply(x) as Tensor;
  if (y.shape.join() !== file.output.shape.join()) throw new Error(`goldenErrors: output of shape [${y.shape}]`);
  await compare('output', y, file.output.data);
  const loss = (x: Tensor) => sum(mul(layer.apply(x) as Tensor, cotangent)) as Scalar;
  await compare('input gradient', grads(loss)([x])[0]!, file.inputGradient.data);

  const { grads: weightGradients } = variableGrads(() => loss(x));
  const byName = Object.fromEntries(layer.torchWeights().map((weight) => [weight.name, weight]));
  for (const [name, expected] of Object.entries(file.gradients)) {
    const { variable, axes } = byName[name]!;
    const got = weightGradients[(variable.read() as Variable).name]!;
    await compare(name, axes ? transpose(got, [...axes]) : got, expected.data);
  }
  return errors;
}
