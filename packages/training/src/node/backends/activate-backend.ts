import * as tf from '@tensorflow/tfjs-core';
import { UserError } from 'kanrecon';
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
 * @throws UserError when it is not installed or does not work here, with the way to get it
 */
export async function activateBackend(name: BackendName): Promise<ActiveBackend> {
  const spec = backendTable[name];
  const found = spec.find();
  if (!found.usable) throw new UserError(`backend ${name}: ${found.reason}; to get it: ${spec.howToGet}.`);
  // No greeting, and no NaN check of every tensor: the training loop looks at the loss itself.
  tf.enableProdMode();
  try {
    return { name, description: await spec.activate() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `backend ${name} cannot be used here: ${firstLine(reason)}; "kanrecon backends" lists what can be.`,
      { cause: error },
    );
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.replace(/[.:;\s]+$/, '');
}
