import type { MetricsRow } from '../evaluation/metrics-rows.js';
import type { Interval } from '../evaluation/score-intervals.js';
import type { PredictionScores } from '../evaluation/score-predictions.js';
import type { EpochRecord } from '../loop/training-state.js';
import type { DistanceSummary } from './distance-spreads.js';
import type { ScatterGroup, ScatterPlotData } from './scatter-plot.js';

/** How a network was trained. */
export interface ReportTraining {
  /** Where there are several: whose curves these are. */
  readonly name?: string;
  /** Which of the colours; by default each training's own. */
  readonly series?: number;
  readonly history: readonly EpochRecord[];
  /** The epoch whose weights are reported on. */
  readonly keptEpoch?: number;
}

/** A table of metrics. */
export interface ReportScores {
  readonly title: string;
  /** Sentences, a line each. */
  readonly about: string;
  readonly rows: readonly MetricsRow[];
  /** What images show of parameters that they tie together. */
  readonly combinations: PredictionScores['combinations'];
  /** How far predicted and real surfaces are apart, if that was measured. */
  readonly distances?: DistanceSummary;
  /** What else there is to say of them: HTML. */
  readonly below?: string;
}

/** A parameter's real and predicted values, and how good these are. */
export interface ReportScatter extends ScatterPlotData {
  readonly groups: readonly (ScatterGroup & { readonly r2: number; readonly interval?: Interval })[];
  /** Whether images can show it at all. */
  readonly visible: boolean;
  /** Nobody knows the parameter's range: it is that of the real values. */
  readonly ofReal?: boolean;
}

/** Everything the report page shows. */
export interface ReportData {
  readonly title: string;
  /** What it is about: HTML. */
  readonly intro: string;
  /** Short facts for the head of the page: value and what it is. */
  readonly facts: readonly { readonly value: string; readonly about: string }[];
  /** One, or several in the same charts. */
  readonly trainings: readonly ReportTraining[];
  /** Whether a chart of the learning rate is among them. */
  readonly learningRates?: boolean;
  /** What cannot be told of the training, in sentences. */
  readonly trainingNotes?: readonly string[];
  /** Mean best possible R² over the visible parameters, if known and of all trainings the same. */
  readonly bestPossibleVisible?: number;
  readonly scores: readonly ReportScores[];
  readonly scatters: readonly ReportScatter[];
  /** What comes after the plots: HTML. */
  readonly sections: readonly string[];
  /** Settings and versions, for the small print. */
  readonly details: Readonly<Record<string, string>>;
}
