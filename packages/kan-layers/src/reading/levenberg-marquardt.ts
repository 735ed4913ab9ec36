/** Sums of squares to be made small. */
export interface LeastSquaresProblem {
  /** Half the sum of squared residuals; Infinity where the parameters leave a function's domain. */
  cost(parameters: Float64Array): number;
  /** Adds up JᵀJ (row-major) and Jᵀr at the parameters, both given as zeros. */
  normalEquations(parameters: Float64Array, hessian: Float64Array, gradient: Float64Array): void;
}

/** What {@link levenbergMarquardt} gives. */
export interface LeastSquaresSolution {
  readonly parameters: Float64Array;
  readonly cost: number;
}

/**
 * Levenberg and Marquardt's method, with Marquardt's scaling and a multiplicative damping. Never returns a worse cost than the start's;
 * a start of cost Infinity comes back as it is. Parameters on which nothing depends stay where they are.
 *
 * @param leastGain a step that lowers the cost by less than this share of it is the last
 */
export function levenbergMarquardt(
  problem: LeastSquaresProblem,
  start: Float64Array,
  iterations: number,
  leastGain = 1e-12,
): LeastSquaresSolution {
  const n = start.length;
  let parameters = Float64Array.from(start);
  let cost = problem.cost(parameters);
  if (!Number.isFinite(cost) || n === 0) return { parameters, cost };
  const hessian = new Float64Array(n * n);
  const gradient = new Float64Array(n);
  let damping = 1e-3;
  for (let step = 0; step < iterations && cost > 0; step++) {
    hessian.fill(0);
    gradient.fill(0);
    problem.normalEquations(parameters, hessian, gradient);
    let improved = false;
    let gain = 0;
    while (damping < 1e12) {
      const delta = solveDamped(hessian, gradient, damping);
      if (delta) {
        const next = parameters.map((value, i) => value - delta[i]!);
        const nextCost = problem.cost(next);
        if (nextCost < cost) {
          gain = (cost - nextCost) / cost;
          parameters = next;
          cost = nextCost;
          damping = Math.max(damping / 5, 1e-12);
          improved = true;
          break;
        }
      }
      damping *= 4;
    }
    if (!improved || gain < leastGain) break;
  }
  return { parameters, cost };
}

/** (H + damping · diag H)⁻¹ g by Cholesky; null if the matrix is not positive definite. */
function solveDamped(hessian: Float64Array, gradient: Float64Array, damping: number): Float64Array | null {
  const n = gradient.length;
  const lower = Float64Array.from(hessian);
  for (let i = 0; i < n; i++) {
    const diagonal = hessian[i * n + i]!;
    lower[i * n + i] = diagonal > 0 ? diagonal * (1 + damping) : 1;
  }
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) {
      const factor = lower[j * n + k]!;
      for (let i = j; i < n; i++) lower[i * n + j]! -= lower[i * n + k]! * factor;
    }
    const pivot = lower[j * n + j]!;
    if (!(pivot > 0 && Number.isFinite(pivot))) return null;
    const root = Math.sqrt(pivot);
    for (let i = j; i < n; i++) lower[i * n + j]! /= root;
  }
  const solution = Float64Array.from(gradient);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) solution[i]! -= lower[i * n + k]! * solution[k]!;
    solution[i]! /= lower[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) solution[i]! -= lower[k * n + i]! * solution[k]!;
    solution[i]! /= lower[i * n + i]!;
  }
  return solution;
}
