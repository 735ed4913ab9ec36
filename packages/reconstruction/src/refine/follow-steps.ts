import { denormalizeParameters } from '@kanrecon/geometry';
import type { Scene } from '@kanrecon/scene';
import type { GuessRenderer } from './guess-renderer.js';
import type { Fitted } from './level.js';
import type { RefineProgress } from './refine-progress.js';
import { viewOfGuess } from './view-of-guess.js';

/** What is done step by step, so that it can be watched and stopped. */
export interface Step {
  readonly phase: 'search' | 'fit';
  readonly fitted: Fitted;
}

/** Who watches. */
export interface Watch {
  readonly scene: Scene;
  readonly renderer: GuessRenderer;
  readonly budget: number;
  readonly onProgress?: ((progress: RefineProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds of work between looks at what else happens. */
const turn = 15;

/**
 * Returns a function that takes steps to their end: it tells of each, lets other work in every few milliseconds, and stops when it is
 * told to. A fit's own steps are told as `fit`.
 */
export function stepFollower({ scene, renderer, budget, onProgress, signal }: Watch) {
  let last = Date.now();
  return async function follow<R>(steps: Generator<Step | Fitted, R, void>): Promise<R> {
    for (;;) {
      const { value, done } = steps.next();
      if (done) return value;
      onProgress?.(progressOf('phase' in value ? value : { phase: 'fit', fitted: value }));
      if (Date.now() - last > turn) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        last = Date.now();
      }
      signal?.throwIfAborted();
    }
  };

  function progressOf({ phase, fitted: { guess, cost } }: Step): RefineProgress {
    return {
      phase,
      parameters: denormalizeParameters(scene.surface, guess.shape),
      view: viewOfGuess(guess, scene),
      baseColor: guess.baseColor,
      cost,
      renderings: renderer.renderings,
      budget,
    };
  }
}
