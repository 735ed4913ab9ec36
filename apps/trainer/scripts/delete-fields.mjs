// Takes every field out of every JSON file of a run and a data set, one at a time, and sets it to null, and gives the rest to `evaluate`,
// `predict`, `train --resume` and `dataset check`: each does its work or says in a sentence what is wrong.
//
//     node apps/trainer/scripts/delete-fields.mjs [--every 1] [--only ''] [--limit 60]
//
// --every n: each n-th field; --only: of these files and fields, a part of `file, field`; --limit: seconds for one

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { complaint, serveProgram } from './run-served.mjs';

const { values } = parseArgs({
  options: {
    every: { type: 'string', default: '1' },
    limit: { type: 'string', default: '60' },
    only: { type: 'string', default: '' },
  },
});
const [every, limit] = [values.every, values.limit].map(Number);
const folder = mkdtempSync(join(tmpdir(), 'kanrecon-fields-'));
const at = (...parts) => join(folder, ...parts);
const program = fileURLToPath(new URL('../bin/kanrecon.js', import.meta.url));

/** The first line of each kind of field: `layers.3.config.units` is as `layers.7.config.units`. */
function fieldsOf(value, path = []) {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => [[...path, key], ...fieldsOf(value[key], [...path, key])]);
}

/** Paths that differ in places of lists alone count once, but for the first. */
function oneOfEach(paths) {
  const seen = new Set();
  return paths.filter((path) => {
    const kind = path.map((key) => (/^\d+$/.test(key) ? '#' : key)).join('.');
    return !seen.has(kind) && seen.add(kind);
  });
}

function without(document, path, way) {
  const changed = structuredClone(document);
  const holder = path.slice(0, -1).reduce((inner, key) => inner[key], changed);
  const key = path.at(-1);
  if (way === 'null') holder[key] = null;
  else if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
  return changed;
}

const sha256 = (data) => createHash('sha256').update(data).digest('hex');

/** As somebody does who edits a checkpoint knowingly. */
function makeChecksumsFit(checkpoint) {
  const path = at(checkpoint, 'config.json');
  const { checksum: _, ...config } = JSON.parse(readFileSync(path, 'utf8'));
  const summary = config.files?.['model.json'];
  if (summary) {
    const text = JSON.stringify(JSON.parse(readFileSync(at(checkpoint, 'model.json'), 'utf8')));
    Object.assign(summary, { byteLength: Buffer.byteLength(text), sha256: sha256(text) });
  }
  writeFileSync(path, JSON.stringify({ ...config, checksum: sha256(JSON.stringify(config)) }));
}

// Of a surface that is written down with the scene, so that its fields are taken out too.
const surface = {
  name: 'pot',
  parameters: [
    { name: 'radius', min: 0.5, max: 1, unit: 'units', label: 'radius' },
    { name: 'height', min: 1, max: 2, unit: 'units', label: 'height' },
  ],
  domain: { u: [0, '2 * pi'], v: [0, 1] },
  let: { r: 'radius * (1 - 0.3 v)' },
  x: 'r * cos(u)',
  y: 'r * sin(u)',
  z: 'height * v',
  closedU: true,
};
writeFileSync(at('pot.json'), JSON.stringify(surface));
for (const line of [
  'synth --out data --shapes 24 --views 1 --size 32 --surface pot.json',
  'train --dataset data --out run --backbone small --image-size 32 --batch-size 16 --epochs 1 --backend wasm --head efficient --widths 4 --schedule constant',
]) {
  spawnSync(process.execPath, [program, ...line.split(' ')], { cwd: folder });
}
const image = join('data/test/images', readdirSync(at('data/test/images'))[0]);
const label = join('data/test/labels', readdirSync(at('data/test/labels'))[0]);
const trainLabel = join('data/train/labels', readdirSync(at('data/train/labels'))[0]);
const evaluate = 'evaluate run --dataset data --out out --no-distances --backend wasm';
const predict = `predict run ${image} --out out --backend wasm`;
const resume = 'train --out run --resume --epochs 2 --backend wasm';
const files = {
  'run/config.json': [resume, evaluate, predict],
  'run/metrics.json': [resume],
  'run/log.jsonl': [`${evaluate} --report`, resume],
  'run/best/config.json': [evaluate, predict, resume],
  'run/best/model.json': [predict],
  'run/last/config.json': [
    resume,
    'evaluate run --dataset data --out out --no-distances --checkpoint last --backend wasm',
  ],
  'data/synthesis.json': [evaluate, 'dataset check data', resume],
  [label]: [evaluate, predict, 'dataset check data'],
  [trainLabel]: [resume],
};

const { run, close } = serveProgram(folder, limit * 1000);
cpSync(at('run'), at('kept-run'), { recursive: true });
cpSync(at('data'), at('kept-data'), { recursive: true });
let done = 0;
let refused = 0;
let wrong = 0;
let count = 0;
const begin = performance.now();
try {
  for (const [file, commands] of Object.entries(files)) {
    // Of the run as it was: commands change it.
    const document = JSON.parse(readFileSync(at(`kept-${file}`), 'utf8'));
    for (const path of oneOfEach(fieldsOf(document))) {
      if (!`${file}, ${path.join('.')}`.includes(values.only)) continue;
      for (const way of ['missing', 'null']) {
        if (count++ % every !== 0) continue;
        for (const command of commands) {
          for (const name of ['run', 'data']) {
            rmSync(at(name), { recursive: true, force: true });
            cpSync(at(`kept-${name}`), at(name), { recursive: true });
          }
          rmSync(at('out'), { recursive: true, force: true });
          writeFileSync(at(file), JSON.stringify(without(document, path, way)) + (file.endsWith('l') ? '\n' : ''));
          if (/best|last/.test(file) && path[0] !== 'checksum') makeChecksumsFit(dirname(file));
          const result = await run(command.split(' '));
          const reason = complaint(result);
          if (result.code === 0) done++;
          else refused++;
          if (process.env.SHOW) {
            const told = /\[error\].*|\[warn\].*/.exec(result.stderr)?.[0] ?? '';
            process.stdout.write(`${file} ${path.join('.')} ${way}: ${command.slice(0, 20)}: ${result.code} ${told}\n`);
          }
          if (reason === undefined || (result.code === 1 && command.startsWith('dataset check'))) continue;
          wrong++;
          process.stdout.write(`${file}, ${path.join('.')} ${way}: ${command.slice(0, 24)}…\n    ${reason}\n`);
        }
      }
    }
  }
} finally {
  close();
  rmSync(folder, { recursive: true, force: true });
}
const seconds = ((performance.now() - begin) / 1000).toFixed(0);
process.stdout.write(`${done} did their work, ${refused} said what is wrong; ${wrong} wrong (${seconds} s)\n`);
process.exitCode = wrong > 0 ? 1 : 0;
