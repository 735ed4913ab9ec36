import type { BestPossibleScores } from './best-possible-scores.js';
import type { Identifiability } from './identifiability-result.js';

/** What images of one scene can tell at all: plain JSON, to be stored beside what was trained on them. */
export interface ImageLimits
  extends Pick<
    Identifiability,
    'invisible' | 'invariances' | 'combinations' | 'unexplained' | 'undecided' | 'summary'
  > {
  /** By the best reader there can be; `null` where something is undecided, bounds (see `bounds`) where something is unexplained. */
  readonly best: BestPossibleScores | null;
}
