// Whether an image shows an object of a scene at all: the verdict on the scenes' own images, spoiled in ten ways, beside images of other
// surfaces, of nothing, and of anything else. Prints the area under the ROC curve, the false alarms, and how far spoiled images lead astray.
//   node benchmarks/verdict.bench.mjs [--count 4] [--scenes study,observable,fluted] [--budget 1500] [--workers 2] [--out results/verdict.json]
// About 4 s of processor time an image; for each scene and count 10 own images and 7 others.
// Interrupted once (Ctrl-C), it ends with the images that are done. A start is the truth and as much off as a network's
// answer (own images), the right camera (other surfaces), or nothing at all (the rest): what makes a foreign image look most like an object.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { falseAlarmThreshold, rocAuc } from '@kanrecon/metrics';
import { verdictCases } from './verdict/cases.mjs';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '4' },
    scenes: { type: 'string', default: 'study,observable,fluted' },
    budget: { type: 'string', default: '1500' },
    workers: { type: 'string', default: String(availableParallelism()) },
    out: { type: 'string', default: 'results/verdict.json' },
  },
});
const share = 0.01;
const loadBefore = load();
const cases = verdictCases(values.scenes.split(','), Number(values.count));
const results = await measured(cases, Number(values.workers), Number(values.budget));

const own = results.filter(({ group }) => group === 'own');
const foreign = results.filter(({ group }) => group !== 'own');
const finite = ({ score }) => Math.min(1e9, score ?? 1e9);
const record = {
  what: "How foreign an image is by its verdict's score: own images of the scenes, spoiled, against others; see benchmarks/verdict.bench.mjs.",
  count: Number(values.count),
  budget: Number(values.budget),
  images: { own: own.length, foreign: foreign.length },
  rocAuc: round(rocAuc(foreign.map(finite), own.map(finite))),
  threshold: threshold(),
  falseAlarms: shareOf(own, 'foreign'),
  recognised: shareOf(foreign, 'foreign'),
  takenForFound: shareOf(foreign, 'found'),
  own: summary(own, (list) => ({
    found: shareOf(list, 'found'),
    foreign: shareOf(list, 'foreign'),
    highestScore: round(Math.max(...list.map(finite))),
    ...errors(list),
  })),
  foreign: summary(foreign, (list) => ({
    foreign: shareOf(list, 'foreign'),
    found: shareOf(list, 'found'),
    lowestScore: round(Math.min(...list.map(finite))),
  })),
  date: new Date().toISOString(),
  machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, loadBefore, loadAfter: load() },
};
console.table(record.own);
console.table(record.foreign);
console.log(
  `AUROC ${record.rocAuc}; of ${own.length} own images ${percent(record.falseAlarms)} are called foreign, of ${foreign.length} others ${percent(record.recognised)} are, ${percent(record.takenForFound)} are taken for found.`,
);
const file = new URL(values.out, import.meta.url);
mkdirSync(new URL('.', file), { recursive: true });
writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
console.log(`Written to benchmarks/${values.out}.`);

/** None where there are too few images for one in a hundred. */
function threshold() {
  const limit = falseAlarmThreshold(own.map(finite), share);
  return Number.isFinite(limit) ? round(limit) : null;
}

/** Cases are handed to threads one by one; the order of the results is that of the cases. */
async function measured(list, workers, budget) {
  const out = new Array(list.length);
  let [next, done] = [0, 0];
  process.once('SIGINT', () => {
    next = list.length;
  });
  const thread = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./verdict/worker.mjs', import.meta.url), { workerData: { budget } });
      const hand = () => {
        if (next >= list.length) return worker.terminate().then(resolve);
        const index = next++;
        worker.once('message', (result) => {
          out[index] = { ...list[index], ...result };
          if (++done % 10 === 0) console.log(`${done} of ${list.length} images`);
          hand();
        });
        worker.postMessage(list[index]);
      };
      worker.once('error', reject);
      hand();
    });
  await Promise.all(Array.from({ length: Math.min(workers, list.length) }, thread));
  return out.filter(Boolean);
}

function summary(list, describe) {
  const names = [...new Set(list.map(({ scene, kind }) => `${scene}, ${kind}`))];
  return Object.fromEntries(
    names.map((name) => {
      const those = list.filter(({ scene, kind }) => name === `${scene}, ${kind}`);
      return [name, { images: those.length, ...describe(those) }];
    }),
  );
}

/** Root mean square error of what an image tells, in standard deviations of it times that of a uniform range: before and after. */
function errors(list) {
  if (list.some(({ error }) => error === undefined)) return {};
  const rms = (values) => round(Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length));
  return { startError: rms(list.map(({ error }) => error.start)), error: rms(list.map(({ error }) => error.found)) };
}

function shareOf(list, kind) {
  return round(list.filter((result) => result.verdict === kind).length / list.length);
}

function percent(value) {
  return `${round(100 * value)} %`;
}

function load() {
  return loadavg().map((value) => Number(value.toFixed(1)));
}

function round(value) {
  return Number(value.toPrecision(3));
}
