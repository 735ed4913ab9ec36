import type { ImageAnalysis } from './identifiability-result.js';

/** The findings in sentences, the invisible first. */
export function summarise(analysis: Omit<ImageAnalysis, 'summary'>): string[] {
  const { parameters, invisible, invariances, combinations, unexplained, undecided } = analysis;
  const named = invisible.length + invariances.length > 0;
  const sentences: string[] = [];
  if (invisible.length > 0) {
    const change = Math.max(...parameters.filter(({ verdict }) => verdict === 'invisible').map((p) => p.largestChange));
    const verb = invisible.length === 1 ? 'leaves' : 'leave';
    sentences.push(
      `${listed(invisible)} ${verb} no trace: moved from end to end of ${invisible.length === 1 ? 'its range' : 'their ranges'}, ${pixelChange(change)}.`,
    );
  }
  for (const { text, largestChange, span, terms } of invariances) {
    const factors = terms.every(({ kind }) => kind === 'factor');
    const far = factors ? `by a factor of ${Math.exp(span).toPrecision(2)}` : `by ${Number(span.toPrecision(2))}`;
    sentences.push(
      `${text}: moved along it as far as the ranges allow (${far} for the middle one of the draws), ${pixelChange(largestChange)}.`,
    );
  }
  if (combinations.length > 0) {
    sentences.push(`What does show of these: ${listed(combinations.map(({ name }) => name))}.`);
  }
  if (unexplained > 0) {
    sentences.push(
      `${counted(unexplained, named)} ${unexplained === 1 ? 'leaves' : 'leave'} no trace at the draws, but no simple law was found that holds at all of them.`,
    );
  }
  if (undecided > 0) {
    const open = parameters.filter(({ verdict }) => verdict === 'undecided').map(({ name }) => name);
    const about = open.length === 0 ? '' : `: whether the images tell ${listed(open)} is open`;
    sentences.push(
      `Too coarse to decide: ${counted(undecided, named || unexplained > 0)} cannot be told from the noise of the measurement${about}.`,
    );
    return sentences;
  }
  const alone = parameters.filter(({ verdict }) => verdict === 'visible').map(({ name }) => name);
  if (invisible.length + invariances.length + unexplained === 0) {
    sentences.push('Nothing is invisible: every parameter and every combination of them shows.');
  } else if (unexplained > 0 && alone.length > 0) {
    sentences.push(
      alone.length === 1
        ? `${alone[0]} shows when it alone changes; whether a change of others can hide it is not known.`
        : `Each of ${listed(alone)} shows when it alone changes; whether changes of others can hide it is not known.`,
    );
  } else if (alone.length > 0) {
    sentences.push(`${listed(alone)} ${alone.length === 1 ? 'shows' : 'show'}.`);
  }
  return sentences;
}

/** What the images show of a move, in words; `largest` is in bytes. */
function pixelChange(largest: number): string {
  if (largest === 0) return 'not one pixel changes';
  return `no pixel changes by more than ${largest} of its 255 steps of brightness`;
}

/** `1 direction`, or `2 more directions` where others came before. */
function counted(count: number, others: boolean): string {
  return `${count}${others ? ' more' : ''} ${count === 1 ? 'direction' : 'directions'}`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
