// Damages a model in every way, by accident (bytes) and on purpose (fields, with checksums that fit), and gives it to `predict` and
// `evaluate`: none may hang, crash, or answer with what is no number, and every refusal is a sentence that names the file.
//
//     node apps/trainer/scripts/fuzz-models.mjs [--models 500] [--seed 1] [--limit 30]
//
// --limit: seconds for one

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { complaint, serveProgram } from './run-served.mjs';

const { values } = parseArgs({
  options: {
    models: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    limit: { type: 'string', default: '30' },
  },
});
const [models, seed, limit] = [values.models, values.seed, values.limit].map(Number);
const folder = mkdtempSync(join(tmpdir(), 'kanrecon-fuzz-'));
const at = (...parts) => join(folder, ...parts);

let randomState = seed >>> 0;
/** From 0 to below 1 (mulberry32). */
function random() {
  randomState = (randomState + 0x6d2b79f5) >>> 0;
  let t = randomState;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];

const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const json = (name) => JSON.parse(readFileSync(at('model', name), 'utf8'));
const write = (name, value) => writeFileSync(at('model', name), JSON.stringify(value));

/** As somebody does who makes a model up. */
function makeChecksumsFit() {
  const { checksum: _, ...config } = json('config.json');
  for (const name of ['model.json', 'weights.bin']) {
    const data = readFileSync(at('model', name));
    const summary = config.files?.[name];
    if (typeof summary !== 'object' || summary === null) continue;
    const text = name.endsWith('.json') ? JSON.stringify(JSON.parse(data)) : data;
    Object.assign(summary, { byteLength: Buffer.byteLength(text), sha256: sha256(text) });
  }
  write('config.json', { ...config, checksum: sha256(JSON.stringify(config)) });
}

/** One or a few bytes of a file. @returns in words; undefined if the file says the same as before */
function damageBytes() {
  const name = pick(['model.json', 'model.json', 'config.json', 'weights.bin']);
  const before = readFileSync(at('model', name));
  const place = below(before.length);
  const way = pick(['change', 'change', 'change', 'remove', 'cut', 'repeat']);
  const after = {
    change: () =>
      Buffer.concat([
        before.subarray(0, place),
        Buffer.from([before[place] ^ (1 + below(127))]),
        before.subarray(place + 1),
      ]),
    remove: () => Buffer.concat([before.subarray(0, place), before.subarray(place + 1)]),
    cut: () => before.subarray(0, place),
    repeat: () => Buffer.concat([before.subarray(0, place), before.subarray(Math.max(0, place - 20))]),
  }[way]();
  writeFileSync(at('model', name), after);
  const isSame = name.endsWith('.json') && sameJson(before, after);
  return { what: `${way} byte ${place} of ${name}`, mustRefuse: !isSame };
}

function sameJson(before, after) {
  try {
    return JSON.stringify(JSON.parse(before)) === JSON.stringify(JSON.parse(after));
  } catch {
    return false;
  }
}

/** All places in a document: an object or list with one of its keys. */
function placesOf(value, path = []) {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => [
    { holder: value, key, path: [...path, key] },
    ...placesOf(value[key], [...path, key]),
  ]);
}

