import type { ImageLimits } from '@kanrecon/identifiability';

/** What "best possible" means for these images, in sentences. */
export function describeLimits({
  summary,
  invisible,
  invariances,
  unexplained,
  undecided,
}: Pick<ImageLimits, 'summary' | 'invisible' | 'unexplained' | 'undecided'> & {
  readonly invariances: readonly unknown[];
}): string {
  if (invisible.length + invariances.length + unexplained + undecided === 0) {
    return 'Best possible: such images hide nothing, so a perfect reader would make no error.';
  }
  if (undecided > 0) {
    return `Best possible: not known, as it could not be decided whether all shows.\n${summary.join('\n')}`;
  }
  const atMost = unexplained > 0 ? ' As not all that is hidden could be named, the true limit lies lower (≤, ≥).' : '';
  return `Best possible: what such images can tell at all, read perfectly.${atMost}\n${summary.join('\n')}`;
}
