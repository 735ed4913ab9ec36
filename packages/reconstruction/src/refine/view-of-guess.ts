import { type DrawnView, type Scene, typicalView } from '@kanrecon/scene';
import type { Guess } from './guess.js';

/** How a guess is seen, without effects and as `renderView` takes it; its background is one grey. */
export function viewOfGuess({ cameraAngles, tanHalfFov, light, background }: Guess, scene: Scene): DrawnView {
  const grey = Math.round((background[0] + background[1] + background[2]) / 3);
  return { ...typicalView(scene, cameraAngles), tanHalfFov, light, background: grey };
}
