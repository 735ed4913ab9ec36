import { spiralCylinder } from '@kanrecon/geometry';
import { renderView, type Scene } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { observable, refineCase, rightGuess, study } from '../../test/refine-cases.js';
import { refine } from '../refine.js';
import type { Guess } from './guess.js';
import { GuessRenderer } from './guess-renderer.js';
import { softenImage } from './soften-image.js';
import { viewOfGuess } from './view-of-guess.js';

function guessOf(scene: Scene, index: number): Guess {
  const own = refineCase(scene, index, 32);
  return rightGuess(own, own.shape.baseColor);
}

/** The study's, but nowhere. */
const nowhere: Scene = {
  ...study,
  surface: {
    ...spiralCylinder,
    position(_u, _v, _parameters, out, offset = 0) {
      out[offset] = out[offset + 1] = out[offset + 2] = Number.NaN;
    },
  },
};

describe('GuessRenderer', () => {
  it.each([
    ['study', study],
    ['observable', observable],
  ])('draws what renderView draws, blurred, and counts: %s', (_, scene) => {
    const { image, shape } = refineCase(scene, 2, 32);
    const renderer = new GuessRenderer(scene);
    const guess = guessOf(scene, 2);
    const drawn = renderer.draw(guess, 32, 0)!;
    expect(Array.from(drawn.pixels)).toEqual(Array.from(image.data));
    expect(drawn.coverage.some((value) => value === 255)).toBe(true);
    const blurred = renderer.draw(guess, 32, 2)!.pixels;
    expect(blurred).toEqual(softenImage(drawn.pixels.slice(), 32, 2, new Float32Array(drawn.pixels.length)));
    expect(renderer.renderings).toBe(2);
    const shown = renderView(scene, shape, viewOfGuess(guess, scene), { size: 32 });
    expect(shown.image).toEqual(image);
  });

  it('gives nothing where the surface is nowhere, and refine says so', async () => {
    expect(new GuessRenderer(nowhere).draw(guessOf(study, 1), 32, 0)).toBeUndefined();
    const limits = { invariances: [], combinations: [] };
    await expect(refine(refineCase(study, 1, 32).image, {}, nowhere, { limits })).rejects.toThrow(
      'refine: the scene study has no object for any guess; expected a surface that can be drawn',
    );
  });
});
