// Writes docs/blender-and-ours.png: pairs of Blender's rendering (left) and ours (right). Run after building the package:
//   node scripts/make-picture.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { spiralCylinder } from '@kanrecon/geometry';
import { decode, encode } from 'fast-png';
import { cameraRotation, renderSurface } from '../dist/index.js';

const size = 224;
const names = ['000', '032', '022'];
const golden = new URL('../test/golden/blender-oracle/', import.meta.url);
const read = (path) => readFileSync(new URL(path, golden));
const cameras = JSON.parse(read('cameras.json'));
const width = 2 * size * names.length;
const data = new Uint8Array(3 * width * size);
names.forEach((name, index) => {
  const file = `3DfORMULA_${name}_vers0.png`;
  const label = JSON.parse(read(`labels/param_3DfORMULA_${name}_vers0.json`));
  const { x_angle, y_angle, z_angle } = label.camera_angles;
  const [x, y, z] = [x_angle, y_angle, z_angle].map((angle) => (angle * Math.PI) / 180);
  const rotation = cameraRotation({ x, y, z });
  const ours = renderSurface(spiralCylinder, label, { rotation, baseColor: cameras[file].base_color, size });
  [decode(read(`images/${file}`)).data, ours.image.data].forEach((image, side) => {
    for (let row = 0; row < size; row++) {
      const line = image.subarray(3 * size * row, 3 * size * (row + 1));
      data.set(line, 3 * (row * width + (2 * index + side) * size));
    }
  });
});
writeFileSync(
  new URL('../docs/blender-and-ours.png', import.meta.url),
  encode({ width, height: size, data, channels: 3 }),
);
