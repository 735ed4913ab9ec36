import { constants } from 'node:os';
import type { Ui } from '../ui/ui.js';

/**
 * Turns Ctrl-C (SIGINT) and SIGTERM into an abort signal. The first one asks the command to finish the step in hand and
 * save; the second one ends the program at once.
 */
export function interruptSignal(ui: Pick<Ui, 'note'>): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(128 + constants.signals[name]);
    ui.note('\nStopping after the step in hand (once more to stop at once) …');
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
