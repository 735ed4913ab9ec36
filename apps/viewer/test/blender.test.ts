import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tessellate } from '@kanrecon/geometry';
import { patternColors, sceneByName } from '@kanrecon/scene';
import { expect, it } from 'vitest';
import { blenderForTest } from '../../../tests/blender-for-test.js';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { pageFixture, saved, savedJson, settled } from './page-fixture.js';

const blender = blenderForTest('Whether Blender opens what the viewer saves is not checked');
const fixture = pageFixture('The viewer: its GLB in Blender');
const folder = temporaryFolder();

/** Opens a GLB as Blender's menu does, and tells what is in it then. */
const script = `
import bpy, json, numpy, sys
# Blender 3.4 and older ask for a name that numpy has dropped in 1.24. Debian 12 has put both together: there every GLB with normals fails.
if 'bool' not in numpy.__dict__:
    numpy.bool = bool
bpy.ops.wm.read_factory_settings(use_empty=True)
bpy.ops.import_scene.gltf(filepath=sys.argv[-1])
[thing] = [one for one in bpy.data.objects if one.type == 'MESH']
mesh = thing.data
points = [thing.matrix_world @ vertex.co for vertex in mesh.vertices]
mesh.calc_loop_triangles()
# Called vertex colours in older versions.
layers = getattr(mesh, 'color_attributes', None) or mesh.vertex_colors
colors = [tuple(one.color)[:3] for one in layers[0].data]
print('@found ' + json.dumps({
    'name': thing.name,
    'triangles': len(mesh.loop_triangles),
    'least': [min(point[i] for point in points) for i in range(3)],
    'most': [max(point[i] for point in points) for i in range(3)],
    'materials': len(mesh.materials),
    'colors': [sum(color[i] for color in colors) / len(colors) for i in range(3)],
}))
`;

interface Found {
  readonly name: string;
  readonly triangles: number;
  readonly least: readonly number[];
  readonly most: readonly number[];
  readonly materials: number;
  readonly colors: readonly number[];
}

it.skipIf(fixture.missing || !blender)('Blender opens the GLB: upright, of its size, in its colours', async () => {
  const { page, complaints } = await fixture.open();
  await settled(page);
  const file = join(folder, 'saved.glb');
  writeFileSync(file, await saved(page, 'GLB'));
  const label = await savedJson(page);
  expect(complaints).toEqual([]);
  await page.context().close();
  writeFileSync(join(folder, 'open.py'), script);
  const flags = ['--background', '--factory-startup', '-noaudio', '--threads', '1', '--python-exit-code', '1'];
  const { stdout } = await promisify(execFile)(blender!, [...flags, '--python', join(folder, 'open.py'), '--', file], {
    maxBuffer: 1e8,
  });
  const found = JSON.parse(/^@found (.*)$/m.exec(stdout)![1]!) as Found;
  const scene = sceneByName('observable');
  const parameters = Object.fromEntries(
    scene.surface.parameters.map(({ name }) => [name, label[name] as number] as const),
  );
  const { positions, indices } = tessellate(scene.surface, parameters);
  const axis = (i: number) => positions.filter((_, k) => k % 3 === i);
  expect(found.triangles).toBe(indices.length / 3);
  expect(found.materials).toBe(1);
  for (const i of [0, 1, 2]) {
    // Blender's units and its z, which points up, are the object's.
    expect(found.least[i]).toBeCloseTo(
      axis(i).reduce((least, value) => Math.min(least, value)),
      4,
    );
    expect(found.most[i]).toBeCloseTo(
      axis(i).reduce((most, value) => Math.max(most, value)),
      4,
    );
  }
  const baseColor = label['base_color'] as [number, number, number];
  const colors = patternColors(scene, { parameters, baseColor }, { uSteps: 200, vSteps: 200 });
  for (const i of [0, 1, 2]) {
    const mean = colors.reduce((sum, value, k) => sum + (k % 3 === i ? value : 0), 0) / (colors.length / 3);
    // Of corners, not of vertices: those of the edges count half.
    expect(Math.abs(found.colors[i]! - mean)).toBeLessThan(0.01);
  }
});
