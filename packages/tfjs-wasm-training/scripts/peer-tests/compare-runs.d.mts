/** What became of every test of a run, and what went wrong outside of them. */
export interface TestRun {
  statuses: Record<string, { status: string; message?: string }>;
  errors: string[];
}

/** A test that may fail with this package's kernels, and why. */
export interface KnownDifference {
  test: string;
  reason: string;
}

export function compareRuns(
  stock: TestRun,
  training: TestRun,
  known: readonly KnownDifference[],
  fewest: number,
): string[];

export function additionalPasses(stock: TestRun, training: TestRun): string[];
