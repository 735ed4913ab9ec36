import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { Reconstructor } from './reconstructor.js';

type Layer = Reconstructor['model']['layers'][number];

/** A weight of a network: its layer's name and its own, with its shape. */
export interface NamedWeight {
  /** `head_0/kernel` */
  readonly name: string;
  readonly shape: readonly number[];
}

/** What {@link beginFrom} has done. */
export interface BegunFrom {
  /** Weights that were taken over. */
  readonly taken: readonly NamedWeight[];
  /** Those that start anew, in the network's order; `there` is the shape of the source's weight of that name, if it has one. */
  readonly fresh: readonly (NamedWeight & { readonly there?: readonly number[] })[];
  /** Those of the source for which the network has no weight of that name. */
  readonly unused: readonly NamedWeight[];
}

/**
 * Begins a training from another network's weights: copies those that fit by name and shape, running means and variances too. A layer is
 * taken over whole or not at all, and only by a layer of its kind. The image size may be another, and so may the head and the targets; an
 * output layer of the same shape is taken over whatever it was to predict. Of another backbone nothing is taken: its layers are others, and
 * a head is worth nothing behind features that it was not trained on.
 *
 * @param reconstructor untrained; what does not fit keeps its random start
 * @param source trained; it stays as it is, and may be disposed afterwards
 */
export async function beginFrom(reconstructor: Reconstructor, source: Reconstructor): Promise<BegunFrom> {
  const sameBackbone = reconstructor.config.backbone === source.config.backbone;
  const sources = new Map((sameBackbone ? source.model.layers : []).map((layer) => [layer.name, layer]));
  const taken: NamedWeight[] = [];
  const fresh: (NamedWeight & { there?: readonly number[] })[] = [];
  for (const layer of reconstructor.model.layers) {
    const from = sources.get(layer.name);
    if (from && fits(layer, from)) {
      for (const [i, weight] of layer.weights.entries()) {
        const value = from.weights[i].read();
        // A copy: optimizers may change a weight's memory in place.
        const copy: Tensor = tensor((await value.data()).slice(), value.shape, value.dtype);
        weight.write(copy);
        copy.dispose();
      }
      taken.push(...weightsOf(layer));
      continue;
    }
    const shapes = new Map(
      from && sameKind(layer, from) ? weightsOf(from).map(({ name, shape }) => [name, shape]) : [],
    );
    fresh.push(
      ...weightsOf(layer).map((weight) => {
        const there = shapes.get(weight.name);
        return { ...weight, ...(there && { there }) };
      }),
    );
  }
  const known = new Set([...taken, ...fresh.filter(({ there }) => there)].map(({ name }) => name));
  const unused = source.model.layers.flatMap(weightsOf).filter(({ name }) => !known.has(name));
  return { taken, fresh, unused };
}

function fits(layer: Layer, from: Layer): boolean {
  const [own, theirs] = [weightsOf(layer), weightsOf(from)];
  return sameKind(layer, from) && JSON.stringify(own) === JSON.stringify(theirs);
}

function sameKind(layer: Layer, from: Layer): boolean {
  return layer.getClassName() === from.getClassName();
}

function weightsOf({ weights }: Layer): NamedWeight[] {
  return weights.map(({ originalName, shape }) => ({ name: originalName, shape: [...shape] as number[] }));
}
