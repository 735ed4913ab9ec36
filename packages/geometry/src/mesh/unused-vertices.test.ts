import { WebIO } from '@gltf-transform/core';
import { describe, expect, it } from 'vitest';
import { box, sphere } from '../../test/simple-meshes.js';
import { writeGlb, writeObj, writeStl } from '../files.js';
import {
  alignMesh,
  chamferDistance,
  directedHausdorff,
  fScore,
  hausdorff,
  isWatertight,
  type Mesh,
  meshArea,
  meshVolume,
  nearestDistances,
  normalConsistency,
  removeUnreferencedVertices,
  surfaceDistances,
  surfaceHausdorff,
  vertexAreas,
  vertexNormals,
  volumeIoU,
} from '../index.js';

const a = box(0, 0, 0);
const b = box(0.25, 0.1, 0.2, [1, 1.2, 0.9]);

/** The same triangles; before, among and behind their vertices some that no triangle uses. */
function withUnused({ positions, indices }: Mesh, [x, y, z]: readonly number[]): Mesh {
  const at = positions.length / 6;
  return {
    positions: Float32Array.from([
      ...[x, y, z, ...positions.subarray(0, 3 * at)],
      ...[x, -y, z, ...positions.subarray(3 * at), y, x, -z],
    ]),
    indices: indices.map((index) => index + (index < at ? 1 : 2)),
  };
}
/** Of the vertices of `withUnused` those that were there before. */
const kept = <T>(values: ArrayLike<T>, size = 1) =>
  Array.from(values).filter((_, i) => ![0, 5, 10].includes(Math.floor(i / size)));

const strays = {
  'far away': [1000, 2000, 3000],
  'much further away': [1e30, 1e30, 1e30],
  inside: [0.5, 0.4, 0.6],
  'not a number': [Number.NaN, Number.NaN, Number.NaN],
  'half a number': [0.5, Number.NaN, Number.NEGATIVE_INFINITY],
} as const;

/** Everything that says one thing of one or two meshes. */
const measures: Record<string, (p: Mesh, q: Mesh) => unknown> = {
  isWatertight: (p) => isWatertight(p),
  meshArea: (p) => meshArea(p),
  meshVolume: (p) => meshVolume(p),
  hausdorff: (p, q) => hausdorff(p, q),
  directedHausdorff: (p, q) => directedHausdorff(p, q),
  surfaceHausdorff: (p, q) => surfaceHausdorff(p, q),
  chamferDistance: (p, q) => chamferDistance(p, q),
  'chamferDistance of vertices': (p, q) => chamferDistance(p, q, { to: 'vertices', weights: 'vertex' }),
  fScore: (p, q) => fScore(p, q, 0.15),
  'fScore of vertices': (p, q) => fScore(p, q, 0.3, { to: 'vertices', weights: 'vertex' }),
  normalConsistency: (p, q) => normalConsistency(p, q, { oriented: true }),
  volumeIoU: (p, q) => volumeIoU(p, q, { resolution: 32 }),
  alignMesh: (p, q) => {
    const { scale, angle, distance } = alignMesh(p, q);
    return { scale, angle, distance };
  },
  writeObj: (p) => writeObj(p),
  writeStl: (p) => writeStl(p),
};

describe.each(Object.entries(strays))('vertices that no triangle uses, %s', (_, stray) => {
  it.each(Object.entries(measures))('do not change %s', (_, measure) => {
    const expected = measure(a, b);
    expect(measure(withUnused(a, stray), b)).toEqual(expected);
    expect(measure(a, withUnused(b, stray))).toEqual(expected);
    expect(measure(withUnused(a, stray), withUnused(b, stray))).toEqual(expected);
  });

  it('get what says so where there is a number a vertex', async () => {
    const more = withUnused(a, stray);
    expect(kept(vertexAreas(more))).toEqual([...vertexAreas(a)]);
    expect([0, 5, 10].map((vertex) => vertexAreas(more)[vertex])).toEqual([0, 0, 0]);
    expect(kept(vertexNormals(more), 3)).toEqual([...vertexNormals(a)]);
    expect([...vertexNormals(more).subarray(0, 3)]).toEqual([0, 0, 0]);
    for (const distances of [nearestDistances, surfaceDistances]) {
      expect(kept(distances(more, b))).toEqual([...distances(a, b)]);
      expect([...distances(a, withUnused(b, stray))]).toEqual([...distances(a, b)]);
      expect([0, 5, 10].map((vertex) => distances(more, b)[vertex])).toEqual([NaN, NaN, NaN]);
      expect([...distances(more, b, new Float32Array(11))]).toEqual([...Float32Array.from(distances(more, b))]);
      // A cloud has nothing but points.
      if (stray.every(Number.isFinite)) expect(distances(more.positions, b)[0]).toBeGreaterThan(0);
      else expect(() => distances(more.positions, b)).toThrow(`${distances.name}: coordinate`);
    }
    const moved = alignMesh(more, b, { scale: false, rotation: false }).mesh;
    expect(kept(moved.positions, 3)).toEqual([...a.positions]);
    expect(moved.indices).toEqual(more.indices);
    const { mesh, vertices } = removeUnreferencedVertices(more);
    expect(mesh).toEqual(a);
    expect([...vertices]).toEqual([1, 2, 3, 4, 6, 7, 8, 9]);
  });

  it('stay out of files, with their colours', async () => {
    const colors = a.positions.map((_, i) => i / 24);
    const more = withUnused({ positions: colors, indices: a.indices }, [NaN, 7, -1]).positions;
    expect(writeObj(withUnused(a, stray), { colors: more })).toBe(writeObj(a, { colors }));
    expect(await writeGlb(withUnused(a, stray), { colors: more })).toEqual(await writeGlb(a, { colors }));
    more[3] = 2;
    expect(() => writeObj(withUnused(a, stray), { colors: more })).toThrow('writeObj: colour 3 is wrong');
  });
});

