import { createRequire } from 'node:module';
// Its classes are in the map before it is remembered.
import '@tensorflow/tfjs-layers';
import { serialization } from '@tensorflow/tfjs-core';

/** The classes that TensorFlow.js can load, by name. */
export const classMap = serialization.SerializationMap.getMap().classNameMap;
const original = { ...classMap };

/** Those of this package among them. */
export function registeredHere(): string[] {
  return Object.keys(classMap)
    .filter((name) => name.startsWith('KanLayers'))
    .sort();
}

/** Makes the map what it was before anything was made or registered. */
export function resetClassMap(): void {
  for (const key of Object.keys(classMap)) delete classMap[key];
  Object.assign(classMap, original);
}

/** A real second copy, as a wrong installation has it: the same file, loaded again; it shares our core. */
export function secondCopy(): typeof import('@tensorflow/tfjs-layers') {
  const require = createRequire(import.meta.url);
  const path = require.resolve('@tensorflow/tfjs-layers');
  const first = require.cache[path];
  delete require.cache[path];
  try {
    return require(path);
  } finally {
    if (first) require.cache[path] = first;
  }
}
