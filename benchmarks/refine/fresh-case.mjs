// Fresh images to refine, with what made them and a start; needs nothing of Node.
import { drawShape, drawView, randomStream, renderView } from '@kanrecon/scene';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { spoil } from '../verdict/spoiled-images.mjs';

const shapeSpread = 0.065;
const cameraSpread = (5 * Math.PI) / 180;
/** Of the shapes, which no training and no tuning has seen. */
const seed = 2 ** 40 + 99;

/** A fresh image of the scene. */
export function freshCase(scene, number, { size, start, spoiling }) {
  const shape = drawShape(scene, seed, number);
  const view = drawView(scene, seed, number, 0);
  // Of `robust` noise, JPEG, blur and occluders are a part; others have none.
  const rendering = renderView(scene, shape, view, { size });
  const image = spoil(spoiling, rendering, view.background, number);
  return { number, shape, view, image, ...startOf(scene, shape, view, number, start) };
}

/** near: each parameter .065 of its range off (a standard deviation), the camera 5° about each axis; anywhere: no camera; others: neither. */
export function startOf(scene, shape, view, number, kind) {
  const random = randomStream(11, seed, number);
  const truth = scene.surface.parameters.map(({ name, min, max }) => (shape.parameters[name] - min) / (max - min));
  const normalized = truth.map((value) => Math.min(1, Math.max(0, value + shapeSpread * normal(random))));
  const off = (angle) => angle + cameraSpread * normal(random);
  const { x, y, z } = view.cameraAngles;
  const shapeOnly = { normalized, spread: truth.map(() => shapeSpread) };
  const near = { ...shapeOnly, cameraAngles: { x: off(x), y: off(y), z: off(z) }, cameraSpread };
  const start = { near, anywhere: shapeOnly }[kind] ?? {};
  return { truth, start };
}

function normal(random) {
  return Math.sqrt(-2 * Math.log1p(-uniformFloat64(random))) * Math.cos(2 * Math.PI * uniformFloat64(random));
}
