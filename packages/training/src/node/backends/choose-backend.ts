import type { Ui } from 'kanrecon';
import { type ActiveBackend, activateBackend } from './activate-backend.js';
import { type BackendName, backendNames } from './backend-names.js';
import { backendTable } from './backend-table.js';
import { type BackendTrial, tryBackend } from './try-backend.js';

/** TensorFlow.js has one engine a process, and so one backend at work. */
let current: ActiveBackend | undefined;

/**
 * Switches on the wanted backend and says which it is. For `auto`: WebAssembly when nothing else is installed (it beats
 * `cpu` everywhere); otherwise the one whose training step was the fastest in a measurement of about a second each. Asked
 * again in the same process, `auto` stays with its first choice.
 *
 * @throws UserError when the named backend is not usable here
 */
export async function chooseBackend(
  wanted: BackendName | 'auto',
  ui: Ui,
  signal?: AbortSignal,
): Promise<ActiveBackend> {
  if (current && (wanted === 'auto' || wanted === current.name)) return current;
  const name = wanted === 'auto' ? await fastestBackend(ui, signal) : wanted;
  current = await activateBackend(name);
  ui.note(`Backend: ${name} (${current.description})${wanted === 'auto' ? ', chosen automatically' : ''}.`);
  return current;
}

async function fastestBackend(ui: Ui, signal?: AbortSignal): Promise<BackendName> {
  const candidates = backendNames.filter((name) => name !== 'cpu' && backendTable[name].find().usable);
  if (candidates.length < 2) return candidates[0] ?? 'cpu';
  ui.detail(`Measuring ${candidates.join(', ')} …`);
  let best: Extract<BackendTrial, { usable: true }> | undefined;
  for (const name of candidates) {
    const trial = await tryBackend(name, signal);
    if (!trial.usable) ui.detail(`  ${name}: ${trial.reason}`);
    else {
      ui.detail(`  ${name}: ${trial.millisecondsPerImage.toFixed(1)} ms per image`);
      if (!best || trial.millisecondsPerImage < best.millisecondsPerImage) best = trial;
    }
  }
  return best?.name ?? 'cpu';
}
