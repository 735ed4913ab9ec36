import { WebIO } from '@gltf-transform/core';
import { validateBytes } from 'gltf-validator';
import { describe, expect, it } from 'vitest';
import { writeGlb, writeObj, writeStl } from './files.js';
import { removeUnreferencedVertices } from './mesh/remove-unreferenced-vertices.js';
import { vertexNormals } from './mesh/vertex-normals.js';
import { spiralCylinder } from './surfaces/built-in/spiral-cylinder.js';
import { superellipsoid } from './surfaces/built-in/superellipsoid.js';
import { surfaceByName, surfaceNames } from './surfaces/surface-registry.js';
import { tessellate } from './surfaces/tessellate.js';

const mesh = tessellate(spiralCylinder, [0.9, 2.5, 1.25, 3, 0.3, 2], { uSteps: 7, vSteps: 5 });
const { positions, indices } = mesh;
const colors = positions.map((_, i) => (i % 11) / 10);

describe('writeObj', () => {
  const lines = (text: string, key: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith(`${key} `))
      .map((line) => line.trim().split(/\s+/).slice(1));

  it('holds every vertex exactly and every triangle', () => {
    const text = writeObj(mesh, { name: 'tube' });
    expect(lines(text, 'o')).toEqual([['tube']]);
    expect(new Float32Array(lines(text, 'v').flat().map(Number))).toEqual(positions);
    // Faces count from 1 and may give v/vt/vn.
    const faces = lines(text, 'f').map((face) => face.map((corner) => Number(corner.split('/')[0]) - 1));
    expect(Uint32Array.from(faces.flat())).toEqual(indices);
  });

  it('holds colours as sRGB', () => {
    const vertices = lines(writeObj(mesh, { colors }), 'v').map((vertex) => vertex.map(Number));
    vertices.forEach((vertex, i) => {
      expect(vertex).toHaveLength(6);
      vertex.slice(3).forEach((value, channel) => {
        const linear = colors[3 * i + channel];
        const srgb = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
        expect(value).toBeCloseTo(srgb, 3);
      });
    });
  });

  it('refuses a name that would break the file', () => {
    expect(() => writeObj(mesh, { name: 'a\nv 0 0 0' })).toThrow('writeObj: wrong name');
  });
});

describe('writeStl', () => {
  it('holds every triangle exactly, with its normal', () => {
    const bytes = writeStl(mesh);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const count = indices.length / 3;
    expect(bytes.byteLength).toBe(84 + 50 * count);
    expect(view.getUint32(80, true)).toBe(count);
    // "solid" at the start would make it a text file.
    expect(new TextDecoder().decode(bytes.slice(0, 5))).not.toBe('solid');
    const vector = (offset: number) => [0, 4, 8].map((i) => view.getFloat32(offset + i, true));
    for (let k = 0; k < count; k++) {
      const at = 84 + 50 * k;
      const corners = [12, 24, 36].map((offset) => vector(at + offset));
      corners.forEach((corner, i) => {
        const vertex = 3 * indices[3 * k + i];
        expect(corner).toEqual([...positions.slice(vertex, vertex + 3)]);
      });
      const normal = vector(at);
      expect(Math.hypot(...normal)).toBeCloseTo(1, 5);
      const [a, b, c] = corners;
      for (const other of [b, c]) {
        expect(normal.reduce((sum, value, i) => sum + value * (other[i] - a[i]), 0)).toBeCloseTo(0, 5);
      }
      // Outward: away from the axis.
      expect(normal[0] * (a[0] + b[0] + c[0]) + normal[1] * (a[1] + b[1] + c[1])).toBeGreaterThan(0);
    }
  });
});

describe('writeGlb', () => {
  it('holds vertices, triangles, normals and colours, and stands upright in a y-up world', async () => {
    const document = await new WebIO().readBinary(await writeGlb(mesh, { name: 'tube', colors }));
    const [node] = document.getRoot().getDefaultScene()?.listChildren() ?? [];
    expect(node.getName()).toBe('tube');
    const primitives = node.getMesh()?.listPrimitives() ?? [];
    expect(primitives).toHaveLength(1);
    expect(primitives[0].getAttribute('POSITION')?.getArray()).toEqual(positions);
    expect(primitives[0].getIndices()?.getArray()).toEqual(indices);
    expect(primitives[0].getAttribute('NORMAL')?.getArray()).toEqual(vertexNormals(mesh));
    expect(primitives[0].getAttribute('COLOR_0')?.getArray()).toEqual(colors);
    expect(primitives[0].getMaterial()?.getDoubleSided()).toBe(true);
    // Column-major: where x, y and z of the object point in the world.
    const axes = node.getWorldMatrix();
    [
      [1, 0, 0],
      [0, 0, -1],
      [0, 1, 0],
    ].forEach((expected, column) => {
      expected.forEach((value, row) => {
        expect(axes[4 * column + row]).toBeCloseTo(value, 6);
      });
    });
  });

  it('has no colours when none are given, and unit normals where a mesh has none', async () => {
    const point = { positions: new Float32Array(9), indices: Uint32Array.of(0, 1, 2) };
    const document = await new WebIO().readBinary(await writeGlb(point));
    const [primitive] = document.getRoot().listMeshes()[0].listPrimitives();
    expect(primitive.getAttribute('COLOR_0')).toBeNull();
    expect([...(primitive.getAttribute('NORMAL')?.getArray() ?? [])]).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 1]);
  });

  it('leaves the mesh as it was', async () => {
    const copy = [positions.slice(), indices.slice(), colors.slice()];
    await writeGlb(mesh, { colors });
    expect([positions, indices, colors]).toEqual(copy);
  });
});

