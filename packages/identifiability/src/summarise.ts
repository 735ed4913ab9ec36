import type { ImageAnalysis } from './identifiability-result.js';

/** The findings in sentences, the invisible first. */
export function summarise(analysis: Omit<ImageAnalysis, 'summary'>): string[] {
  const { parameters, invisible, invariances, combinations, unexplained, undecided, followed } = analysis;
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
  for (const group of followed) {
    const { verdict, directions, parameters: moving, objects } = group;
    const what = `${counted(directions, named || (verdict === 'undecided' && unexplained > 0))} of ${listed(moving)}`;
    const change = Number(group.largestChange.toPrecision(2));
    sentences.push(
      verdict === 'invisible'
        ? `${what} ${directions === 1 ? 'leaves' : 'leave'} no trace, but no simple law was found: followed from ${objects} objects as curves, as far as the ranges allow, no pixel of the softened image changes by more than ${change}/255.`
        : `${what} ${directions === 1 ? 'is' : 'are'} undecided: there is no trace of it at some objects, but followed from ${objects} of them as a curve the softened image changes (by ${change}/255 and more) before the ranges end.`,
    );
  }
  const lost =
    undecided - followed.reduce((sum, group) => sum + (group.verdict === 'undecided' ? group.directions : 0), 0);
  if (lost > 0) {
    const open = parameters.filter(({ verdict }) => verdict === 'undecided').map(({ name }) => name);
    const about = open.length === 0 ? '' : `: whether the images tell ${listed(open)} is open`;
    sentences.push(
      `Too coarse to decide: ${counted(lost, named || followed.length > 0)} cannot be told from the noise of the measurement${about}.`,
    );
    return sentences;
  }
  const alone = parameters.filter(({ verdict }) => verdict === 'visible').map(({ name }) => name);
  if (invisible.length + invariances.length + followed.length === 0) {
    sentences.push('Nothing is invisible: every parameter and every combination of them shows.');
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
