import { refine } from '@kanrecon/reconstruction';
import { sceneByName } from '@kanrecon/scene';
import { drawCase } from './draw-case.mjs';
import { box, colors, line, text, writePicture } from './write-picture.mjs';

const seed = 2024;
const number = 7;
const plot = { left: 800, top: 70, width: 660, height: 500 };

/** A `study` image, and beside it what it says of radius and height: a line, as only their ratio shows. */
export async function ratioPicture(target) {
  const scene = sceneByName('study');
  const { shape, image, start } = drawCase(scene, seed, number, 64);
  const { samples, estimates, combinations } = await refine(image, start, scene, { samples: 1000 });
  const [radius, height] = ['radius', 'height'].map((name) => {
    const index = scene.surface.parameters.findIndex((parameter) => parameter.name === name);
    const { min, max } = scene.surface.parameters[index];
    return { index, min, max, truth: shape.parameters[name], interval: estimates[name].interval90 };
  });
  const x = (value) => plot.left + ((value - radius.min) / (radius.max - radius.min)) * plot.width;
  const y = (value) => plot.top + plot.height - ((value - height.min) / (height.max - height.min)) * plot.height;
  const bottom = plot.top + plot.height;
  const ratio = combinations['height/radius'].interval90;
  const real = shape.parameters.height / shape.parameters.radius;
  const { refined, truth, quiet, frame } = colors;
  const f = (value, digits = 2) => value.toFixed(digits);
  console.log(
    `radius ${radius.interval.map((end) => f(end)).join(' to ')}, height ${height.interval.map((end) => f(end)).join(' to ')}`,
  );
  await writePicture(target, {
    width: 1520,
    height: 690,
    images: [{ image, left: 40, top: 70, size: 440 }],
    svg: [
      text(40, 48, 'image', { weight: 700 }),
      text(40, 560, 'height/radius', { weight: 700 }),
      text(40, 594, `true ${f(real, 4)}`),
      text(40, 626, `90 % between ${f(ratio[0], 4)} and ${f(ratio[1], 4)}`, { color: refined }),
      text(plot.left, 48, 'shapes that the image may show', { weight: 700 }),
      box(plot.left, plot.top, plot.width, plot.height, '#f8f9fa', { stroke: frame }),
      ...samples.map(
        (sample) =>
          `<circle cx="${f(x(sample[radius.index]))}" cy="${f(y(sample[height.index]))}" r="5" fill="${refined}" fill-opacity=".25"/>`,
      ),
      box(x(radius.interval[0]), bottom + 8, x(radius.interval[1]) - x(radius.interval[0]), 14, refined, { rx: 4 }),
      box(plot.left - 22, y(height.interval[1]), 14, y(height.interval[0]) - y(height.interval[1]), refined, { rx: 4 }),
      line(x(radius.truth), plot.top, x(radius.truth), bottom + 26, truth, 2, '6 6'),
      line(plot.left - 26, y(height.truth), plot.left + plot.width, y(height.truth), truth, 2, '6 6'),
      `<circle cx="${x(radius.truth)}" cy="${y(height.truth)}" r="11" fill="none" stroke="${truth}" stroke-width="4"/>`,
      text(plot.left, bottom + 56, f(radius.min, 1), { color: quiet }),
      text(plot.left + plot.width, bottom + 56, f(radius.max, 1), { color: quiet, anchor: 'end' }),
      text(plot.left + plot.width / 2, bottom + 56, 'radius, 90 % interval below the box', { anchor: 'middle' }),
      text(plot.left - 34, bottom, f(height.min, 1), { color: quiet, anchor: 'end' }),
      text(plot.left - 34, plot.top + 22, f(height.max, 1), { color: quiet, anchor: 'end' }),
      text(plot.left - 34, plot.top + plot.height / 2 - 16, 'height, 90 %', { anchor: 'end' }),
      text(plot.left - 34, plot.top + plot.height / 2 + 16, 'interval beside it', { anchor: 'end' }),
      text(plot.left, bottom + 92, 'blue: samples; black: the true object', { color: quiet }),
    ],
  });
}
