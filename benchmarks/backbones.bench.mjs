// Forward pass (inference) and training step of every backbone with a dense layer on it, in one thread: the WASM backend with this
// project's kernels and as plain tfjs-layers, tfjs-node (where KANRECON_TFJS_NODE names its folder, see docs/backends.md) and tfjs' cpu
// backend (small images, one round), beside torchvision's networks in PyTorch, in its default layout and in channels_last (where python3
// has it). How networks train in several threads, and what fused steps gain, is training.bench.mjs.
//   node benchmarks/backbones.bench.mjs [--models squeezeNet11,efficientNetB0,…] [--size 224] [--batches 1,8] [--rounds 5]
//                                       [--repeats 2] [--only wasm,torch,…] [--quick] [--out results/backbones-node20.json]
// Every contender runs in a process of its own, one after the other, and the whole series --repeats times in turn, so that a slow minute
// of the machine meets all of them. Figures are medians over all rounds, by the clock and in CPU time. --quick: three small networks at 96
// pixels, one image, one repeat of three rounds, and no file: whether all of it works.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { backboneNames } from '@kanrecon/backbones';
import { contendersHere, measure, report, summary } from './training/contenders.mjs';
import { writeRecord } from './training/write-record.mjs';

const nodeMajor = process.versions.node.split('.')[0];
const { values } = parseArgs({
  options: {
    models: { type: 'string' },
    size: { type: 'string' },
    batches: { type: 'string' },
    rounds: { type: 'string' },
    repeats: { type: 'string' },
    only: { type: 'string', default: 'wasm,torch,torch-cl,node,wasm-layers,cpu' },
    quick: { type: 'boolean', default: false },
    out: { type: 'string', default: `results/backbones-node${nodeMajor}.json` },
  },
});
const usual = values.quick
  ? { models: 'squeezeNet11,mobileNetV3Small,efficientNetB0', size: 96, batches: '1', rounds: 3, repeats: 1 }
  : { models: backboneNames.join(), size: 224, batches: '1,8', rounds: 5, repeats: 2 };
const [size, rounds, repeats] = ['size', 'rounds', 'repeats'].map((name) => wholeNumber(name, values[name]));
const batches = (values.batches ?? usual.batches).split(',').map((batch) => wholeNumber('batches', batch));
const models = (values.models ?? usual.models).split(',');
const unknown = models.find((model) => !backboneNames.includes(model));
if (unknown) fail(`--models: there is no backbone ${unknown}; there are ${backboneNames.join(', ')}.`);

const loadBefore = loadavg().map((value) => Number(value.toFixed(1)));
const results = [];
let relaxedSimd;
let torchVersion;
for (const batch of batches) {
  const contenders = contendersHere({ batch, rounds, only: values.only });
  // Too slow, and one image whatever the batch.
  const skips = ({ once }, repeat) => once && (repeat > 0 || batch !== batches[0] || size > 128);
  for (const model of models) {
    const found = contenders.map(() => []);
    for (let repeat = 0; repeat < repeats; repeat++) {
      contenders.forEach((contender, i) => {
        const measured = skips(contender, repeat) ? undefined : measure(contender, model, size);
        if (!measured) return;
        relaxedSimd ??= measured.relaxedSimd;
        torchVersion ??= measured.version;
        found[i].push(measured);
      });
    }
    contenders.forEach(({ key, who, once }, i) => {
      if (found[i].length === 0) return;
      const result = { key, who, model, size, batch: once ? 1 : batch, ...summary(found[i]) };
      results.push(result);
      report({ ...result, who: `${who}, batch ${result.batch}` });
    });
  }
}
ratios();

if (!values.quick) {
  writeRecord(values.out, {
    what: 'Milliseconds per image (medians) and peak memory of the process. Forward (inference) and training step (mean squared error, Adam or AdamW) of a backbone and one dense layer. One thread.',
    machine: { relaxedSimd, torch: torchVersion, loadBefore },
    rounds: rounds * repeats,
    results,
  });
}

function wholeNumber(name, text = usual[name]) {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    fail(`--${name} takes a whole number of at least 1, but got "${text}".`);
  return value;
}

function fail(message) {
  console.error(message);
  process.exit(2);
}

/** The WASM backend against each rival, by CPU time, which other work on the machine touches least. */
function ratios() {
  const find = (key, model, batch) =>
    results.find((one) => one.key === key && one.model === model && one.batch === batch);
  for (const batch of batches) {
    for (const rival of ['torch', 'torch-cl', 'node']) {
      for (const what of ['forward', 'step']) {
        const list = models.flatMap((model) => {
          const [mine, theirs] = [find('wasm', model, batch), find(rival, model, batch)];
          return mine && theirs ? [`${model} ${(mine[what].cpu / theirs[what].cpu).toFixed(2)}×`] : [];
        });
        if (list.length > 0) console.log(`${what} of batches of ${batch} on WASM against ${rival}: ${list.join(', ')}`);
      }
    }
  }
}
