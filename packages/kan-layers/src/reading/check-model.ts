import { Sequential } from '@tensorflow/tfjs-layers';
import { KANLayer } from '../kan-layer.js';

/**
 * Refuses what is no model that can be read, before anything is asked of it.
 *
 * @param name the function that asks, for messages
 * @throws unless it is a KAN layer, an array of layers or a Sequential
 */
export function checkModel(name: string, model: unknown): void {
  if (model instanceof KANLayer || model instanceof Sequential) return;
  if (!Array.isArray(model)) {
    throw new Error(
      `${name}: the model is wrong; expected a KAN layer, an array of layers or a Sequential, got ${kindOf(model)}`,
    );
  }
  model.forEach((layer, i) => {
    checkLayer(name, layer, `layer ${i} of the model`);
  });
}

/** @throws unless it is a layer of TensorFlow.js, of whatever kind */
export function checkLayer(name: string, layer: unknown, what = 'the layer'): void {
  if (classNameOf(layer) !== undefined) return;
  throw new Error(`${name}: ${what} is wrong; expected a layer, got ${kindOf(layer)}`);
}

/** What a value is, in words: of what TensorFlow.js can save the name of its class. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  return classNameOf(value) ?? (typeof value === 'object' ? 'an object' : `a ${typeof value}`);
}

function classNameOf(value: unknown): string | undefined {
  const made = value as { readonly getClassName?: unknown } | null | undefined;
  return typeof made?.getClassName === 'function' ? made.getClassName() : undefined;
}
