// What the twenty Blender renders of the tests say of light: pixels inside the object and away from edges, to be fitted by fit-light.py.
//
//     node packages/render/scripts/light-samples.mjs samples.json
//
// A row: image, outside seen, n·v, n·l, l·v, whether the sun reaches it, base colour, Blender's bytes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spiralCylinder, tessellate } from '@kanrecon/geometry';
import { decode } from 'fast-png';
import { cameraRotation, fitCamera, renderSurface } from '../dist/index.js';

const [out] = process.argv.slice(2);
if (!out) throw new Error('light-samples: expected the file to write');
const size = 224;
const tanHalfFov = 0.36;
const sun = [-0.0051, 0.0057, 1];
const folder = new URL('../test/golden/blender-oracle/', import.meta.url);
const read = (path) => readFileSync(new URL(path, folder));
const cameras = JSON.parse(read('cameras.json').toString());
const rows = [];
for (const [index, file] of readdirSync(new URL('images/', folder)).sort().entries()) {
  const parameters = JSON.parse(read(`labels/param_${file.replace('.png', '.json')}`).toString());
  const { x_angle, y_angle, z_angle } = parameters.camera_angles;
  const [x, y, z] = [x_angle, y_angle, z_angle].map((angle) => (angle * Math.PI) / 180);
  const rotation = cameraRotation({ x, y, z });
  const baseColor = cameras[file].base_color;
  const { coverage, depth } = renderSurface(spiralCylinder, parameters, { rotation, baseColor, size, depth: true });
  const { location } = fitCamera(tessellate(spiralCylinder, parameters, { uSteps: 300, vSteps: 300 }), rotation);
  const [image, mask] = ['images', 'masks'].map((kind) => decode(read(`${kind}/${file}`)).data);
  const radii = profileOf(parameters);
  for (let py = 2; py < size - 2; py += 2) {
    for (let px = 2; px < size - 2; px += 2) {
      const pixel = py * size + px;
      const around = [pixel, pixel - 1, pixel + 1, pixel - size, pixel + size];
      const whole = around.every((at) => mask[at] === 255 && coverage[at] === 255);
      if (!whole || around.some((at) => Math.abs(depth[at] - depth[pixel]) > 0.1)) continue;
      const right = (((px + 0.5) / size) * 2 - 1) * tanHalfFov;
      const up = (1 - ((py + 0.5) / size) * 2) * tanHalfFov;
      const ray = [0, 1, 2].map((k) => rotation[3 * k] * right + rotation[3 * k + 1] * up - rotation[3 * k + 2]);
      const point = ray.map((value, k) => location[k] + depth[pixel] * value);
      rows.push([
        index,
        ...lightAt(point, location, radii, parameters.height),
        ...baseColor,
        ...image.slice(3 * pixel, 3 * pixel + 3),
      ]);
    }
  }
}
writeFileSync(out, JSON.stringify(rows));
console.log(`${rows.length} samples in ${out}`);

/** Distance from the axis at 257 heights. */
function profileOf(parameters) {
  const values = spiralCylinder.parameters.map(({ name }) => parameters[name]);
  const { vMin, vMax } = spiralCylinder.domain(values);
  const point = [0, 0, 0];
  return Array.from({ length: 257 }, (_, j) => {
    spiralCylinder.position(0, vMin + ((vMax - vMin) * j) / 256, values, point);
    return Math.hypot(point[0], point[1]);
  });
}

function lightAt(point, location, radii, height) {
  const radius = Math.hypot(point[0], point[1]);
  const j = Math.min(Math.max(Math.ceil((point[2] / height) * 256), 1), 256);
  const slope = ((radii[j] - radii[j - 1]) * 256) / height;
  const length = Math.hypot(1, slope);
  let normal = [point[0] / radius / length, point[1] / radius / length, -slope / length];
  const toViewer = location.map((value, k) => value - point[k]);
  const distance = Math.hypot(...toViewer);
  const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  const outside = dot(normal, toViewer) > 0;
  if (!outside) normal = normal.map((value) => -value);
  const above = radii.slice(j + 1);
  const clear = outside ? radius - Math.max(...above, 0) : Math.min(...above, Number.MAX_VALUE) - radius;
  const [ndv, ndl] = [dot(normal, toViewer) / distance, dot(normal, sun)];
  // Neither where it is not clear on which side of the shadow's border the point is.
  const state = ndl > 0.03 && clear > -0.001 ? 1 : ndl < -0.03 || clear < -0.02 ? 0 : -1;
  return [outside ? 1 : 0, ndv, ndl, dot(toViewer, sun) / distance, state];
}
