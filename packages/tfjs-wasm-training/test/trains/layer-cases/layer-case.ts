import type { Task } from '../train-once.js';
import { type LayerFactory, taskFor } from './layer-tasks.js';

/** A layer in a network of its own. */
export interface LayerCase {
  /** The layer's name, as in `tf.layers`. */
  layer: string;
  /** What is special about it here. */
  form?: string;
  build(): Task;
  /** Why the cpu backend is no reference: differences of the loss are it then. */
  noReference?: string;
  /** The same with other layers, which the cpu backend computes rightly. */
  reference?(): Task;
  /** What every backend says, because tfjs-layers or tfjs-core cannot do it. */
  fails?: RegExp;
  /** A kernel of tfjs that is wrong; the case is trained as soon as this package has one of its own. */
  needs?: string;
}

export function one(
  layer: string,
  shape: number[],
  create: LayerFactory,
  form?: string,
  more: Partial<LayerCase> = {},
): LayerCase {
  return { layer, form, build: () => taskFor(shape, create), ...more };
}
