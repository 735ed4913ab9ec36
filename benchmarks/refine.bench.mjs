// How near refinement comes, and whether its intervals hold what they say: fresh shapes of each scene, refined from a guess as far off as a
// network's, or from nothing.
//   node benchmarks/refine.bench.mjs [--scenes study,observable,fluted] [--count 500] [--first 0] [--start near|anywhere|nothing]
//                                    [--size 64] [--budget 2000] [--distances 50] [--known height] [--out results/refine.json]
// near: each parameter .065 of its range off (a standard deviation), the camera 5° about each axis; anywhere: the same shape, no camera;
// nothing: the middle of all ranges. One thread; seconds are of its processor time. Rows that are not asked for keep what the results file says.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { combinationValue, imageLimits, orientationDistance } from '@kanrecon/identifiability';
import { coverageByWidth, intervalCoverage } from '@kanrecon/metrics';
import { compareReconstruction, refine } from '@kanrecon/reconstruction';
import { drawShape, drawView, randomStream, renderView, sceneByName } from '@kanrecon/scene';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';

const { values } = parseArgs({
  options: {
    scenes: { type: 'string', default: 'study,observable,fluted' },
    count: { type: 'string', default: '500' },
    first: { type: 'string', default: '0' },
    start: { type: 'string', default: 'near' },
    size: { type: 'string', default: '64' },
    budget: { type: 'string', default: '2000' },
    distances: { type: 'string', default: '50' },
    known: { type: 'string' },
    out: { type: 'string', default: 'results/refine.json' },
  },
});
const shapeSpread = 0.065;
const cameraSpread = (5 * Math.PI) / 180;
/** Of the shapes, which no training and no tuning has seen. */
const seed = 2 ** 40 + 99;
const resultsFile = fileURLToPath(new URL(values.out, import.meta.url));
const knownLimits = new Map();
const results = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, 'utf8')).results : {};

for (const name of values.scenes.split(',')) {
  const rows = await refineAll(sceneByName(name), Number(values.first), Number(values.count));
  const row = summarise(sceneByName(name), rows);
  const key = `${name}, ${values.start}${values.known ? `, ${values.known} known` : ''}`;
  results[key] = row;
  console.log(`${key}: ${JSON.stringify(row, null, 1)}`);
  const record = {
    what: 'Refinement of fresh images by rendering: R² of what it started from, of the posterior means and of its peak; shares inside the intervals.',
    results,
  };
  writeFileSync(resultsFile, `${JSON.stringify(record, null, 2)}\n`);
}

async function refineAll(scene, first, count) {
  const limits = await imageLimits(scene);
  knownLimits.set(scene.name, limits);
  const rows = [];
  for (let number = first; number < first + count; number++) {
    rows.push(await refineOne(scene, number, limits));
    process.stderr.write(`\r${scene.name}: ${rows.length} of ${count} `);
  }
  process.stderr.write('\n');
  return rows;
}

async function refineOne(scene, number, limits) {
  const { parameters } = scene.surface;
  const shape = drawShape(scene, seed, number);
  const view = drawView(scene, seed, number, 0);
  const { image } = renderView(scene, shape, view, { size: Number(values.size), effects: false });
  const random = randomStream(11, seed, number);
  const truth = parameters.map(({ name, min, max }) => (shape.parameters[name] - min) / (max - min));
  const normalized = truth.map((value) => Math.min(1, Math.max(0, value + shapeSpread * normal(random))));
  const off = (angle) => angle + cameraSpread * normal(random);
  const { x, y, z } = view.cameraAngles;
  const near = { normalized, spread: truth.map(() => shapeSpread) };
  const start = {
    near: { ...near, cameraAngles: { x: off(x), y: off(y), z: off(z) }, cameraSpread },
    anywhere: near,
    nothing: {},
  }[values.start];
  const known = values.known ? { parameters: { [values.known]: shape.parameters[values.known] } } : {};
  const begin = process.cpuUsage();
  const found = await refine(image, start, scene, { limits, known, seed: number, budget: Number(values.budget) });
  const { user, system } = process.cpuUsage(begin);
  return {
    number,
    shape,
    view,
    truth,
    start: start.normalized ?? truth.map(() => 0.5),
    found,
    seconds: (user + system) / 1e6,
  };
}

