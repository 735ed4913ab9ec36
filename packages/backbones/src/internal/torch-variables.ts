import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { backboneLayers } from './backbone-layers.js';

type LayerVariable = layers.Layer['weights'][number];

/** A weight of a model beside its name and shape in torch. */
export interface TorchVariable {
  /** `features.0.weight` */
  name: string;
  shape: number[];
  /** Source axis (torch) of each axis of the TensorFlow.js weight; undefined where the two layouts are one. */
  axes?: readonly number[];
  variable: LayerVariable;
}

/** How a weight of TensorFlow.js is called and laid out in torch. */
const WEIGHTS: Readonly<Record<string, { torch: string; axes?: readonly number[] }>> = {
  kernel: { torch: 'weight', axes: [2, 3, 1, 0] }, // [out, in, height, width] → [height, width, in, out]
  depthwise_kernel: { torch: 'weight', axes: [2, 3, 0, 1] }, // [channels, 1, height, width] → [height, width, channels, 1]
  bias: { torch: 'bias' },
  gamma: { torch: 'weight' },
  beta: { torch: 'bias' },
  moving_mean: { torch: 'running_mean' },
  moving_variance: { torch: 'running_var' },
};

/** All weights of the backbone in a model, in torch's order. Looks into nested models; other layers are left out. */
export function torchVariables(model: LayersModel): TorchVariable[] {
  return backboneLayers(model).flatMap((layer) =>
    layer.weights.map((variable) => {
      const kind = variable.originalName.slice(variable.originalName.lastIndexOf('/') + 1);
      const weight = WEIGHTS[kind];
      if (!weight) throw new Error(`torchVariables: unknown weight ${variable.originalName}`);
      const { torch, axes } = weight;
      const from = variable.shape as number[];
      const shape = axes ? from.map((_, axis) => from[axes.indexOf(axis)] as number) : [...from];
      return { name: `${layer.name}.${torch}`, shape, axes, variable };
    }),
  );
}
