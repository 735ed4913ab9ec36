import { constants } from 'node:os';
import type { Ui } from '../ui/ui.js';

/** Started through npm or npx, one Ctrl-C arrives twice: from the terminal and passed on by npm. */
const echoMilliseconds = 500;

/**
 * Turns Ctrl-C (SIGINT) and SIGTERM into an abort signal. The first one asks the command to finish the step in hand and
 * save; the second one ends the program at once.
 */
export function interruptSignal(ui: Pick<Ui, 'note'>): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  let first = 0;
  const onSignal = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      if (performance.now() - first > echoMilliseconds) process.exit(128 + constants.signals[name]);
      return;
    }
    first = performance.now();
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
