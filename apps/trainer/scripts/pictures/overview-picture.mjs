import { compareReconstruction } from '@kanrecon/reconstruction';
import { cameraRotation, renderSurface } from '@kanrecon/render';
import { renderView } from '@kanrecon/scene';
import { meanDifference } from './differences.mjs';
import { box, colors, line, text, writePicture } from './write-picture.mjs';

const width = 1800;
const margin = 32;
const gap = 24;
const side = (width - 2 * margin - 3 * gap) / 4;
const top = 68;
const rowHeight = 46;
const degree = Math.PI / 180;

/** @param rows groups of { name, min, max, truth, network, interval } */
export async function overviewPicture(target, { scene, sample, image, network, refined, rows }) {
  const size = Math.round(side);
  const networkPicture = drawn(scene, network.drawnParameters, network.baseColor, network.view, size);
  const refinedPicture = drawn(scene, refined.parameters, refined.baseColor, refined.view, size);
  const difference = ({ parameters, baseColor, view }) => {
    return meanDifference(drawn(scene, parameters, baseColor, view, image.width), image);
  };
  const surface = (parameters) => {
    const { size: whole, scaled } = compareReconstruction(scene, parameters, sample.parameters);
    return (100 * scaled.hausdorff) / whole;
  };
  const [networkOff, refinedOff] = [surface(network.drawnParameters), surface(refined.parameters)];
  const panels = [
    ['image', image, `${image.width} × ${image.height} pixels, of a test object`],
    [
      'network',
      networkPicture,
      `off by ${short(difference({ ...network, parameters: network.drawnParameters }))} of 255`,
    ],
    ['refined', refinedPicture, `off by ${short(difference(refined))} of 255`],
    ['mesh', gridPicture(scene, refined, size), `surface ${short(refinedOff)} % off (network ${short(networkOff)} %)`],
  ];
  const left = (column) => margin + column * (side + gap);
  const below = top + side + 96;
  const height = below + 44 + rows.reduce((sum, group) => sum + group.rows.length * rowHeight + 20, 0) + 10;
  await writePicture(target, {
    width,
    height: Math.round(height),
    images: panels.map(([, picture], i) => ({ image: picture, left: left(i), top, size })),
    svg: [
      ...panels.flatMap(([name, , caption], i) => [
        text(left(i), top - 20, name, { weight: 700, size: 30 }),
        text(left(i), top + side + 36, caption, { size: 24, color: '#495057' }),
      ]),
      ...chart(rows, below),
    ],
  });
}

function drawn(scene, parameters, baseColor, view, size) {
  return renderView(scene, { parameters, baseColor }, view, { size, effects: false }).image;
}

/** From another side, with the lines of the mesh. */
function gridPicture(scene, { parameters, view }, size) {
  const { x, z } = view.cameraAngles;
  const rotation = cameraRotation({ x: Math.max(x, 55 * degree), y: 0, z: z + 140 * degree });
  const near = (value, [min, max], count, width) => {
    const place = ((value - min) / (max - min)) * count;
    return Math.abs(place - Math.round(place)) < width;
  };
  const pattern = {
    name: 'mesh',
    color(u, v, _, { uMin, uMax, vMin, vMax }, out) {
      const isLine = near(u, [uMin, uMax], 24, 0.045) || near(v, [vMin, vMax], 24, 0.045);
      out.set(isLine ? [0.01, 0.03, 0.1] : [0.32, 0.52, 0.85]);
    },
  };
  return renderSurface(scene.surface, parameters, {
    rotation,
    size,
    pattern,
    background: [255, 255, 255],
    ambient: 0.5,
  }).image;
}

const columns = { name: margin + 250, axis: margin + 510, axisWidth: 560, truth: 1230, network: 1380, interval: 1580 };

function chart(groups, begin) {
  const { truth, network, refined, quiet, frame } = colors;
  const { name, axis, axisWidth } = columns;
  const svg = [
    dot(axis + 8, begin - 8, truth),
    text(axis + 26, begin, 'true'),
    dot(axis + 128, begin - 8, network),
    text(axis + 146, begin, 'network'),
    box(axis + 292, begin - 16, 60, 16, refined, { rx: 4 }),
    text(axis + 362, begin, '90 % interval'),
    text(columns.truth, begin, 'true', { anchor: 'end', weight: 700 }),
    text(columns.network, begin, 'network', { anchor: 'end', weight: 700, color: network }),
    text(width - margin, begin, 'refined, 90 % interval', { anchor: 'end', weight: 700, color: refined }),
  ];
  let y = begin + 44;
  for (const { title, rows } of groups) {
    svg.push(text(margin, y + 8, title, { size: 22, color: quiet, weight: 700 }));
    for (const row of rows) {
      const at = (value) => axis + axisWidth * Math.min(1, Math.max(0, (value - row.min) / (row.max - row.min)));
      const [low, high] = row.interval;
      const from = Math.min(at(low), (at(low) + at(high)) / 2 - 3);
      svg.push(
        text(name, y + 8, row.name),
        line(axis, y, axis + axisWidth, y, frame, 4),
        box(from, y - 12, Math.max(6, at(high) - at(low)), 24, refined, { rx: 3, opacity: 0.85 }),
        dot(at(row.network), y, network),
        dot(at(row.truth), y, truth, 6),
        text(columns.truth, y + 8, digits(row.truth, row), { anchor: 'end' }),
        text(columns.network, y + 8, digits(row.network, row), { anchor: 'end', color: network }),
        text(width - margin, y + 8, `${digits(low, row)} to ${digits(high, row)}`, { anchor: 'end', color: refined }),
      );
      y += rowHeight;
    }
    y += 20;
  }
  return svg;
}

function dot(x, y, color, radius = 9) {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${color}" stroke="#ffffff" stroke-width="2"/>`;
}

/** As many digits as the interval is sure of. */
function digits(value, { interval: [low, high] }) {
  return value.toFixed(Math.min(4, Math.max(2, Math.ceil(1 - Math.log10(high - low)))));
}

function short(value) {
  return value < 0.01 ? 'less than .01' : value.toFixed(value < 0.095 ? 2 : 1).replace(/^0/, '');
}
