import type { BackendName } from './backend-names.js';

/** Whether a backend could be used, known without loading it. */
export type Availability = { usable: true; detail: string } | { usable: false; reason: string };

/** How one backend is found and switched on. */
export interface BackendSpec {
  name: BackendName;
  about: string;
  /** What to do to get it, for the list of backends. */
  howToGet: string;
  /** A quick look (files only). Loading may still fail. */
  find(): Availability;
  /** Loads it and makes it TensorFlow.js' current backend. @returns what it is, in a few words */
  activate(): Promise<string>;
}
