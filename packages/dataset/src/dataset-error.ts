/**
 * What can be wrong with an entry of a data set:
 *
 * - `unreadable-label`: the label cannot be read or is not JSON
 * - `invalid-label`: a value is missing, not a number or not finite
 * - `out-of-range`: a value lies outside the range of its parameter
 * - `mismatched-image`: the label names the image of another shape or view
 * - `missing-image`, `missing-label`: one half of a pair is not there
 * - `corrupt-image`: the image cannot be decoded
 * - `unknown-file`: a file or folder that does not belong to the layout
 * - `duplicate-sample`: two labels of one split for the same shape and view
 * - `duplicate-shape`: one shape in two splits, which would let a model see test shapes while training
 * - `unfinished-synthesis`: the data set was still being made when the synthesis stopped
 * - `unfinished-import`: an import of the data set was interrupted
 * - `missing-sample`: a view that `synthesis.json` says was made has neither image nor label
 * - `corrupt-archive`: an archive is truncated, damaged, protected by a password or one of several volumes
 * - `refused-entry`: an archive has an entry that no data set has and that may do harm, or one that cannot be read
 */
export const problemKinds = [
  'unreadable-label',
  'invalid-label',
  'out-of-range',
  'mismatched-image',
  'missing-image',
  'missing-label',
  'corrupt-image',
  'unknown-file',
  'duplicate-sample',
  'duplicate-shape',
  'unfinished-synthesis',
  'unfinished-import',
  'missing-sample',
  'corrupt-archive',
  'refused-entry',
] as const;

/** One of {@link problemKinds}. */
export type ProblemKind = (typeof problemKinds)[number];

/** Something wrong with one file of a data set. */
export interface DatasetProblem {
  readonly path: string;
  readonly kind: ProblemKind;
  /** One sentence for people, without the path. */
  readonly message: string;
}

const shownProblems = 5;

/**
 * - `other-recipe`: the folder holds a data set that was made otherwise than is asked for
 * - `damaged-archive`: an archive came damaged or cut short, which fetching it again may mend
 */
export type DatasetErrorReason = 'other-recipe' | 'damaged-archive';

/** A data set, or a part of it, cannot be used. `problems` says what is wrong with which file, and may be empty. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
  readonly problems: readonly DatasetProblem[];
  /** What a program may act on. */
  readonly reason: DatasetErrorReason | undefined;

  /**
   * @param summary one sentence; the number of problems by kind and the first few paths are added to it
   */
  constructor(
    summary: string,
    problems: readonly DatasetProblem[] = [],
    options: ErrorOptions & { readonly reason?: DatasetErrorReason } = {},
  ) {
    const { reason, ...rest } = options;
    super(withProblems(summary, problems), rest);
    this.problems = problems;
    this.reason = reason;
  }
}

function withProblems(summary: string, problems: readonly DatasetProblem[]): string {
  if (problems.length === 0) return summary;
  const lines = problems.slice(0, shownProblems).map(({ path, message }) => `  ${path}: ${message}`);
  if (problems.length > shownProblems) lines.push(`  … and ${problems.length - shownProblems} more`);
  return [`${summary} (${countProblems(problems)})`, ...lines].join('\n');
}

function countProblems(problems: readonly DatasetProblem[]): string {
  return problemKinds
    .map((kind) => ({ kind, count: problems.filter((problem) => problem.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind}`)
    .join(', ');
}
