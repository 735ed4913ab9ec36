// Milliseconds per image and peak memory, forward and training step, of SqueezeNet 1.1 and EfficientNet-B0 (or, with
// --models smallCnn --sizes 64 --batch 64, of this project's small CNN): the WASM backend with
// this project's kernels (1 and 2 workers, relaxed and plain SIMD, with fused steps and as plain tfjs-layers), beside PyTorch
// in its default layout and in channels_last (where python3 has it), tfjs-node (where KANRECON_TFJS_NODE names its folder, see
// docs/backends.md) and tfjs' cpu backend (one image, one round: it takes a second and more for each).
//   node benchmarks/training.bench.mjs [--sizes 96,128,224] [--models squeezeNet11,efficientNetB0] [--batch 16]
//                                      [--rounds 5] [--repeats 2] [--only wasm,torch,…] [--out results/training-node20.json]
// Every contender runs in a process of its own, one after the other, and the whole series --repeats times in turn, so that a
// slow minute of the machine meets all of them. Figures are medians over all rounds, by the clock and in CPU time.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const nodeMajor = process.versions.node.split('.')[0];
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '96,128,224' },
    models: { type: 'string', default: 'squeezeNet11,efficientNetB0' },
    batch: { type: 'string', default: '16' },
    rounds: { type: 'string', default: '5' },
    repeats: { type: 'string', default: '2' },
    only: { type: 'string' },
    out: { type: 'string', default: `results/training-node${nodeMajor}.json` },
  },
});
const [batch, rounds, repeats] = [values.batch, values.rounds, values.repeats].map(Number);
const sizes = values.sizes.split(',').map(Number);
const models = values.models.split(',');

const python = ['/usr/bin/python3', 'python3'].find(
  (command) => spawnSync(command, ['-c', 'import torch, torchvision']).status === 0,
);
const native = Boolean(process.env.KANRECON_TFJS_NODE);
const oneThread = { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', TF_CPP_MIN_LOG_LEVEL: '2' };

/** Contenders by key: what they are called, and the command that measures a network of a size. */
const contenders = [
  { key: 'wasm', who: 'tfjs wasm', run: tfjs('wasm') },
  { key: 'torch', who: 'PyTorch', run: torch('default', 1), rival: true },
  { key: 'torch-cl', who: 'PyTorch channels_last', run: torch('channels_last', 1), rival: true },
  { key: 'node', who: 'tfjs-node', run: tfjs('tensorflow', '--plain-layers'), rival: true },
  { key: 'wasm-plain-simd', who: 'tfjs wasm, plain SIMD', run: tfjs('wasm', '--plain-simd') },
  { key: 'wasm-layers', who: 'tfjs wasm, plain tfjs-layers', run: tfjs('wasm', '--plain-layers') },
  { key: 'wasm-2', who: 'tfjs wasm, 2 workers', run: workers(2) },
  { key: 'torch-2', who: 'PyTorch, 2 threads', run: torch('default', 2), rival: true },
  { key: 'torch-cl-2', who: 'PyTorch channels_last, 2 threads', run: torch('channels_last', 2), rival: true },
  { key: 'cpu', who: 'tfjs cpu, 1 image', run: stockCpu, once: true },
].filter(({ key }) => isWanted(key) && isHere(key));

const loadBefore = loadavg().map((value) => Number(value.toFixed(1)));
const results = [];
let relaxedSimd;
let torchVersion;
for (const model of models) {
  for (const size of sizes) {
    const found = contenders.map(() => []);
    for (let repeat = 0; repeat < repeats; repeat++) {
      contenders.forEach((contender, i) => {
        if (contender.once && (repeat > 0 || size > 128)) return;
        const measured = measure(contender, model, size);
        if (measured) found[i].push(measured);
      });
    }
    contenders.forEach(({ key, who }, i) => {
      if (found[i].length === 0) return;
      const result = { key, who, model, size, ...summary(found[i]) };
      results.push(result);
      report(result);
    });
  }
}
ratios();

const record = {
  what: 'Milliseconds per image (medians) and peak memory of the process. Forward (inference) and training step (mean squared error, Adam or AdamW). One thread unless it says otherwise.',
  date: new Date().toISOString(),
  machine: {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    node: process.version,
    relaxedSimd,
    torch: torchVersion,
    loadBefore,
  },
  batch,
  rounds: rounds * repeats,
  results,
};
const file = new URL(values.out, import.meta.url);
mkdirSync(new URL('.', file), { recursive: true });
writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
console.log(`Written to benchmarks/${values.out}.`);

function isWanted(key) {
  return !values.only || values.only.split(',').includes(key);
}

function isHere(key) {
  const torchMissing = key.startsWith('torch') && !python;
  if (torchMissing && key === 'torch') console.log('PyTorch is skipped: no python3 with torch and torchvision here.');
  if (key === 'node' && !native) {
    console.log('tfjs-node is skipped: KANRECON_TFJS_NODE does not name a folder that has it.');
  }
  // Newer engines cannot do without relaxed SIMD.
  const simdChoice = key !== 'wasm-plain-simd' || Number(nodeMajor) < 22;
  return !torchMissing && simdChoice && (key !== 'node' || native);
}

function script(name) {
  return fileURLToPath(new URL(`training/${name}`, import.meta.url));
}

function tfjs(backend, ...more) {
  return (model, size) => {
    const shape = ['--model', model, '--size', size, '--batch', batch, '--rounds', rounds].map(String);
    return [process.execPath, [script('measure-tfjs.mjs'), '--backend', backend, ...shape, ...more]];
  };
}

function stockCpu(model, size) {
  const shape = ['--model', model, '--size', size, '--batch', 1, '--rounds', 1, '--warm-up', 0].map(String);
  return [process.execPath, [script('measure-tfjs.mjs'), '--backend', 'cpu', '--plain-layers', ...shape]];
}

function workers(count) {
  return (model, size) => [
    process.execPath,
    [script('measure-workers.mjs'), model, size, batch, rounds, count].map(String),
  ];
}

function torch(layout, threads) {
  return (model, size) => [
    python,
    [script('measure-torch.py'), layout, model, size, batch, rounds, threads].map(String),
  ];
}

function measure({ who, run }, model, size) {
  process.stdout.write(`${who}, ${model}, ${size} px …`);
  const [command, args] = run(model, size);
  const env = { ...oneThread, ...process.env };
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1e8, env });
  process.stdout.write(process.stdout.isTTY ? '\r\x1b[2K' : '\n');
  if (status !== 0) {
    console.log(`${who} is skipped: ${stderr.trim().split('\n').at(-1)}`);
    return undefined;
  }
  const measured = JSON.parse(stdout.trim().split('\n').at(-1));
  relaxedSimd ??= measured.relaxedSimd;
  torchVersion ??= measured.version;
  return measured;
}

