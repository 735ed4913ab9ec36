// What happens to a scene's own images between an object and a file, by name. Deterministic by seed.
import { applyEffects } from '@kanrecon/scene';
import { uniformNumbers } from './random-numbers.mjs';

const nothing = { occluders: 0, blur: 0, noise: 0, jpeg: 100, seed: 0 };

export const spoilings = ['clean', 'noise', 'jpeg', 'blur', 'occluder', 'grey', 'colour', 'gradient', 'texture', 'all'];

/**
 * A rendering, changed in place: noise of 6, JPEG of quality 60, blur of one pixel at 128, one occluder over a tenth of the object, another
 * background, or all but the blur.
 */
export function spoil(kind, { image, coverage }, background, seed) {
  const uniform = uniformNumbers(seed);
  const all = kind === 'all';
  const behind = all ? ['grey', 'colour', 'gradient', 'texture'][seed % 4] : kind;
  if (behind in backdrops) setBefore(image, coverage, background, backdrops[behind](uniform));
  if (kind === 'occluder' || all) occlude(image, coverage, 0.1, uniform);
  applyEffects(image, {
    ...nothing,
    seed,
    ...((kind === 'noise' || all) && { noise: 6 }),
    ...((kind === 'jpeg' || all) && { jpeg: 60 }),
    ...(kind === 'blur' && { blur: 1 }),
  });
  return image;
}

/** By name: RGB bytes at coordinates from 0 to 1. */
const backdrops = {
  grey(uniform) {
    const grey = 40 + 100 * uniform();
    return () => [grey, grey, grey];
  },
  colour(uniform) {
    const color = [255 * uniform(), 255 * uniform(), 255 * uniform()];
    return () => color;
  },
  gradient(uniform) {
    const middle = [0, 1, 2].map(() => 60 + 180 * uniform());
    const rise = [0, 1, 2].map(() => 60 + 60 * uniform());
    const turn = 2 * Math.PI * uniform();
    return (x, y) =>
      middle.map((value, c) => value + rise[c] * ((x - 0.5) * Math.cos(turn) + (y - 0.5) * Math.sin(turn)));
  },
  texture(uniform) {
    const middle = [0, 1, 2].map(() => 60 + 140 * uniform());
    const waves = Array.from({ length: 12 }, () => {
      const [frequency, turn, phase] = [2 + 14 * uniform(), 2 * Math.PI * uniform(), 2 * Math.PI * uniform()];
      return [
        2 * Math.PI * frequency * Math.cos(turn),
        2 * Math.PI * frequency * Math.sin(turn),
        phase,
        6 + 5 * uniform(),
      ];
    });
    return (x, y) => {
      const height = waves.reduce((sum, [a, b, phase, size]) => sum + size * Math.sin(a * x + b * y + phase), 0);
      return middle.map((value) => value + height);
    };
  },
};

function setBefore({ width, data }, coverage, old, backdrop) {
  for (let pixel = 0; pixel < coverage.length; pixel++) {
    const shows = 1 - coverage[pixel] / 255;
    if (shows === 0) continue;
    const color = backdrop((pixel % width) / width, Math.floor(pixel / width) / width);
    for (let c = 0; c < 3; c++) data[3 * pixel + c] = byte(data[3 * pixel + c] + shows * (color[c] - old));
  }
}

/** An opaque rectangle of one colour, turned at random, over a share of the object. */
function occlude({ width, data }, coverage, share, uniform) {
  const covered = Array.from(coverage.keys()).filter((pixel) => coverage[pixel] > 127);
  const middle = covered[Math.floor(uniform() * covered.length)];
  const turn = Math.PI * uniform();
  const longer = 0.5 + 1.5 * uniform();
  const color = [255 * uniform(), 255 * uniform(), 255 * uniform()];
  const inside = (pixel, radius) => {
    const [dx, dy] = [(pixel % width) - (middle % width), Math.floor(pixel / width) - Math.floor(middle / width)];
    const along = Math.abs(Math.cos(turn) * dx + Math.sin(turn) * dy);
    const across = Math.abs(Math.cos(turn) * dy - Math.sin(turn) * dx);
    return Math.min(radius * longer - along, radius / longer - across);
  };
  let radius = 1;
  while (covered.filter((pixel) => inside(pixel, radius) > 0).length < share * covered.length) radius += 0.5;
  for (let pixel = 0; pixel < coverage.length; pixel++) {
    const cover = Math.min(1, Math.max(0, inside(pixel, radius) + 0.5));
    for (let c = 0; c < 3; c++)
      data[3 * pixel + c] = byte(data[3 * pixel + c] + cover * (color[c] - data[3 * pixel + c]));
  }
}

const byte = (value) => Math.min(255, Math.max(0, Math.round(value)));
