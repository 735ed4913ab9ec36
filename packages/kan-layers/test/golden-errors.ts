import { grads, mul, type Scalar, sum, type Tensor, type Variable, variableGrads } from '@tensorflow/tfjs-core';
import { toTorchLayout } from '../src/export-torch-weights.js';
import { importTorchWeights, type KANLayer } from '../src/index.js';
import { type Golden, stateDictOf } from './golden-layers.js';
import { relativeError, toTensor } from './numbers.js';

/**
 * Gives a layer the weights of the PyTorch reference and compares what it computes with what the reference did. Reads tensors
 * asynchronously, as every backend can.
 *
 * @returns relative errors of 'output', 'input gradient' and the gradient of every trained weight, by the reference's name; only the first where the file has
 *   no gradients
 */
export async function goldenErrors(layer: KANLayer, file: Golden): Promise<Record<string, number>> {
  layer.build([null, file.input.shape[1]!]);
  importTorchWeights(layer, stateDictOf(file));
  const x = toTensor(file.input);
  const cotangent = toTensor(file.cotangent);
  const errors: Record<string, number> = {};
  const compare = async (name: string, got: Tensor, expected: ArrayLike<number>) => {
    errors[name] = relativeError(await got.data(), expected);
  };
  const apply = (x: Tensor) => layer.apply(x, { training: true }) as Tensor;
  const y = apply(x);
  if (y.shape.join() !== file.output.shape.join()) throw new Error(`goldenErrors: output of shape [${y.shape}]`);
  await compare('output', y, file.output.data);
  const loss = (x: Tensor) => sum(mul(apply(x), cotangent)) as Scalar;
  if (!file.inputGradient) return errors;
  await compare('input gradient', grads(loss)([x])[0]!, file.inputGradient.data);

  const { grads: weightGradients } = variableGrads(() => loss(x));
  const byName = Object.fromEntries(layer.torchWeights().map((weight) => [weight.name, weight]));
  for (const [name, expected] of Object.entries(file.gradients)) {
    const weight = byName[name]!;
    const got = toTorchLayout(weightGradients[(weight.variable.read() as Variable).name]!, weight);
    if (got.shape.join() !== expected.shape.join()) throw new Error(`goldenErrors: ${name} of shape [${got.shape}]`);
    await compare(name, got, expected.data);
  }
  return errors;
}
