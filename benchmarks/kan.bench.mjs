// Milliseconds and peak memory of dense and of all KAN layers, forward and forward + backward (all gradients, the input's too;
// training mode, so that waveletKAN has its batch norm): the WASM backend with this project's training kernels and with its stock
// ones, tfjs-node (where KANRECON_TFJS_NODE names its folder, see docs/backends.md) and tfjs' cpu backend, beside
// the PyTorch reference layers on one thread (where python3 has torch) and a plain port from tfjs' operations with tfjs' own
// gradients; and webgl and webgpu in headless Chromium, where the machine has a graphics card (--only webgl,webgpu --software-gpu
// takes Chromium's card in software instead, whose speed says nothing of a real one's).
//   node benchmarks/kan.bench.mjs [--stacks 1280-6,512-256-128-64-32-6,1000-1000-10] [--batch 16,100] [--layers fastKAN,…]
//                                 [--only wasm,torch,…] [--rounds 200] [--repeats 1] [--software-gpu]
//                                 [--out results/kan-node20.json]
// Every contender runs in a process of its own, and for one layer and size they run directly one after the other, so that a slow
// minute of the machine meets all of them. What is measured replaces what the file of results has of the same layer, size and
// contender, so the whole can be measured in pieces. The ratios at the end are those of the whole file.
// `node benchmarks/kan/write-readme-tables.mjs` then writes them into the tables of @kanrecon/kan-layers' README.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, freemem, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { kanContenders } from './kan/contenders.mjs';
import { errorReason } from './kan/error-reason.mjs';

const nodeMajor = process.versions.node.split('.')[0];
const layerNames = [
  'dense',
  'efficientKAN',
  'fourierKAN',
  'classicFourierKAN',
  'chebyshevKAN',
  'jacobiKAN',
  'fastKAN',
  'fasterKAN',
  'waveletKAN-mexicanHat',
  'waveletKAN-morlet',
  'waveletKAN-derivativeOfGaussian',
  'rationalKAN',
];
const { values } = parseArgs({
  options: {
    stacks: { type: 'string', default: '1280-6,512-256-128-64-32-6,1000-1000-10' },
    batch: { type: 'string', default: '16,100' },
    layers: { type: 'string', default: layerNames.join() },
    only: { type: 'string' },
    rounds: { type: 'string', default: '200' },
    repeats: { type: 'string', default: '1' },
    'software-gpu': { type: 'boolean', default: false },
    out: { type: 'string', default: `results/kan-node${nodeMajor}.json` },
  },
});
const stacks = values.stacks.split(',').map((stack) => stack.split('-').map(Number));
const batches = values.batch.split(',').map(Number);
const names = values.layers.split(',');
const [rounds, repeats] = [values.rounds, values.repeats].map(Number);
const unknown = names.filter((name) => !layerNames.includes(name));
if (unknown.length > 0) {
  throw new Error(`kan.bench: --layers is wrong; expected some of ${layerNames.join(', ')}, got ${unknown.join(', ')}`);
}

const oneThread = {
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  TF_CPP_MIN_LOG_LEVEL: '2',
};
/** Longest that one contender may take for one layer and size, in milliseconds. */
const timeout = 60_000;

const all = kanContenders({ rounds, softwareGpu: values['software-gpu'], timeout });
const contenders = all.filter(({ key }) => isWanted(key)).filter(isHere);

const file = new URL(values.out, import.meta.url);
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
const record = readRecord();
for (const widths of stacks) {
  for (const batch of batches) {
    for (const layer of names) {
      measureLayer(layer, widths, batch);
      writeRecord(); // after each layer, so that a run that is cut off keeps what it has
    }
  }
}
ratios();
console.log(`Written to benchmarks/${values.out}.`);

function isWanted(key) {
  return !values.only || values.only.split(',').includes(key);
}

/** Says why not where a contender cannot be measured on this machine. */
function isHere({ missing }) {
  const sentence = missing?.();
  if (sentence) console.log(sentence);
  return !sentence;
}

function measureLayer(layer, widths, batch) {
  const found = new Map(contenders.map((contender) => [contender, []]));
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const contender of contenders) found.get(contender).push(measure(contender, layer, widths, batch));
  }
  for (const [{ key, who }, parts] of found) {
    const failed = parts.find((part) => part.failed);
    const place = { layer, widths, batch, key, who };
    const result = { ...place, ...(failed ?? summary(parts)), date: new Date().toISOString(), load: load() };
    record.results = record.results.filter((old) => !isSame(old, place));
    record.results.push(result);
    report(result);
  }
}

function isSame(a, b) {
  return a.layer === b.layer && a.key === b.key && a.batch === b.batch && a.widths.join() === b.widths.join();
}

function load() {
  return Number(loadavg()[0].toFixed(1));
}

