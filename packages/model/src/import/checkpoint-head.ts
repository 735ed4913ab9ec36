import type { TorchTensor } from '@kanrecon/backbones';
import type { HeadType } from '../heads/head-names.js';

/** A head in a checkpoint of the study: its layers `fc1`, `fc2`, …, each with its tensors by the reference's names. */
export interface CheckpointHead {
  readonly type: HeadType;
  /** Length of the feature vector that it takes. */
  readonly inputs: number;
  /** Units of each layer; the last are the outputs. */
  readonly units: readonly number[];
  readonly layers: readonly Readonly<Record<string, TorchTensor>>[];
}

/** How a kind of layer is told, and which of its tensors has the shape [units, inputs]. */
const kinds: readonly { readonly type: HeadType; readonly tell: string; readonly matrix: string }[] = [
  { type: 'fourierKAN', tell: 'feature_transform.weight', matrix: 'final_linear.weight' },
  { type: 'efficientKAN', tell: 'spline_weight', matrix: 'base_weight' },
  { type: 'fastKAN', tell: 'spline_linear.weight', matrix: 'base_linear.weight' },
  { type: 'mlp', tell: 'weight', matrix: 'weight' },
];

/**
 * Finds the head among the tensors of a checkpoint that do not belong to the backbone.
 *
 * @param tensors by name
 * @throws RangeError in one clause for what is no such head
 */
export function checkpointHead(tensors: Readonly<Record<string, TorchTensor>>): CheckpointHead {
  const groups = new Map<number, Record<string, TorchTensor>>();
  for (const [name, tensor] of Object.entries(tensors)) {
    const [, number, rest] = /^fc([1-9]\d?)\.(.+)$/.exec(name) ?? [];
    if (number === undefined || rest === undefined) {
      throw new RangeError(`${name} belongs neither to the backbone (backbone.…) nor to the head (fc1.…, fc2.…)`);
    }
    // Without a prototype: a tensor may be called __proto__.
    const group: Record<string, TorchTensor> = groups.get(Number(number)) ?? Object.create(null);
    group[rest] = tensor;
    groups.set(Number(number), group);
  }
  const layers = [...groups].sort(([a], [b]) => a - b).map(([, layer]) => layer);
  if (layers.length === 0 || !groups.has(layers.length)) {
    const got = groups.size === 0 ? 'none' : [...groups.keys()].map((number) => `fc${number}`).join(', ');
    throw new RangeError(`its head is not whole; expected layers fc1, fc2, … without a gap, got ${got}`);
  }
  const read = layers.map((layer, index) => readLayer(layer, `fc${index + 1}`));
  const [first] = read;
  read.forEach(({ type, inputs }, index) => {
    if (type !== first!.type) throw new RangeError(`fc1 is of ${first!.type} and fc${index + 1} of ${type}`);
    const before = read[index - 1]?.units ?? inputs;
    if (inputs !== before) throw new RangeError(`fc${index + 1} takes ${inputs} numbers; fc${index} gives ${before}`);
  });
  return { type: first!.type, inputs: first!.inputs, units: read.map(({ units }) => units), layers };
}

function readLayer(layer: Readonly<Record<string, TorchTensor>>, name: string) {
  const kind = kinds.find(({ tell }) => Object.hasOwn(layer, tell));
  const shape = kind && layer[kind.matrix]?.shape;
  if (!kind || shape?.length !== 2) {
    const known = kinds.map(({ type, matrix }) => `${type} (${matrix})`).join(', ');
    throw new RangeError(
      `${name} is no layer of a known kind; expected ${known}, got ${Object.keys(layer).join(', ')}`,
    );
  }
  return { type: kind.type, units: shape[0] as number, inputs: shape[1] as number };
}
