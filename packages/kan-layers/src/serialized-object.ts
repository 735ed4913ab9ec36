import { serialization } from '@tensorflow/tfjs-core';
import type { SerializedObject } from './types.js';

/** What initializers, regularizers, constraints and activations have in common. */
interface Applicable extends serialization.Serializable {
  apply(...args: never[]): unknown;
}

/**
 * Turns a name, a serialised object or an instance into an instance, by TensorFlow.js' own class map.
 *
 * @param seed put into the configuration of an object that is given by name only
 * @throws if the class is unknown
 */
export function deserializeObject<T extends Applicable>(
  kind: 'initializer' | 'regularizer' | 'constraint',
  identifier: string | SerializedObject | T,
  seed?: number,
): T {
  if (typeof identifier === 'object' && 'apply' in identifier) return identifier;
  const { className, config } =
    typeof identifier === 'string'
      ? { className: classNameOf(identifier), config: seed === undefined ? {} : { seed } }
      : identifier;
  const entry = serialization.SerializationMap.getMap().classNameMap[className];
  if (!entry) {
    throw new Error(
      `deserializeObject: unknown ${kind}; expected the name of a registered class (registerKanLayers() registers all of this package), got '${typeof identifier === 'string' ? identifier : className}'`,
    );
  }
  const [registered, fromConfig] = entry;
  return fromConfig(registered, config as serialization.ConfigDict) as unknown as T;
}

/** The inverse of {@link deserializeObject}; null for null. */
export function serializeObject(object: serialization.Serializable | null): serialization.ConfigDict | null {
  return object && { className: object.getClassName(), config: object.getConfig() };
}

/** 'glorotUniform' names the class GlorotUniform, 'l1l2' the class L1L2. */
function classNameOf(identifier: string): string {
  return identifier === 'l1l2' ? 'L1L2' : identifier.charAt(0).toUpperCase() + identifier.slice(1);
}
