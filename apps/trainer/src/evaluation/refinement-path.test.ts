import { drawShape, drawView, renderView, sceneByName } from '@kanrecon/scene';
import { expect, it } from 'vitest';
import { refinementPath } from './refinement-path.js';

const scene = sceneByName('study');
const { parameters, baseColor } = drawShape(scene, 1, 0);
const view = drawView(scene, 1, 0, 0);
const imageOf = (size: number) => renderView(scene, { parameters, baseColor }, view, { size, effects: false }).image;
const image = imageOf(64);

/** A guess that is right but for being darker by this share. */
const guess = (off: number, renderings: number) => ({
  renderings,
  parameters,
  view,
  baseColor: baseColor.map((value) => value * (1 - off)) as [number, number, number],
});

it('goes from the first guess to the last, each step nearer than those before, and leaves out what went astray', () => {
  const path = refinementPath(image, scene, [guess(0.5, 1), guess(0.7, 2), guess(0.2, 3), guess(0.3, 4), guess(0, 5)]);
  expect(path.map(({ renderings }) => renderings)).toEqual([1, 3, 5]);
  const residuals = path.map(({ residual }) => residual);
  expect(residuals).toEqual([...residuals].sort((a, b) => b - a));
  expect(residuals[0]).toBeGreaterThan(3);
  expect(residuals[2]).toBe(0);
});

it('compares an image in its own size, so that the right guess leaves nothing', () => {
  expect(refinementPath(imageOf(128), scene, [guess(0, 1)]).map(({ residual }) => residual)).toEqual([0]);
});

it('has few steps of many, spread by what is left, and always the first and the last', () => {
  const many = Array.from({ length: 40 }, (_, i) => guess(0.5 * 0.8 ** i, i));
  const path = refinementPath(image, scene, many, 5);
  expect(path).toHaveLength(5);
  expect([path[0]!.renderings, path[4]!.renderings]).toEqual([0, 39]);
  const falls = path.slice(1).map(({ residual }, i) => Math.log(path[i]!.residual / residual));
  for (const fall of falls) expect(fall).toBeGreaterThan(0.1);
});

it('is the result alone where nothing was farther from the image', () => {
  expect(refinementPath(image, scene, [guess(0.1, 1), guess(0.4, 2)]).map(({ renderings }) => renderings)).toEqual([2]);
});
