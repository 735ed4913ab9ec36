import {
  type DrawnShape,
  drawShape,
  drawView,
  randomStream,
  renderView,
  type Scene,
  sceneByName,
} from '@kanrecon/scene';
import type { Refinement, RefineStart } from '../src/index.js';
import { normal } from '../src/random-normal.js';
import { cameraInside } from '../src/refine/camera-inside.js';
import type { Guess } from '../src/refine/guess.js';
import { turnCamera } from '../src/refine/turn-camera.js';

export const study = sceneByName('study');
export const observable = sceneByName('observable');

/** An object drawn at random, its picture and, scaled to [0, 1], what made it. */
export function refineCase(scene: Scene, index: number, size = 64) {
  const [shape, view] = [drawShape(scene, 99, index), drawView(scene, 99, index, 0)];
  const { image } = renderView(scene, shape, view, { size, effects: false });
  return { shape, view, image, truth: scaled(scene, shape) };
}

/** The guess that is right; of a scene whose pattern hides the base colour any will do. */
export function rightGuess(
  { truth, view }: ReturnType<typeof refineCase>,
  baseColor: Guess['baseColor'] = [0.5, 0.5, 0.5],
): Guess {
  const { cameraAngles, tanHalfFov, light } = view;
  return { shape: Float64Array.from(truth), cameraAngles, tanHalfFov, baseColor, light, background: [197, 197, 197] };
}

function scaled({ surface }: Scene, { parameters }: DrawnShape): number[] {
  return surface.parameters.map(({ name, min, max }) => (parameters[name]! - min) / (max - min));
}

/** What a network might answer: the shape off by a twentieth or so of each range, the camera by some degrees. */
export function disturbed(scene: Scene, { truth, view }: ReturnType<typeof refineCase>, seed = 1): RefineStart {
  const random = randomStream(11, seed);
  const off = (spread: number) => spread * normal(random);
  return {
    normalized: truth.map((value) => Math.min(1, Math.max(0, value + off(0.06)))),
    spread: truth.map(() => 0.06),
    cameraAngles: cameraInside(turnCamera(view.cameraAngles, [off(0.08), off(0.08), off(0.08)]), scene.camera),
    cameraSpread: 0.08,
  };
}

/** The largest error of the shape, in shares of the ranges. */
export function worstError({ normalized }: Pick<Refinement, 'normalized'>, truth: readonly number[]): number {
  return Math.max(...truth.map((value, i) => Math.abs(normalized[i]! - value)));
}
