// Writes ../geometry/docs/surfaces.png: each built-in surface of @kanrecon/geometry twice. Run after building the package:
//   node scripts/make-surfaces-picture.mjs
import { writeFileSync } from 'node:fs';
import { surfaceByName, surfaceNames } from '@kanrecon/geometry';
import { encode } from 'fast-png';
import { cameraRotation, renderSurface } from '../dist/index.js';

const size = 200;
const names = surfaceNames();
const colors = [
  [0.55, 0.25, 0.12],
  [0.15, 0.35, 0.6],
  [0.2, 0.5, 0.25],
  [0.6, 0.45, 0.1],
  [0.45, 0.2, 0.5],
];
const width = size * names.length;
const data = new Uint8Array(3 * width * 2 * size);
names.forEach((name, column) => {
  const surface = surfaceByName(name);
  for (const [row, fraction] of [0.35, 0.7].entries()) {
    // Every other parameter from the other end of its range, so that the two differ.
    const parameters = surface.parameters.map(
      ({ min, max }, i) => min + (max - min) * (i % 2 === 0 ? fraction : 1 - fraction),
    );
    const rotation = cameraRotation({ x: 1.05, y: 0, z: 0.5 + 0.4 * row });
    const { image } = renderSurface(surface, parameters, { rotation, size, baseColor: colors[column] });
    for (let line = 0; line < size; line++) {
      const from = image.data.subarray(3 * size * line, 3 * size * (line + 1));
      data.set(from, 3 * ((row * size + line) * width + column * size));
    }
  }
});
writeFileSync(
  new URL('../../geometry/docs/surfaces.png', import.meta.url),
  encode({ width, height: 2 * size, data, channels: 3 }),
);
