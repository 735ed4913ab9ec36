// Makes the README's picture from what the demo trained: a test image, the network's answer, the refined one, its mesh, and a chart of what is
// true, what the network says, and the interval after refinement. It tells the rank of the image by the network's error; the one that is taken when
// nothing is said lies in the middle, and has a colour.
//   node apps/trainer/scripts/make-overview.mjs [--run runs/demo] [--shape 693] [--out docs/images/overview.png]
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decodeImage, scanDataset } from '@kanrecon/dataset/node';
import { combinationValue, imageLimits } from '@kanrecon/identifiability';
import { reconstruct, refine } from '@kanrecon/reconstruction';
import { typicalView } from '@kanrecon/scene';
import { loadModel } from '@kanrecon/training/node';
import '@tensorflow/tfjs-backend-wasm';
import { setBackend } from '@tensorflow/tfjs-core';
import { overviewPicture } from './pictures/overview-picture.mjs';

const { values } = parseArgs({
  options: {
    run: { type: 'string', default: 'runs/demo' },
    shape: { type: 'string', default: '693' },
    out: { type: 'string', default: 'docs/images/overview.png' },
  },
});
if (!existsSync(join(values.run, 'best'))) {
  console.error(`make-overview: ${values.run} has no network; run "npm run demo" first, or name a run.`);
  process.exit(2);
}
await setBackend('wasm');
const { reconstructor, scene } = await loadModel(values.run);
const limits = await imageLimits(scene);
const { parameters } = scene.surface;
const visible = parameters.filter(({ name }) => !limits.invisible.includes(name));

const folder = join(values.run, 'data');
const { samples } = await scanDataset(folder, { splits: ['test'], surface: scene.surface });
// One image of each shape.
const answers = await Promise.all(samples.filter(({ view }) => view === 0).map(askNetwork));
answers.sort((a, b) => a.error - b.error);
const rank = answers.findIndex(({ sample }) => sample.shape === Number(values.shape));
const chosen = answers[rank];
if (!chosen) {
  console.error(`make-overview: no test image shows shape ${values.shape}.`);
  process.exit(2);
}
const refined = await refine(chosen.image, { normalized: chosen.network.normalized }, scene, { limits });
if (!refined.found) {
  console.error(`make-overview: shape ${values.shape} is not found by refinement; name another with --shape.`);
  process.exit(1);
}
console.log(
  `Shape ${values.shape}: the network's error is the ${rank + 1}th of ${answers.length}; ${refined.renderings} renderings`,
);
await overviewPicture(values.out, { scene, ...chosen, refined, rows: rowsOf(chosen, refined) });

/** The network's answer, seen as the image was taken, and its error: mean share of the ranges, of what can be seen. */
async function askNetwork(sample) {
  const image = await decodeImage(sample.imagePath);
  const view = typicalView(scene, sample.cameraAngles);
  const network = await reconstruct(image, reconstructor, { scene, view, meshSteps: { uSteps: 8, vSteps: 8 } });
  const off = visible.map(({ name, min, max }) => {
    return Math.abs(network.parameters[name] - sample.parameters[name]) / (max - min);
  });
  return { sample, image, network, error: off.reduce((a, b) => a + b) / off.length };
}

/** Groups of the chart: what shows by itself, what shows only together, what does not show. */
function rowsOf({ sample, network }, { estimates, combinations }) {
  const moved = new Set(
    limits.combinations.flatMap(({ terms }) => terms.flatMap(({ parts }) => parts.map(({ index }) => index))),
  );
  const shapeOf = (record) => parameters.map(({ name }) => record[name]);
  const single = (is) =>
    parameters.flatMap(({ name, min, max }, index) => {
      if (!is(name, index)) return [];
      const [truth, guess] = [sample.parameters[name], network.parameters[name]];
      return [{ name, min, max, truth, network: guess, interval: estimates[name].interval90 }];
    });
  const together = limits.combinations.map((combination) => {
    const ends = corners().map((shape) => combinationValue(combination, shape));
    return {
      name: combination.name,
      min: Math.min(...ends),
      max: Math.max(...ends),
      truth: combinationValue(combination, shapeOf(sample.parameters)),
      network: combinationValue(combination, shapeOf(network.parameters)),
      interval: combinations[combination.name].interval90,
    };
  });
  const seen = single((name, index) => !limits.invisible.includes(name) && !moved.has(index));
  return [
    { title: 'shows', rows: [...together, ...seen] },
    { title: 'tied to its size', rows: single((_, index) => moved.has(index)) },
    { title: 'does not show', rows: single((name) => limits.invisible.includes(name)) },
  ].filter(({ rows }) => rows.length > 0);
}

/** All shapes whose parameters are at an end of their range. */
function corners() {
  return parameters.reduce(
    (all, { min, max }) =>
      all.flatMap((shape) => [
        [...shape, min],
        [...shape, max],
      ]),
    [[]],
  );
}
