import { StoredTensor, type TorchTensor } from '@kanrecon/backbones';
import { importTorchWeights, type KANLayer } from '@kanrecon/kan-layers';
import { tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';

type Tensors = Readonly<Record<string, TorchTensor>>;

/**
 * Fills a layer of a head with the tensors of the same layer in PyTorch.
 *
 * @throws Error in a sentence if they do not fit
 */
export function loadHeadLayer(layer: layers.Layer, tensors: Tensors): void {
  for (const [name, one] of Object.entries(tensors)) {
    if (one instanceof StoredTensor && !one.floating) {
      throw new RangeError(`${name}: expected floating-point numbers, got ${one.type}`);
    }
  }
  if (layer.getClassName() === 'Dense') loadDense(layer, tensors);
  else {
    if (tensors['grid']) checkGrid(tensors['grid']);
    importTorchWeights(layer as unknown as KANLayer, tensors);
  }
}

function loadDense(layer: layers.Layer, tensors: Tensors): void {
  const names = Object.keys(tensors).sort().join(', ');
  if (names !== 'bias, weight') throw new RangeError(`expected weight and bias, got ${names}`);
  const { weight, bias } = tensors as Record<'weight' | 'bias', TorchTensor>;
  if (bias.shape.join() !== String(weight.shape[0])) {
    throw new RangeError(`weight has the shape [${weight.shape}] and bias [${bias.shape}]`);
  }
  for (const [name, { data }] of Object.entries({ weight, bias })) {
    for (let i = 0; i < data.length; i++) {
      if (Number.isFinite(Math.fround(data[i]!))) continue;
      throw new RangeError(`${name}: expected finite numbers of single precision, got ${data[i]} at place ${i}`);
    }
  }
  tidy(() => {
    const kernel = transpose(tensor(Float32Array.from(weight.data), weight.shape as [number, number]));
    layer.setWeights([kernel, tensor(Float32Array.from(bias.data))]);
  });
}

/** Splines between knots that do not rise are no splines. */
function checkGrid({ shape, data }: TorchTensor): void {
  const knots = shape[1] ?? 0;
  for (let i = 1; i < data.length; i++) {
    if (i % knots !== 0 && !(data[i]! > data[i - 1]!)) {
      throw new RangeError(`grid: expected knots that rise, got ${data[i]} after ${data[i - 1]}`);
    }
  }
}
