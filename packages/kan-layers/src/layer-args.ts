import type { OptionNames } from './check-options.js';
import { checkedConfig } from './checked-config.js';
import { fillDefaults } from './fill-defaults.js';
import type { LayerArgs, WeightArgs } from './types.js';

/** The arguments that every layer of TensorFlow.js takes, by name. */
export const layerArgNames: OptionNames<LayerArgs> = {
  inputShape: 1,
  batchInputShape: 1,
  batchSize: 1,
  dtype: 1,
  name: 1,
  trainable: 1,
  weights: 1,
  inputDType: 1,
};

/** The arguments of named weights, by name. */
export function weightArgNames<Name extends string>(...names: readonly Name[]): OptionNames<WeightArgs<Name>> {
  const parts = ['Initializer', 'Regularizer', 'Constraint'];
  return Object.fromEntries(names.flatMap((name) => parts.map((part) => [name + part, 1]))) as never;
}

/**
 * A layer's arguments over their defaults, of which none is unknown: neither in code nor in a saved configuration.
 *
 * @throws if one is, with the name that was probably meant
 */
export function layerArgs<A extends object, D extends object>(
  { className, argNames }: { readonly className: string; readonly argNames: OptionNames<A> },
  args: A,
  defaults: D,
) {
  return fillDefaults(checkedConfig(className.replace('KanLayers', ''), args, argNames), defaults);
}
