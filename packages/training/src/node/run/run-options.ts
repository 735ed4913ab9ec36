import type { OptionNames } from '@kanrecon/geometry';
import type { OnTrainingEvent } from '../../events/training-event.js';
import type { BackendName } from '../backends/backend-names.js';

/** What a run is started and continued with. */
export interface RunOptions {
  /** Its folder. */
  readonly out: string;
  readonly backend: BackendName | 'auto';
  /** What to do with broken or missing labels and images. */
  readonly onInvalid: 'refuse' | 'skip';
  readonly onEvent?: OnTrainingEvent;
  /** Aborted, training saves and ends after the step in hand. */
  readonly signal?: AbortSignal;
  /**
   * Whether the features of a frozen backbone are computed once and kept beside the decoded images, where a data set is trained on that is
   * not augmented: true when left out. The numbers are the same within rounding, so a run is to be resumed with the same choice.
   */
  readonly cacheFeatures?: boolean;
  /** Versions of the caller's own packages, for the run's record. */
  readonly versions?: Readonly<Record<string, string>>;
}

/** {@link RunOptions} by name. */
export const runOptionNames: OptionNames<RunOptions> = {
  out: 1,
  backend: 1,
  onInvalid: 1,
  onEvent: 1,
  signal: 1,
  cacheFeatures: 1,
  versions: 1,
};
