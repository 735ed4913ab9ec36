import { serialization } from '@tensorflow/tfjs-core';
import { checkSameClassMap } from './check-same-tfjs.js';

/** A class that TensorFlow.js can save and load. */
export type SerializableClass = serialization.SerializableConstructor<serialization.Serializable>;

/**
 * Makes classes known to TensorFlow.js, by whose map it finds them when it loads a model. Those that are known are passed over.
 *
 * @param who the function that asks, for the message
 * @throws if two copies of TensorFlow.js are loaded, because loading would then end in "Unknown layer"
 */
export function registerClasses(who: string, classes: Iterable<SerializableClass>): void {
  const map = serialization.SerializationMap.getMap().classNameMap;
  const unknown = [...classes].filter((each) => map[each.className]?.[0] !== each);
  if (unknown.length === 0) return;
  checkSameClassMap(who);
  for (const each of unknown) serialization.registerClass(each);
}
