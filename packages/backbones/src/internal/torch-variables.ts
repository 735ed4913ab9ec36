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

/**
 * All weights of the backbone in a model, in torch's order. Looks into nested models; other layers are left out.
 *
 * @param caller begins the error
 * @throws RangeError if two nested models have weights of the same name, which no file could tell apart
 */
export function torchVariables(model: LayersModel, caller = 'torchVariables'): TorchVariable[] {
  const variables = ownedLayers(model).flatMap(({ layer, owner }) =>
    layer.weights.map((variable) => ({ ...torchVariable(layer, variable), owner })),
  );
  const owners = new Map<string, string>();
  return variables.map(({ owner, ...variable }) => {
    const other = owners.get(variable.name);
    if (other !== undefined) {
      throw new RangeError(
        `${caller}: the models ${other} and ${owner} both have the weight ${variable.name}; expected one backbone, so hand over either model by itself`,
      );
    }
    owners.set(variable.name, owner);
    return variable;
  });
}

/** The backbone's layers, each once, with the name of the model that holds it. */
function ownedLayers(model: LayersModel): { layer: layers.Layer; owner: string }[] {
  const owners = new Map<layers.Layer, string>();
  const visit = (one: LayersModel) => {
    const nested = one.layers.filter((layer) => 'layers' in layer) as unknown as LayersModel[];
    for (const inner of nested) visit(inner);
    for (const layer of backboneLayers(one)) if (!owners.has(layer)) owners.set(layer, one.name);
  };
  visit(model);
  return backboneLayers(model).flatMap((layer, i, all) =>
    all.indexOf(layer) === i ? [{ layer, owner: owners.get(layer) as string }] : [],
  );
}

function torchVariable(layer: layers.Layer, variable: LayerVariable): TorchVariable {
  const kind = variable.originalName.slice(variable.originalName.lastIndexOf('/') + 1);
  const weight = WEIGHTS[kind];
  if (!weight) throw new Error(`torchVariables: unknown weight ${variable.originalName}`);
  const { torch, axes } = weight;
  const from = variable.shape as number[];
  const shape = axes ? from.map((_, axis) => from[axes.indexOf(axis)] as number) : [...from];
  return { name: `${layer.name}.${torch}`, shape, axes, variable };
}
