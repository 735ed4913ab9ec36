// What a run's files hold and how it is shown: no TensorFlow.js, and echarts only once a chart is drawn.
export { mean } from './evaluation/mean.js';
export { boundSign, type MetricsRow, metricsRows } from './evaluation/metrics-rows.js';
export type { CameraErrors, RefinedCoverage, RefinedScores } from './evaluation/refined-scores.js';
export {
  describeIntervals,
  type Interval,
  type ScoreInterval,
  type ScoreIntervals,
  scoreIntervals,
  showInterval,
} from './evaluation/score-intervals.js';
export { type CurveKey, curveOf } from './report/charts-section.js';
export { countOf } from './report/count-of.js';
export { describeLimits } from './report/describe-limits.js';
export { describeRefined } from './report/describe-refined.js';
export {
  type DifferenceSpread,
  type DistanceSummary,
  percentOfSize,
  type Spread,
  spreadColumns,
  spreadRows,
} from './report/distance-spreads.js';
export { escapeHtml } from './report/escape-html.js';
export { fixed } from './report/fixed.js';
export {
  bestPossibleR2,
  type RefinedChange,
  type RefinedRow,
  refinedChanges,
  refinedHeaders,
  refinedRows,
} from './report/refined-rows.js';
export { refinedSection } from './report/refined-section.js';
export type { ReportData, ReportScatter, ReportScores, ReportTraining } from './report/report-data.js';
export { reportPage } from './report/report-page.js';
export {
  pointOutline,
  type ScatterGroup,
  type ScatterScale,
  scatterMargin,
  scatterScale,
  scatterSize,
} from './report/scatter-scale.js';
export { scoreAxisMin } from './report/score-axis-min.js';
export { scoreTable } from './report/score-table.js';
export { reachedPercent } from './report/scores-section.js';
export { seriesColors } from './report/series-colors.js';
export { parseRunLog, type RunLog } from './run/parse-run-log.js';
export { parseEvaluation, type RunEvaluation } from './run/run-evaluation.js';
export { parsePredictions, type RunPrediction } from './run/run-predictions.js';
export { parseRunSummary, type RunSummary } from './run/run-summary.js';