/** What a contender found, or `{ failed }`, the reason. */
function measure(contender, layer, widths, batch) {
  const gigabytes = expectedGigabytes(contender, layer, widths, batch);
  if (gigabytes > freemem() / 2 ** 30) return { failed: `would need about ${Math.ceil(gigabytes)} GB` };
  const [command, args] = contender.run(layer, widths, batch);
  const env = { ...oneThread, ...process.env };
  const { status, signal, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1e8,
    env,
    timeout,
  });
  if (signal) return { failed: `longer than ${timeout / 1000} s` };
  if (status !== 0) return { failed: errorReason(stderr) };
  const measured = JSON.parse(stdout.trim().split('\n').at(-1));
  if (measured.relaxedSimd !== undefined) record.machine.relaxedSimd = measured.relaxedSimd;
  if (measured.version) record.machine.torch = measured.version;
  return measured;
}

/** Rivals that keep every edge's wavelet for every row, and its intermediate results: about ten numbers of 4 bytes for each. */
function expectedGigabytes({ rival }, layer, widths, batch) {
  if (!rival || !layer.startsWith('wavelet')) return 0;
  const edges = widths.slice(1).reduce((total, units, i) => total + units * widths[i], 0);
  return (edges * batch * 4 * 10) / 2 ** 30;
}

function summary(parts) {
  const times = (what) => {
    const sorted = parts.flatMap((part) => part[what]).sort((a, b) => a - b);
    return { median: round(sorted[sorted.length >> 1]), fastest: round(sorted[0]), rounds: sorted.length };
  };
  const { tensorMegabytes, gpu, peakMegabytes } = parts[0];
  return {
    forward: times('forward'),
    forwardAndBackward: times('forwardAndBackward'),
    ...(gpu && { gpu }),
    ...(peakMegabytes !== undefined && { peakMegabytes: Math.max(...parts.map((part) => part.peakMegabytes)) }),
    ...(tensorMegabytes !== undefined && { tensorMegabytes }),
  };
}

function round(milliseconds) {
  return Number(milliseconds.toPrecision(3));
}

function report({ layer, widths, batch, who, failed, forward, forwardAndBackward, peakMegabytes, tensorMegabytes }) {
  const head = `${widths.join('→')} batch ${batch} ${layer.padEnd(31)} ${who.padEnd(39)}`;
  if (failed) return console.log(`${head} none: ${failed}`);
  const show = ({ median, fastest }) => `${median} (${fastest})`;
  const both = show(forwardAndBackward);
  console.log(
    `${head} forward ${show(forward)}, forward + backward ${both} ms, ${peakMegabytes ?? tensorMegabytes} MB`,
  );
}

/** Earlier results of this machine and version of Node.js, to be added to. */
function readRecord() {
  const fresh = {
    what: 'Milliseconds of one forward pass and of one forward + backward pass (all gradients, the input too), one thread, training mode. peakMegabytes: growth of the process from before the layer was made; tensorMegabytes: the most that tensors took together in a pass, weights included (TensorFlow.js).',
    machine,
    results: [],
  };
  if (!existsSync(file)) return fresh;
  const old = JSON.parse(readFileSync(file, 'utf8'));
  const same = Object.entries(machine).every(([key, value]) => old.machine[key] === value);
  return same ? { ...old, what: fresh.what } : fresh;
}

function writeRecord() {
  mkdirSync(new URL('.', file), { recursive: true });
  const order = ({ widths, batch, layer, key }) =>
    [widths.join(), String(batch).padStart(6), String(layerNames.indexOf(layer)).padStart(2), keyOrder(key)].join();
  record.results.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  record.date = new Date().toISOString();
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
}

function keyOrder(key) {
  return all.findIndex((contender) => contender.key === key);
}

/** Tables of forward + backward: ours on WASM with the training kernels, and against each rival. */
function ratios() {
  const places = new Map(
    record.results.map(({ widths, batch }) => [`${widths.join('→')}, batch ${batch}`, { widths, batch }]),
  );
  for (const [title, place] of places) {
    const rows = layerNames.flatMap((layer) => {
      const found = Object.fromEntries(
        all.map(({ key }) => [key, record.results.find((one) => isSame(one, { ...place, layer, key }))]),
      );
      const ours = found['wasm-training'];
      if (!ours?.forward) return [];
      const ratio = (key, what) => {
        const theirs = found[key]?.[what];
        return theirs ? `${(ours[what].median / theirs.median).toFixed(2)}×` : '–';
      };
      return [
        {
          layer,
          'forward ms': ours.forward.median,
          '+ backward ms': ours.forwardAndBackward.median,
          'fwd / PyTorch': ratio('torch', 'forward'),
          'both / PyTorch': ratio('torch', 'forwardAndBackward'),
          'both / plain port': ratio('plain', 'forwardAndBackward'),
          'both / plain, kernels': ratio('plain-training', 'forwardAndBackward'),
          'peak MB': ours.peakMegabytes,
          'PyTorch MB': found.torch?.peakMegabytes ?? '–',
          'plain MB': found.plain?.peakMegabytes ?? '–',
        },
      ];
    });
    if (rows.length === 0) continue;
    console.log(`\n${title}: ours (tfjs wasm with the training kernels), and its time over the rivals'`);
    console.table(Object.fromEntries(rows.map(({ layer, ...row }) => [layer, row])));
  }
}
