import type { OnTrainingEvent } from '../../events/training-event.js';
import { type ActiveBackend, activateBackend } from './activate-backend.js';
import { type BackendName, backendNames } from './backend-names.js';
import { backendTable } from './backend-table.js';
import { type BackendTrial, tryBackend } from './try-backend.js';

/** TensorFlow.js has one engine a process, and so one backend at work. */
let current: ActiveBackend | undefined;

/**
 * Switches on the wanted backend and says which it is (a notice `backend`). For `auto`: WebAssembly when nothing else is installed (it beats
 * `cpu` everywhere); otherwise the one whose training step was the fastest in a measurement of about a second each. Asked
 * again in the same process, `auto` stays with its first choice.
 *
 * @throws TrainingError when the named backend is not usable here
 */
export async function chooseBackend(
  wanted: BackendName | 'auto',
  onEvent: OnTrainingEvent,
  signal?: AbortSignal,
): Promise<ActiveBackend> {
  if (current && (wanted === 'auto' || wanted === current.name)) return current;
  const name = wanted === 'auto' ? await fastestBackend(onEvent, signal) : wanted;
  current = await activateBackend(name);
  const { description } = current;
  onEvent({ type: 'notice', notice: { code: 'backend', name, description, chosen: wanted === 'auto' } });
  return current;
}

async function fastestBackend(onEvent: OnTrainingEvent, signal?: AbortSignal): Promise<BackendName> {
  const candidates = backendNames.filter((name) => name !== 'cpu' && backendTable[name].find().usable);
  if (candidates.length < 2) return candidates[0] ?? 'cpu';
  onEvent({ type: 'notice', notice: { code: 'backends-measuring', names: candidates } });
  let best: Extract<BackendTrial, { usable: true }> | undefined;
  for (const name of candidates) {
    const trial = await tryBackend(name, signal);
    const result = trial.usable ? { millisecondsPerImage: trial.millisecondsPerImage } : { reason: trial.reason };
    onEvent({ type: 'notice', notice: { code: 'backend-measured', name, ...result } });
    if (trial.usable && !(best && best.millisecondsPerImage <= trial.millisecondsPerImage)) best = trial;
  }
  return best?.name ?? 'cpu';
}
