import type { Sample } from '@kanrecon/dataset';
import type { Reconstructor } from '@kanrecon/model';
import { cameraValues, parseCameraTarget, type Scene } from '@kanrecon/scene';
import { type CameraScores, scoreCamera, takeColumns } from '@kanrecon/training';
import { fixed } from '../ui/fixed.js';

/**
 * How well a network finds the camera.
 *
 * @param scene whose ranges the network learned
 * @param predicted all that the network predicts, normalised [n, targets]
 * @returns undefined for one that finds the shape alone
 */
export function evaluateCamera(
  { targets }: Pick<Reconstructor, 'targets'>,
  scene: Scene,
  samples: readonly Sample[],
  predicted: Float32Array,
): CameraScores | undefined {
  const shape = scene.surface.parameters.map(({ name }) => name);
  const columns = targets.flatMap((target, i) =>
    !shape.includes(target.name) && parseCameraTarget(target) ? [i] : [],
  );
  const camera = columns.map((column) => targets[column]!);
  const real = new Float32Array(samples.length * columns.length);
  for (const [row, { cameraAngles }] of samples.entries()) {
    cameraValues(scene, camera, cameraAngles, real.subarray(row * columns.length, (row + 1) * columns.length));
  }
  return scoreCamera(scene, camera, real, takeColumns(predicted, targets.length, columns));
}

/** The scores in a sentence; empty for a network that does not find the camera. */
export function describeCamera(scores: CameraScores | undefined): string {
  if (!scores) return '';
  const { medianDegrees, rotation } = scores;
  const angles = Object.entries(medianDegrees).map(([name, value]) => `${name} ${fixed(value, 1)}°`);
  return `Camera, up to what such images show: orientation ${fixed(rotation.medianDegrees, 1)}° off (median; 90 % within ${fixed(rotation.p90Degrees, 1)}°), angles ${angles.join(', ')}.`;
}
