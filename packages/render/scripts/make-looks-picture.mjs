// Writes docs/looks.png: every pattern under the study's sun and under a low one, on two surfaces. Run after building the package:
//   node scripts/make-looks-picture.mjs
import { writeFileSync } from 'node:fs';
import { flutedColumn, spiralCylinder } from '@kanrecon/geometry';
import { encode } from 'fast-png';
import { cameraRotation, fixedCamera, patternNames, renderSurface } from '../dist/index.js';

const size = 224;
const rows = [
  { surface: spiralCylinder, light: {} },
  { surface: spiralCylinder, light: { sun: { direction: [1, -0.6, 0.8] } } },
  { surface: flutedColumn, light: {} },
  { surface: flutedColumn, light: { sun: { direction: [1, -0.6, 0.8], strength: 1.5 }, ambient: 0.1 } },
];
const parameters = { radius: 1, height: 2.2, twist_amp: 1.2, twist_freq: 2.5, wave_amp: 0.35, wave_freq: 3.5 };
const camera = fixedCamera({
  rotation: cameraRotation({ x: 0.95, y: 0, z: 0.5 }),
  target: [0, 0, parameters.height / 2],
  distance: 6,
});
const width = size * patternNames.length;
const data = new Uint8Array(3 * width * rows.length * size);
for (const [row, { surface, light }] of rows.entries()) {
  for (const [column, pattern] of patternNames.entries()) {
    const options = { camera, size, pattern, baseColor: [0.5, 0.3, 0.16], ...light };
    const { image } = renderSurface(surface, parameters, options);
    for (let line = 0; line < size; line++) {
      const from = image.data.subarray(3 * size * line, 3 * size * (line + 1));
      data.set(from, 3 * ((row * size + line) * width + column * size));
    }
  }
}
writeFileSync(
  new URL('../docs/looks.png', import.meta.url),
  encode({ width, height: rows.length * size, data, channels: 3 }),
);
