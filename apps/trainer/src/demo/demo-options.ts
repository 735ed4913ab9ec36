import type { BackendName } from '@kanrecon/training/node';
import type { Ui } from '../ui/ui.js';
import type { DemoSettings } from './demo-settings.js';

/** What the demo is told. */
export interface DemoOptions {
  /** Folder of everything; it is a run folder too. */
  out: string;
  settings: DemoSettings;
  seed: number;
  backend: BackendName | 'auto';
  /** Test images whose answers are refined by rendering; 0 for none. */
  refineImages: number;
  /** Throw away what an earlier demo made. */
  fresh: boolean;
  ui: Ui;
  signal: AbortSignal;
}
