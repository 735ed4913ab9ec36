// How near refinement comes, and whether its intervals hold what they say: fresh shapes of each scene, refined from a guess as far off as a
// network's, or from nothing.
//   node benchmarks/refine.bench.mjs [--scenes study,observable,fluted] [--count 500] [--first 0] [--start near|anywhere|nothing|network]
//                                    [--size 64] [--spoil noise|jpeg|blur|occluder|grey|colour|gradient|texture|all] [--labelled folder]
//                                    [--budget 2000] [--distances 50] [--known height] [--keep folder] [--out results/refine.json]
// near: each parameter .065 of its range off (a standard deviation), the camera 5° about each axis; anywhere: the same shape, no camera;
// nothing: the middle of all ranges; network: what the scene's shipped network answers, by findObject, as predict begins. --labelled: the
// test images of that folder instead of fresh ones. One thread; seconds are of its processor time. --keep: a folder for what was measured,
// image by image, from which a run that was cut off goes on. Rows that are not asked for keep what the results file says.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { imageLimits } from '@kanrecon/identifiability';
import { findObject, refine } from '@kanrecon/reconstruction';
import { sceneByName } from '@kanrecon/scene';
import { freshCase, labelledCases } from './refine/cases.mjs';
import { keptRows } from './refine/kept-rows.mjs';
import { networkAnswers } from './refine/network-answers.mjs';
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
    keep: { type: 'string' },
    out: { type: 'string', default: 'results/refine.json' },
  },
});
const { start, spoil: spoiling, known, labelled } = values;
const resultsFile = fileURLToPath(new URL(values.out, import.meta.url));

for (const name of values.scenes.split(',')) {
  const scene = sceneByName(name);
  const limits = await imageLimits(scene);
  const rows = await refineAll(scene, limits, start === 'network' ? await networkAnswers(scene) : undefined);
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

/** All that what is measured hangs on. */
function keptName(scene) {
  const more = labelled ? ['labelled', labelled] : [spoiling];
  return [scene.name, start, values.size, ...more, values.budget, known ?? ''].join('-').replaceAll(/[^\w.-]+/g, '_');
}

async function refineAll(scene, limits, answers) {
  const first = Number(values.first);
  const cases = labelled ? await labelledCases(scene, labelled, { start }) : undefined;
  const numbers = cases
    ? cases.map(({ number }) => number)
    : Array.from({ length: Number(values.count) }, (_, i) => first + i);
  const measure = async (number) => {
    const one = cases
      ? cases.find((each) => each.number === number)
      : freshCase(scene, number, { size: Number(values.size), start, spoiling });
    const { image, ...rest } = one;
    return refineOne(scene, limits, image, answers ? { ...rest, start: await answers(image) } : rest);
  };
  const file = values.keep && join(values.keep, `${keptName(scene)}.jsonl`);
  return keptRows(file, numbers, measure, scene.name);
}

async function refineOne(scene, limits, image, { start: from, ...rest }) {
  const given = known ? { parameters: { [known]: rest.shape.parameters[known] } } : {};
  const begin = process.cpuUsage();
  const options = { limits, known: given, seed: rest.number, budget: Number(values.budget) };
  const { samples: _, ...found } = await (start === 'network' ? findObject : refine)(image, from, scene, options);
  const { user, system } = process.cpuUsage(begin);
  return { ...rest, start: from.normalized ?? rest.truth.map(() => 0.5), found, seconds: (user + system) / 1e6 };
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
