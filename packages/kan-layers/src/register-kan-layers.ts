import { layerTable } from './layer-table.js';
import { registerClasses } from './register-classes.js';

/**
 * Makes all layers, initializers and regularizers of this package known to `tf.loadLayersModel`. A factory registers its own layer with
 * what that needs; call this before loading a model with layers that the program has not made. Calling it again does nothing.
 *
 * @throws if two copies of TensorFlow.js are loaded, because loading would then end in "Unknown layer"
 */
export function registerKanLayers(): void {
  registerClasses(
    'registerKanLayers',
    new Set(Object.values(layerTable).flatMap(({ kind }) => [kind, ...kind.companions])),
  );
}
