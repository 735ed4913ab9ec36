import { refine } from '@kanrecon/reconstruction';
import { renderView, sceneByName } from '@kanrecon/scene';
import { differencePicture, meanDifference } from './differences.mjs';
import { drawCase, worstError } from './draw-case.mjs';
import { text, writePicture } from './write-picture.mjs';

const seed = 2024;
const number = 6;
const pixels = 64;
const steps = 5;
const side = 270;
const gap = 20;
const margin = 28;

/** The image, the start, steps of the one start that led to the end, the end; below each where it differs from the image. */
export async function pathPicture(target) {
  const scene = sceneByName('observable');
  const { shape, image, start } = drawCase(scene, seed, number, pixels);
  const drawn = ({ parameters, baseColor, view }) =>
    renderView(scene, { parameters, baseColor }, view, { size: pixels, effects: false }).image;
  const told = [];
  const end = await refine(image, start, scene, { onProgress: (step) => told.push(step) });
  const all = [...told, end].map((step) => {
    const picture = drawn(step);
    return { picture, renderings: step.renderings, left: meanDifference(picture, image) };
  });
  const way = nearerAndNearer(all);
  const shown = evenly(way, steps);
  console.log(`${end.renderings} renderings, off by up to ${worstError(scene, shape, end).toFixed(4)} of a range`);

  const left = (column) => margin + column * (side + gap);
  const top = 64;
  const below = top + side + 52;
  const captions = shown.map(({ renderings, left: difference }, i) => [
    i === 0 ? 'start' : i === shown.length - 1 ? `end: ${renderings} renderings` : `${renderings} renderings`,
    `off by ${difference.toFixed(difference < 0.1 ? 2 : 1)} of 255`,
  ]);
  await writePicture(target, {
    width: left(steps + 1) - gap + margin,
    height: below + side + 56,
    images: [
      { image, left: left(0), top, size: side },
      ...shown.flatMap(({ picture }, i) => [
        { image: picture, left: left(i + 1), top, size: side },
        { image: differencePicture(picture, image), left: left(i + 1), top: below, size: side },
      ]),
    ],
    svg: [
      text(left(0), top - 20, 'image', { weight: 700 }),
      text(left(0), below + 30, 'What is left,'),
      text(left(0), below + 62, 'white 0 to dark 64,'),
      text(left(0), below + 94, 'and its mean'),
      ...captions.flatMap(([name, difference], i) => [
        text(left(i + 1), top - 20, name, { weight: 700 }),
        text(left(i + 1), below + side + 36, difference),
      ]),
    ],
  });
}

/** Those that are nearer to the image than all before them. */
function nearerAndNearer(all) {
  let least = Number.POSITIVE_INFINITY;
  return all.filter(({ left }, i) => {
    const nearer = left < least || i === all.length - 1;
    least = Math.min(least, left);
    return nearer;
  });
}

/** The first, the last, and between them evenly by the logarithm of what is left. */
function evenly(way, count) {
  const height = ({ left }) => Math.log(Math.max(left, 0.02));
  const [first, last] = [height(way[0]), height(way.at(-1))];
  const kept = Array.from({ length: count }, (_, i) => {
    const wanted = first + ((last - first) * i) / (count - 1);
    return way.reduce((a, b) => (Math.abs(height(b) - wanted) < Math.abs(height(a) - wanted) ? b : a));
  });
  return way.filter((step) => kept.includes(step));
}
