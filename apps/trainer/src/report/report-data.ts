import type { SamplePrediction } from '../evaluation/sample-prediction.js';
import type { CaseFigures } from './case-figures.js';

/** One prediction shown in full. */
export interface ReportCase {
  /** Which one: `Best`, `Median`, `Worst`. */
  title: string;
  prediction: SamplePrediction;
  figures: CaseFigures;
}

/** One image and what was rebuilt from it; pictures as PNG bytes. */
export interface ReportPair {
  name: string;
  input: Uint8Array;
  rendering: Uint8Array;
}

/** Images and what was rebuilt from them, under a heading and a sentence. */
export interface ReportGallery {
  readonly title: string;
  readonly about: string;
  readonly pairs: readonly ReportPair[];
}