it.each(surfaceNames())('every format holds a mesh of %s', async (name) => {
  const surface = surfaceByName(name);
  const parameters = surface.parameters.map(({ min, max }) => (min + max) / 2);
  // A pole has a copy that no triangle uses.
  const { positions, indices } = removeUnreferencedVertices(
    tessellate(surface, parameters, { uSteps: 9, vSteps: 6 }),
  ).mesh;
  const document = await new WebIO().readBinary(await writeGlb({ positions, indices }, { name }));
  const [primitive] = document.getRoot().listMeshes()[0].listPrimitives();
  expect(primitive.getAttribute('POSITION')?.getArray()).toEqual(positions);
  expect(primitive.getIndices()?.getArray()).toEqual(indices);
  const normals = primitive.getAttribute('NORMAL')?.getArray() ?? [];
  for (let i = 0; i < positions.length; i += 3) {
    expect(Math.hypot(normals[i], normals[i + 1], normals[i + 2])).toBeCloseTo(1, 5);
  }
  const text = writeObj({ positions, indices }, { name });
  expect(text.match(/^v /gm)).toHaveLength(positions.length / 3);
  expect(text.match(/^f /gm)).toHaveLength(indices.length / 3);
  expect(writeStl({ positions, indices })).toHaveLength(84 + (50 * indices.length) / 3);
});

describe('the glTF validator of Khronos finds nothing wrong', () => {
  const far = { positions: Float32Array.of(1e9, NaN, 0, ...positions), indices: indices.map((index) => index + 1) };
  it.each(
    Object.entries({
      'a mesh': mesh,
      'one with a vertex that no triangle uses': far,
      'a triangle that is a point': { positions: new Float32Array(9), indices: Uint32Array.of(0, 1, 2) },
      'an object with poles': tessellate(superellipsoid, [1, 1, 1, 1, 1], { uSteps: 9, vSteps: 6 }),
      'a huge one and a tiny one': {
        positions: Float32Array.of(0, 0, 0, 1e30, 0, 0, 0, 1e30, 0, 1e-30, 0, 0, 0, 1e-30, 0),
        indices: Uint32Array.of(0, 1, 2, 0, 3, 4),
      },
    }),
  )('with %s', async (_, written) => {
    for (const options of [{}, { colors: written.positions.map((_, i) => (i % 3) / 2), name: 'ä' }]) {
      const { issues, info } = await validateBytes(await writeGlb(written, options));
      // Triangles without area are a remark; their kind is no error.
      expect(issues.messages.filter(({ severity }) => severity < 2)).toEqual([]);
      expect(info.totalTriangleCount).toBe(written.indices.length / 3);
    }
  });
});

it('equal meshes give equal bytes', async () => {
  const copy = { positions: positions.slice(), indices: indices.slice() };
  expect(writeObj(copy)).toBe(writeObj(mesh));
  expect(writeStl(copy)).toEqual(writeStl(mesh));
  expect(await writeGlb(copy, { colors })).toEqual(await writeGlb(mesh, { colors: colors.slice() }));
});

it.each([
  ['writeObj', async (broken: typeof mesh, broke?: Float32Array) => writeObj(broken, { colors: broke })],
  ['writeGlb', async (broken: typeof mesh, broke?: Float32Array) => writeGlb(broken, { colors: broke })],
  ['writeStl', async (broken: typeof mesh) => writeStl(broken)],
] as const)('%s refuses what no program could read', async (name, write) => {
  const wrong = (change: Partial<typeof mesh>) => write({ ...mesh, ...change });
  await expect(wrong({ indices: Uint32Array.of(0, 1, 99) })).rejects.toThrow(
    `${name}: index 2 of the mesh has no vertex; expected less than 48, got 99`,
  );
  await expect(wrong({ indices: Uint32Array.of(0, 1) })).rejects.toThrow(
    `${name}: the mesh must have at least one triangle; expected a positive multiple of 3 indices, got 2`,
  );
  await expect(wrong({ positions: new Float32Array(144).fill(Number.NaN) })).rejects.toThrow('must be finite, got NaN');
  if (name === 'writeStl') return;
  await expect(write(mesh, new Float32Array(3))).rejects.toThrow('expected three numbers per vertex, 144, got 3');
  await expect(write(mesh, new Float32Array(144).fill(255))).rejects.toThrow('expected 0 to 1, got 255');
});
