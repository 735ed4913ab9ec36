import * as tf from '@tensorflow/tfjs-core';
import { TrainingError } from '../../training-error.js';
import type { BackendName } from './backend-names.js';
import { backendTable } from './backend-table.js';

/** The backend in use. */
export interface ActiveBackend {
  name: BackendName;
  /** What it is, in a few words: `WebAssembly, relaxed SIMD`. */
  description: string;
}

/**
 * Loads a backend and makes it TensorFlow.js' current one.
 *
 * @throws TrainingError `unknown-backend` when it is not installed, with the way to get it; `unusable-backend` when it does not work here
 */
export async function activateBackend(name: BackendName): Promise<ActiveBackend> {
  const spec = backendTable[name];
  const found = spec.find();
  if (!found.usable) {
    const { howToGet } = spec;
    const message = `activateBackend: ${name}: ${found.reason}; to get it: ${howToGet}`;
    throw new TrainingError('unknown-backend', { backend: name, reason: found.reason, howToGet }, message);
  }
  // No greeting, and no NaN check of every tensor: the training loop looks at the loss itself.
  tf.enableProdMode();
  try {
    return { name, description: await spec.activate() };
  } catch (error) {
    const reason = firstLine(error instanceof Error ? error.message : String(error));
    const message = `activateBackend: ${name} cannot be used here: ${reason}`;
    throw new TrainingError('unusable-backend', { backend: name, reason }, message, { cause: error });
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.replace(/[.:;\s]+$/, '');
}
