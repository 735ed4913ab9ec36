// Milliseconds per image and peak memory, forward and training step, of SqueezeNet 1.1 and EfficientNet-B0 (or, with
// --models smallCnn --sizes 64 --batch 64, of this project's small CNN): the WASM backend with
// this project's kernels (1 and 2 workers, relaxed and plain SIMD, with fused steps and as plain tfjs-layers), beside PyTorch
// in its default layout and in channels_last (where python3 has it), tfjs-node (where KANRECON_TFJS_NODE names its folder, see
// docs/backends.md) and tfjs' cpu backend (one image, one round: it takes a second and more for each).
//   node benchmarks/training.bench.mjs [--sizes 96,128,224] [--models squeezeNet11,efficientNetB0] [--batch 16]
//                                      [--rounds 5] [--repeats 2] [--only wasm,torch,…] [--out results/training-node20.json]
// Every contender runs in a process of its own, one after the other, and the whole series --repeats times in turn, so that a
// slow minute of the machine meets all of them. Figures are medians over all rounds, by the clock and in CPU time.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { contendersHere, measure, report, summary } from './training/contenders.mjs';
import { writeRecord } from './training/write-record.mjs';

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

const contenders = contendersHere({ batch, rounds, only: values.only });
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
        if (!measured) return;
        relaxedSimd ??= measured.relaxedSimd;
        torchVersion ??= measured.version;
        found[i].push(measured);
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

writeRecord(values.out, {
  what: 'Milliseconds per image (medians) and peak memory of the process. Forward (inference) and training step (mean squared error, Adam or AdamW). One thread unless it says otherwise.',
  machine: { relaxedSimd, torch: torchVersion, loadBefore },
  batch,
  rounds: rounds * repeats,
  results,
});

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