function changeFields() {
  const name = pick(['model.json', 'model.json', 'config.json']);
  const document = json(name);
  const said = [];
  for (let times = 1 + below(3); times > 0; times--) {
    let places = placesOf(document);
    // Half of the time where it hurts most.
    const graph = places.filter(({ path }) =>
      /inbound_nodes|class_name|filters|units|size|strides|shape|axis/.test(path.join()),
    );
    if (graph.length > 0 && random() < 0.5) places = graph;
    const { holder, key, path } = pick(places);
    const other = pick(placesOf(document));
    const number = pick([0, -1, 1e9, 1e300, 0.5, 2 ** 31, 1e5, 7]);
    const way = pick(['remove', 'null', 'number', 'text', 'copy', 'scale', 'list', 'double']);
    if (way === 'remove') Array.isArray(holder) ? holder.splice(Number(key), 1) : delete holder[key];
    else if (way === 'null') holder[key] = null;
    else if (way === 'number') holder[key] = number;
    else if (way === 'text') holder[key] = pick(['', 'relu', 'sigmoid', 'Dense', 'x'.repeat(1000), '__proto__', '\n']);
    else if (way === 'copy') holder[key] = structuredClone(other.holder[other.key]);
    else if (way === 'scale' && typeof holder[key] === 'number') holder[key] *= pick([-1, 2, 1000, 0.1]);
    else if (way === 'double' && Array.isArray(holder)) holder.push(structuredClone(holder[key]));
    else holder[key] = [holder[key]];
    said.push(`${way} ${path.join('.')}`);
  }
  write(name, document);
  makeChecksumsFit();
  return { what: `${name}: ${said.join(', ')}`, mustRefuse: false };
}

function changeWeights() {
  const bytes = readFileSync(at('model', 'weights.bin'));
  const value = pick([Number.NaN, Number.POSITIVE_INFINITY, 3e38, -3e38, 1e20]);
  const count = pick([1, 1, 100, bytes.length / 4]);
  const start = below(bytes.length / 4 - count + 1);
  for (let i = start; i < start + count; i++) bytes.writeFloatLE(value, 4 * i);
  writeFileSync(at('model', 'weights.bin'), bytes);
  makeChecksumsFit();
  return { what: `${count} weights from ${start}: ${value}`, mustRefuse: !Number.isFinite(value) };
}

const program = fileURLToPath(new URL('../bin/kanrecon.js', import.meta.url));
const lines = [
  'synth --out data --shapes 24 --views 1 --size 32',
  'train --dataset data --out run --backbone small --image-size 32 --epochs 1 --backend wasm --head efficient --widths 4',
];
const { run, close } = serveProgram(folder, limit * 1000);
const seen = { done: 0, refused: 0 };
const wrong = [];
const begin = performance.now();
let slowest = 0;
try {
  for (const line of lines) spawnSync(process.execPath, [program, ...line.split(' ')], { cwd: folder });
  const image = join('data/test/images', readdirSync(at('data/test/images'))[0]);
  for (let n = 0; n < models; n++) {
    rmSync(at('model'), { recursive: true, force: true });
    rmSync(at('out'), { recursive: true, force: true });
    cpSync(at('run', 'best'), at('model'), { recursive: true });
    const { what, mustRefuse } = pick([damageBytes, changeFields, changeFields, changeWeights])();
    const args =
      n % 4 === 0
        ? 'evaluate model --dataset data --out out --no-distances --backend wasm'.split(' ')
        : ['predict', 'model', image, '--out', 'out', '--backend', 'wasm'];
    const started = performance.now();
    const result = await run(args);
    slowest = Math.max(slowest, performance.now() - started);
    const refused = result.code === 2;
    const error = /\[error\].*|\[warn\].*/.exec(result.stderr)?.[0] ?? '';
    let reason = complaint(result);
    if (refused && !/model\/?\b|config\.json|weights\.bin/.test(error)) reason ??= `names no file: ${error}`;
    if (mustRefuse && !refused) reason ??= 'taken in silence';
    seen[refused ? 'refused' : 'done']++;
    if (process.env.SHOW) process.stdout.write(`${args[0]} ${what}\n  ${result.code} ${error}\n`);
    if (reason === undefined) continue;
    wrong.push(what);
    process.stdout.write(`${n} ${args[0]}: ${what.slice(0, 200)}\n    ${reason}\n`);
  }
} finally {
  close();
  rmSync(folder, { recursive: true, force: true });
}
const seconds = ((performance.now() - begin) / 1000).toFixed(0);
process.stdout.write(
  `${models} models: ${seen.refused} refused, ${seen.done} used; ${wrong.length} wrong; the slowest took ${(slowest / 1000).toFixed(1)} s (${seconds} s)\n`,
);
process.exitCode = wrong.length > 0 ? 1 : 0;
