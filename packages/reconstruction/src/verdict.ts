import type { Scene } from '@kanrecon/scene';
import type { Refinement } from './refine/refinement.js';

/** What is to be thought of an image and of what was found in it. */
export interface Verdict {
  /** `found`: the scene's object, and what was found is right. `foreign`: no such object. `doubtful`: neither can be said. */
  readonly kind: 'found' | 'doubtful' | 'foreign';
  /** How foreign the image is: the share of what it shows that stays unexplained, see `Misfit`; Infinity where nothing was sought. */
  readonly score: number;
  /** For a user: one plain sentence. */
  readonly sentence: string;
}

/**
 * Scores above which an image is foreign: at most one of a hundred images of the built-in scenes is, with noise of 6, JPEG of quality 60, blur,
 * an occluder over a tenth of the object, and on another background. `npm run bench:verdict` measures it.
 */
const foreignScore = 0.08;
/**
 * Share of a side of the frame along which an object may touch it: a fitted camera brings it there, up to .28 of a side on 150 images.
 */
const mostTouching = { fitted: 0.45, distance: 0.1 } as const;

const beside =
  ' It is not as near as renderings of the scene come: something else drew the image, or a better fit exists, and a number may be off by more than its interval.';

/**
 * Whether the image shows an object of the scene at all, and whether it was found, from what a refinement leaves.
 *
 * An image of which nothing was sought yet: see `firstLook`.
 *
 * @param refinement as `refine` returns it for the scene
 */
export function verdict(
  { found, settled, misfit }: Pick<Refinement, 'found' | 'settled' | 'misfit'>,
  { surface, camera, name }: Pick<Scene, 'name' | 'surface' | 'camera'>,
): Verdict {
  const score = misfit.unexplained;
  const object = `${/^[aeiou]/.test(surface.name) ? 'an' : 'a'} ${surface.name.replaceAll('-', ' ')}`;
  const left = percent(score);
  if (found) {
    return {
      kind: 'found',
      score,
      sentence: `The image shows ${object}: its rendering leaves ${left} of the image unexplained.${settled ? '' : beside}`,
    };
  }
  if (misfit.cut > mostTouching[camera.placement === 'fitted' ? 'fitted' : 'distance']) {
    const sentence = `The object is cut off by the frame, but the images of the scene ${name} show it whole; take one with more room around it.`;
    return { kind: 'doubtful', score, sentence };
  }
  if (score > foreignScore) {
    const sentence = `This does not look like ${object}: the best rendering of one leaves ${left} of the image unexplained.`;
    return { kind: 'foreign', score, sentence };
  }
  const sentence = `The image may show ${object}, but the best rendering of one leaves ${left} of it unexplained: trust its numbers only roughly.`;
  return { kind: 'doubtful', score, sentence };
}

function percent(share: number): string {
  const value = 100 * Math.min(1, share);
  return `${value < 0.1 ? 'less than 0.1' : value < 10 ? value.toFixed(1) : value.toFixed(0)} %`;
}
