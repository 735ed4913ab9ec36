// Measures what the intervals of a preset's refinement are to be multiplied by, and writes it into the package.
//   node benchmarks/refine-calibration.mjs [--scenes study,observable,fluted] [--count 1000] [--first 100000] [--start near|network]
//                                         [--keep folder]
// Fresh images of 64 pixels, each refined from a start as far off as a network's, or by findObject from what the scene's shipped network
// answers, as predict begins; those that were found count. Images of other numbers than
// bench:refine's, so that what that measures is not what was learnt from here. Scenes that are not asked for keep what they have. In the folder
// of --keep what was measured stays, by scene, so that a run that was cut off, or one of more images, goes on from it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { combinationValue, imageLimits } from '@kanrecon/identifiability';
import { conformalFactors } from '@kanrecon/metrics';
import { findObject, refine } from '@kanrecon/reconstruction';
import { sceneByName } from '@kanrecon/scene';
import { freshCase } from './refine/cases.mjs';
import { keptRows } from './refine/kept-rows.mjs';
import { networkAnswers } from './refine/network-answers.mjs';

const { values } = parseArgs({
  options: {
    scenes: { type: 'string', default: 'study,observable,fluted' },
    count: { type: 'string', default: '1000' },
    first: { type: 'string', default: '100000' },
    start: { type: 'string', default: 'near' },
    keep: { type: 'string' },
  },
});
if (!['near', 'network'].includes(values.start))
  throw new Error(`--start: expected near or network, got ${values.start}`);
const file = fileURLToPath(
  new URL('../packages/reconstruction/src/posterior/preset-calibrations.json', import.meta.url),
);

for (const name of values.scenes.split(',')) {
  const scene = sceneByName(name);
  const limits = await imageLimits(scene);
  const rows = await refineAll(scene, limits);
  store(name, { images: rows.length, start: values.start, intervals: factorsOf(rows) });
}

/** By image: what was found by name, and what is true. */
async function refineAll(scene, limits) {
  const { parameters } = scene.surface;
  const numbers = Array.from({ length: Number(values.count) }, (_, i) => Number(values.first) + i);
  const answers = values.start === 'network' ? await networkAnswers(scene) : undefined;
  const measure = async (number) => {
    const { image, start, shape } = freshCase(scene, number, { size: 64, start: 'near', spoiling: 'clean' });
    const options = { limits, seed: number, calibration: false };
    const found = answers
      ? await findObject(image, await answers(image), scene, options)
      : await refine(image, start, scene, options);
    const vector = parameters.map(({ name }) => shape.parameters[name]);
    const combined = limits.combinations.map((one) => [one.name, combinationValue(one, vector)]);
    const truth = { ...shape.parameters, ...Object.fromEntries(combined) };
    return { right: found.found, truth, found: { ...found.estimates, ...found.combinations } };
  };
  const file = values.keep && join(values.keep, `${scene.name}-${values.start}.jsonl`);
  const rows = await keptRows(file, numbers, measure, scene.name);
  return rows.filter(({ right }) => right);
}

function factorsOf(rows) {
  const names = Object.keys(rows[0].found);
  return Object.fromEntries(
    names.map((name) => [
      name,
      { interval50: factors(rows, name, 'interval50', 0.5), interval90: factors(rows, name, 'interval90', 0.9) },
    ]),
  );
}

/** The error is counted in halves of the interval, on its side of the median. */
function factors(rows, name, key, level) {
  const widths = rows.map(({ found }) => found[name][key][1] - found[name][key][0]);
  const errors = rows.map(({ found, truth }, i) => {
    const { median, [key]: ends } = found[name];
    const off = truth[name] - median;
    const half = off > 0 ? ends[1] - median : median - ends[0];
    return (off / half) * widths[i];
  });
  const { edges, factors: all } = conformalFactors(errors, widths, { levels: [level], groups: 4 });
  return { edges: edges.map(round), factors: all.map(([factor]) => round(factor)) };
}

/** Into the file as it is now: another scene's run may have written meanwhile. */
function store(name, calibration) {
  const all = { ...JSON.parse(readFileSync(file, 'utf8')), [name]: calibration };
  // Lists on one line, as the formatter has them.
  const text = JSON.stringify(all, null, 2).replace(
    /\[\s+([^[\]{}]+?)\s+\]/g,
    (_, list) => `[${list.replace(/\s+/g, ' ')}]`,
  );
  writeFileSync(file, `${text}\n`);
}

function round(value) {
  return Number(value.toPrecision(4));
}