it('a cube with itself and a vertex that no triangle uses', () => {
  const more = withUnused(a, [1000, 1000, 1000]);
  expect(volumeIoU(more, more)).toEqual({ iou: 1, error: 0, intersection: 1, union: 1 });
  expect(alignMesh(withUnused(a, [10, 10, 10]), a)).toMatchObject({ scale: 1, angle: 0, distance: 0 });
});

it('a copy of a pole that no triangle uses has the distance of the pole', () => {
  const [inner, outer] = [sphere(1), sphere(1.25)];
  expect(removeUnreferencedVertices(inner).vertices).toHaveLength(inner.positions.length / 3 - 2);
  for (const distances of [nearestDistances(inner, outer), surfaceDistances(inner, outer)]) {
    expect(distances.at(-1)).toBe(distances[48]);
    expect(distances.every((distance) => distance > 0.2 && distance < 0.26)).toBe(true);
  }
  // Nothing to remove: nothing is copied.
  expect(removeUnreferencedVertices(a).mesh.positions).toBe(a.positions);
});

describe('triangles without area', () => {
  const join = (...meshes: Mesh[]): Mesh => {
    const starts = meshes.map((_, i) => meshes.slice(0, i).reduce((sum, m) => sum + m.positions.length / 3, 0));
    return {
      positions: Float32Array.from(meshes.flatMap(({ positions }) => [...positions])),
      indices: Uint32Array.from(meshes.flatMap(({ indices }, i) => [...indices].map((index) => index + starts[i]))),
    };
  };
  const triangle = (...positions: number[]): Mesh => ({
    positions: Float32Array.from(positions),
    indices: Uint32Array.of(0, 1, 2),
  });
  const point = triangle(9, 9, 9, 9, 9, 9, 9, 9, 9);
  const edge = triangle(1000, 0, 0, 1000, 0, 0, 2000, 0, 0);
  const line = triangle(0.3, 0.2, 1, 0.4, 0.2, 1, 0.6, 0.2, 1);

  it('hold no area, volume, weight or normal', () => {
    for (const more of [point, edge, line].map((flat) => join(a, flat))) {
      expect(meshArea(more)).toBe(6);
      expect([...vertexAreas(more)]).toEqual([...vertexAreas(a), 0, 0, 0]);
      expect([...vertexNormals(more)].slice(24)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
      expect(chamferDistance(more, a).distance).toBe(0);
      expect(fScore(more, a, 0.01).precision).toBe(1);
      expect(normalConsistency(more, b)).toEqual(normalConsistency(a, b));
      expect(normalConsistency(b, more)).toEqual(normalConsistency(b, a));
    }
    for (const more of [point, edge].map((flat) => join(a, flat))) {
      expect(meshVolume(more)).toBe(1);
      expect(volumeIoU(more, b)).toEqual(volumeIoU(a, b));
    }
    expect(isWatertight(join(a, line))).toBe(false);
  });

  it('are points and lines of the surface all the same', () => {
    expect(surfaceHausdorff(join(a, point), a).aToB).toBeCloseTo(Math.sqrt(3) * 8, 9);
    expect(hausdorff(join(a, point), a)).toBeCloseTo(Math.sqrt(3) * 8, 9);
    expect(Math.min(...surfaceDistances(Float32Array.of(1500, 0, 3), join(a, edge)))).toBe(3);
  });

  it('alone have neither normals nor volume', () => {
    expect(meshArea(line)).toBe(0);
    expect(() => normalConsistency(line, a)).toThrow('normalConsistency: a has no area');
    const sheet = { positions: a.positions, indices: Uint32Array.of(0, 1, 2, 0, 2, 1) };
    expect(() => normalConsistency(sheet, a)).toThrow('the normals of a mesh cancel out');
    expect(volumeIoU(sheet, a)).toMatchObject({ iou: 0, union: 1 });
    expect(() => volumeIoU(sheet, sheet)).toThrow('volumeIoU: neither a nor b has a volume');
  });

  it('a flap or a grain far away, which the lines of volumeIoU miss the rest for, shows in its error', () => {
    const flap = join(a, {
      positions: Float32Array.of(1e4, 0, 0, 1e4, 1, 0, 1e4, 0, 1),
      indices: Uint32Array.of(0, 1, 2, 0, 2, 1),
    });
    const grain = join(a, box(1e4, 1e4, 0, [0.01, 0.01, 0.01]));
    for (const more of [flap, grain]) {
      const { iou, error } = volumeIoU(more, more);
      expect(iou + error).toBeGreaterThanOrEqual(1 - 1e-9);
    }
  });
});

describe('what is no mesh', () => {
  const functions: Record<string, (mesh: Mesh) => unknown> = {
    ...Object.fromEntries(
      Object.entries(measures)
        .filter(([name]) => name !== 'isWatertight')
        .map(([name, measure]) => [name, (mesh: Mesh) => measure(mesh, a)]),
    ),
    'surfaceDistances from': (mesh) => surfaceDistances(mesh, a),
    'surfaceDistances to': (mesh) => surfaceDistances(a, mesh),
    'nearestDistances from': (mesh) => nearestDistances(mesh, a),
    'nearestDistances to': (mesh) => nearestDistances(a, mesh),
    vertexAreas,
    vertexNormals,
    removeUnreferencedVertices,
    writeGlb: (mesh) => writeGlb(mesh),
  };

  it.each(Object.entries(functions))('%s refuses it by name', async (label, measure) => {
    const [name] = label.split(' ');
    const refused = async (mesh: Mesh, message: string) => {
      const failing = expect((async () => measure(mesh))()).rejects;
      await failing.toThrow(message);
      await failing.toThrow(`${name}: `);
    };
    const positions = a.positions.slice();
    await refused({ positions, indices: new Uint32Array(0) }, 'must have at least one triangle');
    await refused({ positions: new Float32Array(0), indices: new Uint32Array(0) }, 'must have at least one triangle');
    await refused({ positions, indices: Uint32Array.of(0, 1) }, 'expected a positive multiple of 3 indices, got 2');
    await refused({ positions, indices: Uint32Array.of(0, 1, 8) }, 'has no vertex; expected less than 8, got 8');
    await refused({ positions: positions.subarray(1), indices: a.indices }, 'has half a vertex');
    positions[4] = Number.NaN;
    await refused({ positions, indices: a.indices }, 'must be finite, got NaN');
    positions[4] = Number.POSITIVE_INFINITY;
    await refused({ positions, indices: a.indices }, 'coordinate y of vertex 1 of');
  });

  it('isWatertight answers for a mesh without triangles', () => {
    expect(isWatertight({ positions: new Float32Array(0), indices: new Uint32Array(0) })).toBe(false);
    expect(isWatertight({ positions: a.positions, indices: new Uint32Array(0) })).toBe(false);
    expect(() => isWatertight({ positions: a.positions, indices: Uint32Array.of(0, 1, 99) })).toThrow(
      'isWatertight: index 2 of the mesh has no vertex',
    );
  });
});

it('glTF of whatever writeGlb takes holds what the format demands', async () => {
  const point = { positions: new Float32Array(9), indices: Uint32Array.of(0, 1, 2) };
  for (const mesh of [point, a, withUnused(a, [NaN, 1e30, 0]), sphere(1)]) {
    const document = await new WebIO().readBinary(await writeGlb(mesh));
    const [primitive] = document.getRoot().listMeshes()[0].listPrimitives();
    for (const accessor of [primitive.getIndices()!, ...primitive.listAttributes()]) {
      expect(accessor.getCount()).toBeGreaterThan(0);
      expect(accessor.getArray()!.every(Number.isFinite)).toBe(true);
    }
    expect(Math.max(...primitive.getIndices()!.getArray()!)).toBeLessThan(
      primitive.getAttribute('POSITION')!.getCount(),
    );
  }
});
