// How near refinement comes, and whether its intervals hold what they say: fresh shapes of each scene, refined from a guess as far off as a
// network's, or from nothing.
//   node benchmarks/refine.bench.mjs [--scenes study,observable,fluted] [--count 500] [--first 0] [--start near|anywhere|nothing]
//                                    [--size 64] [--spoil noise|jpeg|blur|occluder|grey|colour|gradient|texture|all] [--labelled folder]
//                                    [--budget 2000] [--distances 50] [--known height] [--out results/refine.json]
// near: each parameter .065 of its range off (a standard deviation), the camera 5° about each axis; anywhere: the same shape, no camera;
// nothing: the middle of all ranges. --labelled: the test images of that folder instead of fresh ones. One thread; seconds are of its
// processor time. Rows that are not asked for keep what the results file says.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { imageLimits } from '@kanrecon/identifiability';
import { refine } from '@kanrecon/reconstruction';
import { sceneByName } from '@kanrecon/scene';
import { freshCase, labelledCases } from './refine/cases.mjs';
import { summarise } from './refine/summary.mjs';

const { values } = parseArgs({
  options: {
    scenes: { type: 'string', default: 'study,observable,fluted' },
    count: { type: 'string', default: '500' },
    first: { type: 'string', default: '0' },
    start: { type: 'string', default: 'near' },
    size: { type: 'string', default: '64' },
    spoil: { type: 'string', default: 'clean' },
    labelled: { type: 'string' },
    budget: { type: 'string', default: '2000' },
    distances: { type: 'string', default: '50' },
    known: { type: 'string' },
    out: { type: 'string', default: 'results/refine.json' },
  },
});
const { start, spoil: spoiling, known, labelled } = values;
const resultsFile = fileURLToPath(new URL(values.out, import.meta.url));

for (const name of values.scenes.split(',')) {
  const scene = sceneByName(name);
  const limits = await imageLimits(scene);
  const rows = await refineAll(scene, limits);
  const row = summarise(scene, rows, limits, Number(values.distances));
  const parts = [
    name,
    start,
    labelled ? `images of ${labelled}` : `${values.size} pixels`,
    ...(spoiling === 'clean' ? [] : [spoiling]),
    ...(known ? [`${known} known`] : []),
  ];
  store(parts.join(', '), row);
}

async function refineAll(scene, limits) {
  const first = Number(values.first);
  const cases = labelled
    ? await labelledCases(scene, labelled, { start })
    : Array.from({ length: Number(values.count) }, (_, i) => first + i);
  const rows = [];
  for (const one of cases) {
    const { image, ...rest } = labelled ? one : freshCase(scene, one, { size: Number(values.size), start, spoiling });
    rows.push(await refineOne(scene, limits, image, rest));
    process.stderr.write(`\r${scene.name}: ${rows.length} of ${cases.length} `);
  }
  process.stderr.write('\n');
  return rows;
}

async function refineOne(scene, limits, image, { start: from, ...rest }) {
  const given = known ? { parameters: { [known]: rest.shape.parameters[known] } } : {};
  const begin = process.cpuUsage();
  const options = { limits, known: given, seed: rest.number, budget: Number(values.budget) };
  const found = await refine(image, from, scene, options);
  const { user, system } = process.cpuUsage(begin);
  const start = from.normalized ?? rest.truth.map(() => 0.5);
  return { ...rest, start, found, seconds: (user + system) / 1e6 };
}

/** Into the results file as it is now: another scene's run may have written meanwhile. */
function store(key, row) {
  const results = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, 'utf8')).results : {};
  results[key] = row;
  console.log(`${key}: ${JSON.stringify(row, null, 1)}`);
  const record = {
    what: 'Refinement of images by rendering: R² of what it started from, of the posterior means and of its peak; shares inside the intervals.',
    results,
  };
  writeFileSync(resultsFile, `${JSON.stringify(record, null, 2)}\n`);
}