function summarise(scene, rows) {
  const { parameters } = scene.surface;
  const scaled = (value, { min, max }) => (value - min) / (max - min);
  const believed = rows.filter(({ found }) => found.found);
  const perParameter = Object.fromEntries(
    parameters.map((parameter, j) => {
      const { name } = parameter;
      const truth = rows.map((row) => row.truth[j]);
      const mean = rows.map(({ found }) => scaled(found.estimates[name].mean, parameter));
      const of = (key) =>
        intervals(
          believed,
          (row) => row.truth[j],
          (row) => row.found.estimates[name][key].map((end) => scaled(end, parameter)),
        );
      const errors = rows.map((row, i) => Math.abs(mean[i] - row.truth[j])).sort((a, b) => a - b);
      return [
        name,
        {
          r2_start: r2(
            truth,
            rows.map((row) => row.start[j]),
          ),
          r2: r2(truth, mean),
          r2_peak: r2(
            truth,
            rows.map(({ found }) => found.normalized[j]),
          ),
          median_error: round(middle(errors)),
          inside_50: of('interval50').coverage,
          inside_90: of('interval90').coverage,
          inside_90_by_width: of('interval90').byWidth,
          told: share(rows, ({ found }) => found.estimates[name].told),
        },
      ];
    }),
  );
  const names = Object.keys(rows[0].found.combinations);
  const average = (key) =>
    round(parameters.reduce((sum, { name }) => sum + perParameter[name][key], 0) / parameters.length);
  const degrees = rows
    .map(({ view, found }) => (180 / Math.PI) * orientationDistance(scene, view.cameraAngles, found.view.cameraAngles))
    .sort((a, b) => a - b);
  const worst = (row) =>
    Math.max(
      ...Object.values(row.found.estimates).map((one, j) =>
        one.told ? Math.abs(scaled(one.mean, parameters[j]) - row.truth[j]) : 0,
      ),
    );
  return {
    images: rows.length,
    size: Number(values.size),
    r2_start: average('r2_start'),
    r2: average('r2'),
    r2_peak: average('r2_peak'),
    found: share(rows, ({ found }) => found.found),
    found_but_off_by_a_tenth: rows.filter((row) => row.found.found && worst(row) > 0.1).map(({ number }) => number),
    not_found: rows.filter(({ found }) => !found.found).map(({ number }) => number),
    per_parameter: perParameter,
    combinations: Object.fromEntries(names.map((name) => [name, combination(scene, rows, name)])),
    camera_degrees: { median: round(middle(degrees)), p95: round(degrees[Math.floor(0.95 * degrees.length)]) },
    hausdorff: distances(scene, rows.slice(0, Number(values.distances))),
    seconds: {
      median: round(middle(rows.map((row) => row.seconds).sort((a, b) => a - b))),
      mean: round(rows.reduce((sum, row) => sum + row.seconds, 0) / rows.length),
    },
    renderings: round(rows.reduce((sum, { found }) => sum + found.renderings, 0) / rows.length),
    machine: {
      node: process.version,
      cpu: cpus()[0].model,
      load: round(loadavg()[0]),
      date: new Date().toISOString().slice(0, 10),
    },
  };
}

function combination(scene, rows, name) {
  const truths = rows.map(({ shape }) => combinationOf(scene, name, shape));
  const means = rows.map(({ found }) => found.combinations[name].mean);
  const inside = intervals(
    rows.filter(({ found }) => found.found),
    ({ shape }) => combinationOf(scene, name, shape),
    ({ found }) => found.combinations[name].interval90,
  );
  return { r2: r2(truths, means), inside_90: inside.coverage, inside_90_by_width: inside.byWidth };
}

function combinationOf(scene, name, shape) {
  const { combinations } = knownLimits.get(scene.name);
  return combinationValue(
    combinations.find((one) => one.name === name),
    scene.surface.parameters.map((one) => shape.parameters[one.name]),
  );
}

/** Shares of truths that lie inside, over all and in four groups by width. */
function intervals(rows, truth, ends) {
  if (rows.length === 0) return { coverage: null, byWidth: [] };
  const truths = rows.map(truth);
  const lower = rows.map((row) => ends(row)[0]);
  const upper = rows.map((row) => ends(row)[1]);
  return {
    coverage: round(intervalCoverage(truths, lower, upper).coverage),
    byWidth: coverageByWidth(truths, lower, upper, 4).map(({ coverage }) => round(coverage)),
  };
}

/** Vertex Hausdorff distance to the real object in shares of its size, as found and after the best scale: medians. */
function distances(scene, rows) {
  const all = rows.map(({ shape, found }) => compareReconstruction(scene, found.parameters, shape.parameters));
  const median = (of) => round(middle(all.map(of).sort((a, b) => a - b)));
  if (all.length === 0) return null;
  return {
    images: all.length,
    as_found: median(({ size, asFound }) => asFound.hausdorff / size),
    scaled: median(({ size, scaled }) => scaled.hausdorff / size),
  };
}

function r2(truths, predictions) {
  const mean = truths.reduce((sum, value) => sum + value, 0) / truths.length;
  const left = truths.reduce((sum, value, i) => sum + (value - predictions[i]) ** 2, 0);
  return round(1 - left / truths.reduce((sum, value) => sum + (value - mean) ** 2, 0));
}

function normal(random) {
  return Math.sqrt(-2 * Math.log1p(-uniformFloat64(random))) * Math.cos(2 * Math.PI * uniformFloat64(random));
}

function share(rows, is) {
  return round(rows.filter(is).length / rows.length);
}

function middle(sorted) {
  return sorted[sorted.length >> 1];
}

function round(value) {
  return Number(value.toPrecision(4));
}
