import { activateBackend } from './activate-backend.js';
import type { BackendName } from './backend-names.js';
import { measureStep } from './measure-step.js';
import type { BackendTrial } from './try-backend.js';

/** Loads a backend in this process and times its training step. */
export async function measureBackend(name: BackendName): Promise<BackendTrial> {
  try {
    const { description } = await activateBackend(name);
    return { name, usable: true, description, millisecondsPerImage: await measureStep(name === 'cpu' ? 1 : undefined) };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n', 1)[0]! : String(error);
    return { name, usable: false, reason };
  }
}
