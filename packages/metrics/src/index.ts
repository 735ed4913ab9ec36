export { meanAbsoluteError } from './mean-absolute-error.js';
export { meanSquaredError } from './mean-squared-error.js';
export type { MetricOptions, MetricResult, Multioutput, R2Multioutput } from './multioutput.js';
export { type R2Options, r2Score } from './r2-score.js';
export { type OutputReport, type RegressionReport, regressionReport } from './regression-report.js';
export { rootMeanSquaredError } from './root-mean-squared-error.js';
export type { Targets } from './targets.js';
