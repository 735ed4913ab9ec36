import { refine } from '@kanrecon/reconstruction';
import { renderView, sceneByName } from '@kanrecon/scene';
import { markedPicture } from './differences.mjs';
import { drawCase, worstError } from './draw-case.mjs';
import { text, writePicture } from './write-picture.mjs';

const seed = 2024;
const number = 7;
const pixels = 64;
const side = 350;
const gap = 24;
const margin = 28;
/** Of 255: what differs less is explained, as `misfit` counts it. */
const explained = 6;

/** An image that something covers, the answer, and what of the image that does not explain. */
export async function coveredPicture(target) {
  const scene = sceneByName('observable');
  const { shape, image, coverage, start } = drawCase(scene, seed, number, pixels);
  cover(image, coverage);
  const end = await refine(image, start, scene);
  const { parameters, baseColor, view, found, misfit } = end;
  console.log(
    `found: ${found}, hidden: ${misfit.hidden.toFixed(3)}, off by up to ${worstError(scene, shape, end).toFixed(4)} of a range`,
  );
  const refined = renderView(scene, { parameters, baseColor }, view, { size: pixels, effects: false }).image;
  const panels = [
    ['image', image],
    ['refined', refined],
    ['not explained: red', markedPicture(image, refined, explained)],
  ];
  const left = (column) => margin + column * (side + gap);
  const top = 64;
  await writePicture(target, {
    width: left(panels.length) - gap + margin,
    height: top + side + margin,
    images: panels.map(([, picture], i) => ({ image: picture, left: left(i), top, size: side })),
    svg: panels.map(([words], i) => text(left(i), top - 20, words, { weight: 700, size: 22 })),
  });
}

/** A brown disc over a tenth of the object, around the pixel of it that lies farthest to the lower right. */
function cover({ width, data }, coverage) {
  const at = (pixel) => [pixel % width, Math.floor(pixel / width)];
  const seen = Array.from(coverage.keys()).filter((pixel) => coverage[pixel] > 127);
  const [x, y] = at(seen.reduce((a, b) => (sum(at(b)) > sum(at(a)) ? b : a)));
  const distance = (pixel) => Math.hypot(at(pixel)[0] - x, at(pixel)[1] - y);
  const radius = seen.map(distance).sort((a, b) => a - b)[Math.floor(0.1 * seen.length)];
  for (const pixel of coverage.keys()) if (distance(pixel) < radius - 0.3) data.set([110, 84, 60], 3 * pixel);
}

function sum([x, y]) {
  return x + y;
}
