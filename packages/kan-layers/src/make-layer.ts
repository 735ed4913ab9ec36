import type { OptionNames } from './check-options.js';
import type { KANLayer } from './kan-layer.js';
import { registerClasses, type SerializableClass } from './register-classes.js';
import type { LayerArgs } from './types.js';

/** The class of a layer of this package. */
export interface LayerClass extends SerializableClass {
  /** See {@link KANLayer.companions}. */
  readonly companions: readonly SerializableClass[];
  /** See {@link KANLayer.argNames}. */
  readonly argNames: OptionNames<LayerArgs & { units: number }>;
}

/**
 * Makes a layer whose model can be saved and loaded: registers its class, the companions of its class, and the classes of this package
 * among its arguments (a `new UniformInitializer()` as somebody's `kernelInitializer`). And no other, so that a bundle with one layer holds
 * one layer.
 *
 * @param who the function that asks, for messages
 * @throws if two copies of TensorFlow.js are loaded, or as the constructor does
 */
export function makeLayer<Layer extends KANLayer, Args extends object>(
  who: string,
  Class: LayerClass & (new (args: Args) => Layer),
  args: Args,
): Layer {
  registerClasses(who, [Class, ...Class.companions, ...Object.values(args).flatMap(ownClass)]);
  return new Class(args);
}

/** The class of an instance of this package's initializers and regularizers, by the names that they have; none of any other value. */
function ownClass(value: unknown): SerializableClass[] {
  const made = (value as object | null | undefined)?.constructor as Partial<SerializableClass> | undefined;
  // Somebody's subclass has the name by inheritance only, and must not take its place.
  const own = made !== undefined && Object.hasOwn(made, 'className') && typeof made.className === 'string';
  return own && made.className?.startsWith('KanLayers') ? [made as SerializableClass] : [];
}