/** Medians over the rounds of all repeats. */
function summary(parts) {
  const times = (what) => ({
    clock: median(parts.flatMap((part) => part[what].clock)),
    cpu: median(parts.flatMap((part) => part[what].cpu)),
  });
  return {
    ...(parts[0].forward && { forward: times('forward') }),
    step: times('step'),
    peakMegabytes: Math.max(...parts.map(({ peakMegabytes }) => peakMegabytes)),
  };
}

function median(numbers) {
  return Math.round(numbers.sort((a, b) => a - b)[numbers.length >> 1] * 100) / 100;
}

function report({ who, model, size, forward, step, peakMegabytes }) {
  const show = ({ clock, cpu }) => `${clock.toFixed(2)} (CPU ${cpu.toFixed(2)})`;
  const parts = [
    ...(forward ? [`forward ${show(forward)}`] : []),
    `step ${show(step)} ms per image`,
    `${peakMegabytes} MB`,
  ];
  console.log(`${who.padEnd(34)} ${model} ${size} px: ${parts.join(', ')}`);
}

/** Our step against each rival's with as many threads, by the clock. */
function ratios() {
  const find = (key, model, size) => results.find((one) => one.key === key && one.model === model && one.size === size);
  for (const { key, who, rival } of contenders) {
    if (!rival) continue;
    const ours = key.endsWith('-2') ? 'wasm-2' : 'wasm';
    const list = models.flatMap((model) =>
      sizes.flatMap((size) => {
        const [mine, theirs] = [find(ours, model, size), find(key, model, size)];
        return mine && theirs ? [`${model} ${size} px ${(mine.step.clock / theirs.step.clock).toFixed(2)}×`] : [];
      }),
    );
    if (list.length > 0) console.log(`Training step against ${who}: ${list.join(', ')}`);
  }
}
