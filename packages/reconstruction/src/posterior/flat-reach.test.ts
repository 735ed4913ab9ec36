import { defineSurface } from '@kanrecon/geometry';
import { sceneByName, typicalView } from '@kanrecon/scene';
import { expect, it } from 'vitest';
import { imageBackdrop } from '../refine/backdrop.js';
import { sceneBounds } from '../refine/bounds.js';
import { freeDirections } from '../refine/free-directions.js';
import { GuessRenderer } from '../refine/guess-renderer.js';
import { imageSlopes } from '../refine/image-slopes.js';
import { compareGuess } from '../refine/level.js';
import { normalEquations } from '../refine/normal-equations.js';
import { squaredLevels } from '../refine/refine-levels.js';
import { targetLevels } from '../refine/target-levels.js';
import { flatReach } from './flat-reach.js';

/** A tube that grows wider with `swelling`, but only from .5 on. */
const surface = defineSurface({
  name: 'swollen-tube',
  parameters: [
    { name: 'height', min: 1, max: 3 },
    { name: 'swelling', min: 0, max: 1 },
  ],
  domain: ({ height }) => ({ uMin: 0, uMax: 2 * Math.PI, vMin: 0, vMax: height! }),
  point: (u, v, { swelling }) => {
    const radius = 1 + Math.max(0, swelling! - 0.5);
    return [radius * Math.cos(u), radius * Math.sin(u), v];
  },
  closedU: true,
});
const { camera } = sceneByName('observable');
const scene = { ...sceneByName('study'), name: 'swollen', surface, camera };
const { light, tanHalfFov } = typicalView(scene, { x: 0.8, y: 0.3, z: 0 });

/** By direction of the shape, from a fit that is right. */
function reaches(shape: number[]) {
  const guess = {
    shape: Float64Array.from(shape),
    cameraAngles: { x: 0.8, y: 0.3, z: 0 },
    tanHalfFov,
    baseColor: [0.6, 0.4, 0.3] as const,
    light,
    background: [197, 197, 197] as const,
  };
  const grey = { width: 64, height: 64, data: new Uint8Array(3 * 64 * 64).fill(197) };
  const renderer = new GuessRenderer(scene, imageBackdrop(grey));
  const drawn = renderer.draw(guess, 64, 0)!;
  const image = { width: 64, height: 64, data: Uint8Array.from(drawn.pixels) };
  const level = targetLevels(image, squaredLevels, 0).at(-1)!;
  const fitted = compareGuess(renderer, level, guess)!;
  const directions = freeDirections(scene, sceneBounds(scene));
  const n = directions.length;
  const slopes = imageSlopes(renderer, { ...level, central: true }, directions, fitted);
  const { matrix } = normalEquations(level, fitted.image.pixels, slopes, n);
  return directions
    .slice(0, 2)
    .map((direction, i) => flatReach(renderer, level, direction, fitted, matrix[i * n + i]!, 40));
}

it('finds how far a picture stays the same where the derivative holds on one side only', () => {
  const [height, [low, high]] = reaches([0.5, 0.5]) as [[number, number], [number, number]];
  expect(height).toEqual([-0, 0]);
  // In units of .02 of the range: down to the range's end, and not up.
  expect(low).toBeCloseTo(-25, 6);
  expect(high).toBeLessThan(2);
});

it('is nothing where the derivative is right', () => {
  for (const [low, high] of reaches([0.5, 0.8])) {
    expect(Math.abs(low)).toBe(0);
    expect(high).toBe(0);
  }
});
