// Vertex and point-to-surface distances between 200 × 200 meshes beside scipy's cKDTree and directed_hausdorff in the same run, between
// 1,000 × 1,000 meshes by ours alone, and point-to-surface distances beside three-mesh-bvh. Usage: node benchmarks/geometry.bench.mjs
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import {
  hausdorff,
  nearestDistances,
  spiralCylinder,
  surfaceDistances,
  surfaceHausdorff,
  tessellate,
} from '@kanrecon/geometry';
import { closestPointCases } from './geometry/closest-point-cases.mjs';
import { measureClosestPoints } from './geometry/measure-closest-points.mjs';
import { median } from './geometry/median.mjs';

const warmUps = 3;
const repeats = 9;
const surfaceRepeats = 9;
const scipyRepeats = 5;
const python = process.env.PYTHON ?? '/usr/bin/python3';
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const golden = JSON.parse(readFileSync(here('../packages/geometry/test/golden/hausdorff.json'), 'utf8'));
const pairs = golden.map(({ predicted, real, steps: [uSteps, vSteps] }) => [
  tessellate(spiralCylinder, predicted, { uSteps, vSteps }),
  tessellate(spiralCylinder, real, { uSteps, vSteps }),
]);

/** Median CPU time in milliseconds (of all threads, so that a busy machine does not count), and the result. */
function timed(run, count) {
  const times = [];
  let result;
  for (let i = 0; i < count; i++) {
    const start = process.cpuUsage();
    result = run();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  return [times.sort((a, b) => a - b)[count >> 1], result];
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const nearestBothWays = (a, b) => [nearestDistances(a, b), nearestDistances(b, a)];
const surfaceBothWays = (a, b) => [surfaceDistances(a, b), surfaceDistances(b, a)];

function measureOurs([a, b]) {
  const [hausdorffMs, distance] = timed(() => hausdorff(a, b), repeats);
  const [nearestMs, nearest] = timed(() => nearestBothWays(a, b), repeats);
  const [surfaceMs] = timed(() => surfaceBothWays(a, b), surfaceRepeats);
  return {
    hausdorffMs,
    nearestMs,
    surfaceMs,
    hausdorff: distance,
    meanNearest: mean(nearest.map((values) => mean(values))),
  };
}

/** scipy's times, or undefined after saying why there are none. */
function measureScipy() {
  // The very points that ours get.
  const input = Buffer.concat(
    pairs
      .flat()
      .flatMap(({ positions }) => [
        Buffer.from(Uint32Array.of(positions.length / 3).buffer),
        Buffer.from(Float64Array.from(positions).buffer),
      ]),
  );
  const env = { ...process.env };
  // Settings that suit other programs must not slow scipy down.
  delete env.OPENBLAS_CORETYPE;
  delete env.OPENBLAS_L2_SIZE;
  const options = { input, env, maxBuffer: 2 ** 26 };
  const { status, stdout, stderr, error } = spawnSync(
    python,
    [here('geometry-scipy.py'), String(scipyRepeats)],
    options,
  );
  if (status === 0) return JSON.parse(stdout.toString());
  const reason = error?.message ?? stderr.toString().trim().split('\n').pop();
  console.log(`scipy skipped (${reason}); \`apt-get install python3-scipy\` gets it, PYTHON=… names another Python.\n`);
  return undefined;
}

for (let i = 0; i < warmUps; i++) {
  for (const [a, b] of pairs) {
    hausdorff(a, b);
    nearestBothWays(a, b);
    surfaceBothWays(a, b);
  }
}
const ours = pairs.map(measureOurs);
const scipy = measureScipy();

const rows = ours.map((our, i) => {
  const rival = scipy?.pairs[i];
  const row = {
    pair: i,
    'Hausdorff ms': our.hausdorffMs,
    'nearest both ways ms': our.nearestMs,
    'to surface both ways ms': our.surfaceMs,
  };
  if (!rival) return row;
  const faster = Math.min(rival.cKDTreeMs, rival.directedHausdorffMs);
  return {
    ...row,
    'cKDTree ms': rival.cKDTreeMs,
    'directed_hausdorff ms': rival.directedHausdorffMs,
    'Hausdorff: times faster than the faster of scipy’s': faster / our.hausdorffMs,
    'nearest: times faster than cKDTree': rival.cKDTreeMs / our.nearestMs,
    'to surface: times faster than cKDTree to vertices': rival.cKDTreeMs / our.surfaceMs,
    'greatest difference': Math.max(
      Math.abs(our.hausdorff - rival.hausdorff),
      Math.abs(our.meanNearest - rival.meanNearest),
    ),
  };
});
const short = (value) =>
  Math.abs(value) >= 1e-3 || value === 0 ? Number(value.toPrecision(3)) : value.toExponential(1);
const shown = (value) => (typeof value === 'number' ? short(value) : (value ?? '–'));
function printTable(lines) {
  const header = Object.keys(lines[0]);
  const table = [header, header.map(() => '---'), ...lines.map((line) => header.map((key) => shown(line[key])))];
  for (const cells of table) console.log(`| ${cells.join(' | ')} |`);
}
const header = Object.keys(rows[0]);
console.log(
  `Medians of ${repeats} (scipy: ${scipyRepeats}), milliseconds of CPU time for a pair of meshes with 40,401 vertices, both directions.\n`,
);
printTable(rows);

const medians = Object.fromEntries(header.slice(1).map((key) => [key, median(rows.map((row) => row[key]))]));
console.log('\nMedians over the pairs:');
for (const [key, value] of Object.entries(medians)) console.log(`  ${key}: ${short(value)}`);

const [largeA, largeB] = [golden[1].predicted, golden[1].real].map((parameters) =>
  tessellate(spiralCylinder, parameters, { uSteps: 1000, vSteps: 1000 }),
);
const [largeHausdorffMs] = timed(() => hausdorff(largeA, largeB), 3);
const [largeNearestMs] = timed(() => nearestBothWays(largeA, largeB), 1);
const [largeSurfaceMs] = timed(() => surfaceBothWays(largeA, largeB), 1);
const [largeBetweenMs] = timed(() => surfaceHausdorff(largeA, largeB), 1);
const large = {
  vertices: 1001 ** 2,
  'Hausdorff ms': largeHausdorffMs,
  'nearest both ways ms': largeNearestMs,
  'to surface both ways ms': largeSurfaceMs,
  'between surfaces ms': largeBetweenMs,
};
console.log(
  `\n1,000 × 1,000: Hausdorff ${short(largeHausdorffMs)} ms, nearest both ways ${short(largeNearestMs)} ms, to the surface both ways ${short(largeSurfaceMs)} ms, Hausdorff between surfaces ${short(largeBetweenMs)} ms.`,
);

console.log(
  '\nDistances of points to a mesh beside three-mesh-bvh, milliseconds of CPU time, medians of several rounds.\n',
);
const closestPoints = closestPointCases(golden).map(measureClosestPoints);
printTable(closestPoints);
const ofPairs = closestPoints.slice(0, golden.length);
const closestPointMedians = Object.fromEntries(
  Object.keys(ofPairs[0])
    .filter((key) => key.includes('times faster'))
    .map((key) => [key, median(ofPairs.map((row) => row[key]).filter((value) => value !== null))]),
);
console.log('\nMedians over the pairs:');
for (const [key, value] of Object.entries(closestPointMedians)) console.log(`  ${key}: ${short(value)}`);

const processors = cpus();
const report = {
  what: 'Milliseconds of CPU time, both directions, building included; medians of repeated runs.',
  date: new Date().toISOString(),
  machine: {
    cpu: processors[0]?.model,
    cores: processors.length,
    node: process.version,
    scipy: scipy?.versions ?? null,
    threeMeshBvh: JSON.parse(readFileSync(here('node_modules/three-mesh-bvh/package.json'), 'utf8')).version,
  },
  medians,
  pairs: rows,
  large,
  closestPoints: {
    what: 'One direction, each median of several rounds; three-mesh-bvh with its default and with SAH, the faster counts.',
    medians: closestPointMedians,
    cases: closestPoints,
  },
};
writeFileSync(here('results/geometry.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log('\nWritten to benchmarks/results/geometry.json.');
