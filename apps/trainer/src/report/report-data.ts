import type { EpochRecord, PredictionScores } from '@kanrecon/training';
import type { MetricsRow } from '../evaluation/metrics-table.js';
import type { RefinedScores } from '../evaluation/refined-scores.js';
import type { SamplePrediction } from '../evaluation/sample-prediction.js';
import type { Interval } from '../evaluation/score-intervals.js';
import type { DistanceSummary } from '../evaluation/summarize-distances.js';
import type { CaseFigures } from './case-figures.js';
import type { ScatterPlotData } from './scatter-plot.js';

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

/** A table of metrics. */
export interface ReportScores {
  title: string;
  about: string;
  rows: MetricsRow[];
  /** What images show of parameters that they tie together. */
  combinations: PredictionScores['combinations'];
  /** How far predicted and real surfaces are apart, if that was measured. */
  distances?: DistanceSummary;
  /** Scores before and after refinement, if there was one. */
  refined?: RefinedScores;
}

/** A parameter's real and predicted values, and how good these are. */
export interface ReportScatter extends ScatterPlotData {
  readonly r2: number;
  readonly interval?: Interval;
  /** Whether images can show it at all. */
  readonly visible: boolean;
}

/** Everything the report page shows. */
export interface ReportData {
  title: string;
  /** The model's name in the study's manner. */
  model: string;
  /** Short facts for the head of the page: value and what it is. */
  facts: { value: string; about: string }[];
  history: readonly EpochRecord[];
  /** What cannot be told of the training, in sentences. */
  trainingNotes?: readonly string[];
  /** The epoch whose weights are reported on. */
  keptEpoch?: number;
  /** Mean best possible R² over the visible parameters, if known. */
  bestPossibleVisible?: number;
  scores: ReportScores[];
  scatters: readonly ReportScatter[];
  cases: ReportCase[];
  galleries: readonly ReportGallery[];
  /** Settings and versions, for the small print. */
  details: Record<string, string>;
}
