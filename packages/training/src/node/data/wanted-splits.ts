import type { Split } from '@kanrecon/dataset';
import type { Experiment } from '../../experiment/experiment.js';

/** The splits of a data set that a training reads: what is streamed is validated with its images only. */
export function wantedSplits({ kind }: Experiment['data']): Split[] {
  return kind === 'stream' ? ['val'] : ['train', 'val'];
}
