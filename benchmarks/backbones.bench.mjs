// Forward pass (inference) and training step of every backbone with a dense layer on it, in one thread: the WASM backend with this
// project's kernels (fusedPredict, fused steps) and as plain tfjs-layers, tfjs-node (where KANRECON_TFJS_NODE names its folder, see
// docs/backends.md) and tfjs' cpu backend (forwards only, once), beside torchvision's networks (and timm's, of EfficientNet-Lite0) in PyTorch,
// in its default layout and in channels_last (where python3 has it). How networks train in several threads, and what fused steps gain, is
// training.bench.mjs.
//   node benchmarks/backbones.bench.mjs [--models squeezeNet11,efficientNetB0,…] [--what forward,step] [--size 224] [--batch 1]
//                                       [--rounds 15] [--repeats 2] [--only wasm,torch,…] [--quick] [--out results/backbones.json]
// Forwards are of one image of 224 pixels, steps of 8 images of 128, unless --size and --batch say otherwise: 8 minutes in all on two quiet
// cores. Every contender runs in a process of its own, one after the other, and the whole series --repeats times in turn, so that a slow
// minute of the machine meets all of them. Figures are medians over all rounds, by the clock and in CPU time. --quick: three small networks
// at 96 pixels, three rounds, and no file: whether all of it works.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { backboneNames } from '@kanrecon/backbones';
import { contendersHere, measure, report, summary } from './training/contenders.mjs';
import { writeRecord } from './training/write-record.mjs';

const { values } = parseArgs({
  options: {
    models: { type: 'string' },
    what: { type: 'string', default: 'forward,step' },
    size: { type: 'string' },
    batch: { type: 'string' },
    rounds: { type: 'string' },
    repeats: { type: 'string', default: '1' },
    only: { type: 'string', default: 'wasm,torch,torch-cl,node,wasm-layers,cpu' },
    quick: { type: 'boolean', default: false },
    out: { type: 'string', default: 'results/backbones.json' },
  },
});
const small = ['squeezeNet11', 'mobileNetV3Small', 'efficientNetB0'];
const models = values.models?.split(',') ?? (values.quick ? small : backboneNames);
const parts = [
  { what: 'forward', size: 224, batch: 1, rounds: 15, warmUp: 5 },
  { what: 'step', size: 128, batch: 8, rounds: 3, warmUp: 1 },
].map((part) => ({
  ...part,
  size: wholeNumber('size', values.quick ? 96 : part.size),
  batch: wholeNumber('batch', part.batch),
  rounds: wholeNumber('rounds', values.quick ? 3 : part.rounds),
}));
const repeats = wholeNumber('repeats', 1);
refuse('models', models, backboneNames);
refuse('what', values.what.split(','), ['forward', 'step']);

const loadBefore = loadavg().map((value) => Number(value.toFixed(1)));
const began = performance.now();
const results = [];
let relaxedSimd;
let torchVersion;
const wanted = parts.filter(({ what }) => values.what.split(',').includes(what));
const total = wanted.length * models.length;
let done = 0;
for (const part of wanted) {
  const { what, size, batch } = part;
  // The plain backend needs minutes for a step.
  const contenders = contendersHere({ ...part, only: values.only }).filter(({ once }) => !once || what === 'forward');
  for (const model of models) {
    console.log(
      `\n${++done} of ${total}, after ${((performance.now() - began) / 60_000).toFixed(1)} min: ${what}, ${model}`,
    );
    const found = contenders.map(() => []);
    for (let repeat = 0; repeat < repeats; repeat++) {
      contenders.forEach((contender, i) => {
        const measured = contender.once && repeat > 0 ? undefined : measure(contender, model, size);
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
const ratios = ratiosOf(results);
for (const { what, rival, ...one } of ratios) {
  const list = Object.entries(one.byModel).map(([model, ratio]) => `${model} ${ratio.toFixed(2)}×`);
  console.log(`\n${what} on WASM against ${rival}, CPU time: ${list.join(', ')}`);
}

if (!values.quick) {
  writeRecord(values.out, {
    what: 'Milliseconds per image (medians) and peak memory of the process. Forward (inference) and training step (mean squared error, Adam or AdamW) of a backbone and one dense layer. One thread.',
    machine: {
      relaxedSimd,
      torch: torchVersion,
      loadBefore,
      loadAfter: loadavg().map((value) => Number(value.toFixed(1))),
    },
    rounds: Object.fromEntries(wanted.map(({ what, rounds }) => [what, rounds * repeats])),
    ratios,
    results,
  });
}

function wholeNumber(name, usual) {
  const text = values[name] ?? `${usual}`;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    fail(`--${name} takes a whole number of at least 1, but got "${text}".`);
  return value;
}

function refuse(flag, given, known) {
  const unknown = given.find((one) => !known.includes(one));
  if (unknown !== undefined) fail(`--${flag}: there is no "${unknown}"; there are ${known.join(', ')}.`);
}

function fail(message) {
  console.error(message);
  process.exit(2);
}

/** The WASM backend against each rival, by CPU time, which other work on the machine touches least. */
function ratiosOf(all) {
  return ['forward', 'step'].flatMap((what) =>
    ['torch', 'torch-cl', 'node', 'wasm-layers'].flatMap((rival) => {
      const pairs = models.flatMap((model) => {
        const [mine, theirs] = ['wasm', rival].map((key) =>
          all.find((one) => one.key === key && one.model === model && one[what]),
        );
        return mine && theirs ? [[model, Number((mine[what].cpu / theirs[what].cpu).toFixed(2))]] : [];
      });
      return pairs.length > 0 ? [{ what, rival, byModel: Object.fromEntries(pairs) }] : [];
    }),
  );
}
