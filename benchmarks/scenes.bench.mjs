// What the scenes are worth to a network: for each scene one data set, one training with the program's own commands and the
// score on test images of shapes that training never saw, every parameter counted; with the seconds each command took.
//   node benchmarks/scenes.bench.mjs [--scenes observable,fluted] [--shapes 36000] [--recipe small] [--epochs n] [--seed 1]
//                                     [--stream] [--work runs/scenes] [--out results/scenes.json]
// With --stream there is no data set on disk: training images are drawn while training, none seen twice, nine tenths of --shapes an
// epoch, and the command renders its own validation and test images.
// Everything in the work folder is made anew. Scenes that are not asked for keep what the results file says of them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { userTemporaryFolder } from '@kanrecon/files/node';

const { values } = parseArgs({
  options: {
    scenes: { type: 'string', default: 'observable,fluted' },
    shapes: { type: 'string', default: '36000' },
    recipe: { type: 'string', default: 'small' },
    epochs: { type: 'string' },
    seed: { type: 'string', default: '1' },
    stream: { type: 'boolean', default: false },
    work: { type: 'string', default: await userTemporaryFolder('kanrecon-bench-scenes') },
    out: { type: 'string', default: 'results/scenes.json' },
  },
});
const wanted = { observable: 0.95, fluted: 0.8 };
const program = fileURLToPath(new URL('../apps/trainer/bin/kanrecon.js', import.meta.url));
const resultsFile = fileURLToPath(new URL(values.out, import.meta.url));
const scenes = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, 'utf8')).scenes : {};

for (const scene of values.scenes.split(',')) {
  scenes[values.stream ? `${scene}, streamed` : scene] = values.stream ? measureStream(scene) : measure(scene);
  const record = {
    what: 'R² on test images of shapes that training never saw, by scene; seconds of synthesis (training, validation and test images) and training.',
    scenes,
  };
  mkdirSync(new URL('.', new URL(values.out, import.meta.url)), { recursive: true });
  writeFileSync(resultsFile, `${JSON.stringify(record, null, 2)}\n`);
}
console.log(`Written to benchmarks/${values.out}.`);

function measure(scene) {
  const folder = join(values.work, scene);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const [data, run] = [join(folder, 'data'), join(folder, 'run')];
  const loadBefore = load();
  const synth = ['synth', '--scene', scene, '--out', data, '--shapes', values.shapes, '--views', '1', '--size', '64'];
  const made = kanrecon([...synth, '--split', '.9,.03,.07', '--seed', values.seed]);
  const epochs = values.epochs ? ['--epochs', values.epochs] : [];
  const trained = kanrecon(['train', '--recipe', values.recipe, ...epochs, '--dataset', data, '--out', run]);
  const loadAfter = load();
  return score(scene, { run, data, made, trained, loadBefore, loadAfter });
}

function measureStream(scene) {
  const folder = join(values.work, `${scene}-stream`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const run = join(folder, 'run');
  const loadBefore = load();
  const images = Math.round(0.9 * Number(values.shapes));
  const stream = ['--stream', scene, '--epoch-images', String(images), '--val-images', '2520', '--seed', values.seed];
  const epochs = values.epochs ? ['--epochs', values.epochs] : [];
  const trained = kanrecon(['train', '--recipe', values.recipe, ...epochs, ...stream, '--out', run]);
  const made = { seconds: 0, json: { counts: { train: 'streamed', val: 2520, test: 2520 } } };
  return score(scene, { run, data: join(run, 'data'), made, trained, loadBefore, loadAfter: load() });
}

function score(scene, { run, data, made, trained, loadBefore, loadAfter }) {
  const scored = kanrecon(['evaluate', run, '--dataset', data, '--checkpoint', 'last']);
  const r2 = Object.fromEntries(scored.json.scores.perParameter.map((one) => [one.name, round(one.r2)]));
  const seconds = { synth: made.seconds, train: trained.seconds, both: made.seconds + trained.seconds };
  const meanR2 = round(scored.json.scores.r2);
  const { training, model } = JSON.parse(readFileSync(join(run, 'config.json'), 'utf8'));
  const { dataset: _, ...settings } = training;
  console.log(
    `${scene}: mean R² ${meanR2}${wanted[scene] ? ` (wanted ${wanted[scene]})` : ''} on ${scored.json.images} test images; ${seconds.synth.toFixed(0)} s to render, ${seconds.train.toFixed(0)} s to train`,
  );
  return {
    meanR2,
    r2,
    testImages: scored.json.images,
    images: made.json.counts,
    seconds: Object.fromEntries(Object.entries(seconds).map(([name, value]) => [name, Math.round(value)])),
    model: { name: trained.json.name, parameters: trained.json.parameters.trainable, imageSize: model.imageSize },
    training: settings,
    date: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, loadBefore, loadAfter },
  };
}

/** Runs a command of the program; its progress is shown, its JSON returned. */
function kanrecon(args) {
  console.log(`kanrecon ${args.join(' ')}`);
  const start = performance.now();
  const { status, stdout } = spawnSync(process.execPath, [program, ...args, '--json'], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`kanrecon ${args[0]} failed with exit code ${status}`);
  return { json: JSON.parse(stdout), seconds: (performance.now() - start) / 1000 };
}

function load() {
  return loadavg().map((value) => Number(value.toFixed(1)));
}

function round(value) {
  return Math.round(value * 1000) / 1000;
}
