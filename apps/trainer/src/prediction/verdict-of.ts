import type { RefinedObject } from './refine-object.js';

/** What is to be thought of an image and of what was found in it. */
export interface Verdict {
  /** `found`: the scene's object, and what was found is right. `foreign`: no such object. `doubtful`: neither can be said. */
  readonly kind: 'found' | 'doubtful' | 'foreign';
  /** How foreign the image is: the share of its contrast that stays unexplained. */
  readonly score: number;
  /** For a user: one plain sentence. */
  readonly sentence: string;
}

/** Share of the contrast that stays unexplained, beyond which nothing of the object was found. */
const foreign = 0.06;

export function verdictOf({ found, misfit: { unexplained } }: RefinedObject): Verdict {
  const score = Number(unexplained.toPrecision(5));
  if (found) return { kind: 'found', score, sentence: 'The rendering explains the image.' };
  if (unexplained > foreign) {
    return { kind: 'foreign', score, sentence: 'No rendering explains the image: it shows something else.' };
  }
  const sentence = 'The rendering explains the image only in part: trust its numbers only roughly.';
  return { kind: 'doubtful', score, sentence };
}
