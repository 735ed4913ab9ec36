/** Metrics of one parameter, or of all together, on the normalised values. */
export interface Scores {
  mae: number;
  mse: number;
  rmse: number;
  r2: number;
}
