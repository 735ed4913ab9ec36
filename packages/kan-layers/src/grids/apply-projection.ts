/**
 * New coefficients of one input from the old ones, for all units: new[a] = Σ_b projection[a, b]·old[b].
 *
 * @param projection row-major [new splines, old splines]
 * @param old row-major [old splines, inputs, units]
 * @param result row-major [new splines, inputs, units]; this input's part is written
 */
export function applyProjection(
  projection: Float64Array,
  old: Float32Array,
  result: Float32Array,
  input: number,
  inputs: number,
  units: number,
): void {
  const oldCount = old.length / (inputs * units);
  const newCount = result.length / (inputs * units);
  const totals = new Float64Array(units);
  for (let a = 0; a < newCount; a++) {
    totals.fill(0);
    for (let b = 0; b < oldCount; b++) {
      const factor = projection[a * oldCount + b]!;
      const from = (b * inputs + input) * units;
      if (factor === 0) continue;
      for (let o = 0; o < units; o++) totals[o]! += factor * old[from + o]!;
    }
    result.set(totals, (a * inputs + input) * units);
  }
}
