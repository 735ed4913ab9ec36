// An object of a scene, its image, and an answer about it that is farther off than a network's.
import { drawShape, drawView, renderView } from '@kanrecon/scene';

const shapeOff = 0.1;
const cameraOff = (8 * Math.PI) / 180;

/** The start: each parameter a tenth of its range off, up and down by turns and to the middle where it would leave it, each angle 8°. */
export function drawCase(scene, seed, number, size) {
  const shape = drawShape(scene, seed, number);
  const view = drawView(scene, seed, number, 0);
  const { image, coverage } = renderView(scene, shape, view, { size, effects: false });
  const normalized = scene.surface.parameters.map(({ name, min, max }, i) => {
    const value = (shape.parameters[name] - min) / (max - min);
    const sign = value < shapeOff ? 1 : value > 1 - shapeOff ? -1 : (-1) ** i;
    return value + sign * shapeOff;
  });
  const { x, y, z } = view.cameraAngles;
  const cameraAngles = { x: x + cameraOff, y: y - cameraOff, z: z + cameraOff };
  const start = { normalized, spread: normalized.map(() => shapeOff), cameraAngles, cameraSpread: cameraOff };
  return { shape, view, image, coverage, start };
}

/** Of what was found, the parameter that is farthest off, as a share of its range. */
export function worstError(scene, { parameters }, { normalized }) {
  const off = scene.surface.parameters.map(({ name, min, max }, i) => {
    return Math.abs((parameters[name] - min) / (max - min) - normalized[i]);
  });
  return Math.max(...off);
}
