// Draws docs/scenes.png: the same six objects in every scene and in a robust variant. `node packages/scene/scripts/make-scenes-picture.mjs`.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drawShape, drawView, renderView, sceneByName, sceneNames, sceneWith } from '@kanrecon/scene';
import { encode } from 'fast-png';

const size = 128;
const gap = 4;
const columns = 6;
const robust = sceneWith(sceneByName('observable'), {
  light: { tilt: [0, 0.7], azimuth: [0, 2 * Math.PI], strength: [0.6, 1.6] },
  background: [60, 240],
  effects: { occluders: [0, 2], blur: [0, 1], noise: [0, 10], jpeg: [20, 95] },
});
const scenes = [...sceneNames.map(sceneByName), robust];
const width = columns * (size + gap) - gap;
const height = scenes.length * (size + gap) - gap;
const data = new Uint8Array(3 * width * height).fill(255);
scenes.forEach((scene, row) => {
  for (let column = 0; column < columns; column++) {
    const { image } = renderView(scene, drawShape(scene, 1, column), drawView(scene, 1, column, 0), { size });
    for (let y = 0; y < size; y++) {
      const line = image.data.subarray(3 * size * y, 3 * size * (y + 1));
      data.set(line, 3 * ((row * (size + gap) + y) * width + column * (size + gap)));
    }
  }
});
const path = fileURLToPath(new URL('../docs/scenes.png', import.meta.url));
writeFileSync(path, encode({ width, height, data, channels: 3, depth: 8 }));
console.log(path);
