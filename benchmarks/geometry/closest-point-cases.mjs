import { spiralCylinder, superellipsoid, tessellate, torusPair } from '@kanrecon/geometry';

/**
 * Points to look up, and the mesh to look them up on.
 *
 * @param golden the twelve pairs of parameters that the other benchmarks use
 */
export function closestPointCases(golden) {
  const random = seeded(1);
  const pair = (i, steps) =>
    [golden[i].predicted, golden[i].real].map((parameters) => tessellate(spiralCylinder, parameters, steps));
  const grid = ({ steps: [uSteps, vSteps] }) => ({ uSteps, vSteps });
  const cases = golden.map((row, i) => {
    const [a, b] = pair(i, grid(row));
    return { name: `pair ${i}`, points: a.positions, mesh: b };
  });
  const [{ points, mesh }] = cases.slice(1);
  const closed = (name, surface, from, to) => ({
    name,
    points: tessellate(surface, from).positions,
    mesh: tessellate(surface, to),
  });
  const [small, smallMesh] = pair(1, { uSteps: 20, vSteps: 20 });
  const [large, largeMesh] = pair(1, { uSteps: 1000, vSteps: 1000 });
  return [
    ...cases,
    closed('superellipsoids (poles)', superellipsoid, [0.7, 1.2, 0.9, 0.5, 1.4], [0.8, 1.1, 1, 0.7, 1.2]),
    closed('torus pairs (two parts)', torusPair, [1, 0.2, 0.9, 0.1, 1, 1.5], [1.1, 0.15, 1, 0.15, 0.95, 1.3]),
    { name: 'pair 1, triangles shuffled', points, mesh: shuffledMesh(mesh, random) },
    { name: 'pair 1, points shuffled', points: shuffled(points, random), mesh },
    {
      name: 'pair 1, points and triangles shuffled',
      points: shuffled(points, random),
      mesh: shuffledMesh(mesh, random),
    },
    { name: 'pair 1, random points around it', points: scattered(points.length, random), mesh },
    { name: 'pair 1, 100 of the points', points: every(points, 404).slice(0, 300), mesh },
    { name: 'pair 1, 1 of the points', points: points.slice(0, 3), mesh },
    { name: 'pair 1 of 20 × 20', points: small.positions, mesh: smallMesh },
    { name: 'pair 1 of 1,000 × 1,000', points: large.positions, mesh: largeMesh },
  ];
}

/** x, y, z of every so manyth point. */
function every(points, step) {
  return Float32Array.from({ length: 3 * Math.floor(points.length / 3 / step) }, (_, k) => {
    return points[3 * step * Math.floor(k / 3) + (k % 3)];
  });
}

/** Between −3 and 3 along every axis: about twice as wide as the meshes. */
function scattered(length, random) {
  return Float32Array.from({ length }, () => 6 * random() - 3);
}

/** Triples in another order. */
function shuffled(values, random) {
  const out = values.slice();
  for (let i = out.length / 3 - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    for (let k = 0; k < 3; k++) [out[3 * i + k], out[3 * j + k]] = [out[3 * j + k], out[3 * i + k]];
  }
  return out;
}

function shuffledMesh({ positions, indices }, random) {
  return { positions, indices: shuffled(indices, random) };
}

/** Mulberry32: numbers in [0, 1), the same every time. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
