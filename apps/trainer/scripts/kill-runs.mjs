// Kills trainings with SIGKILL, goes on with --resume, and compares what comes out with a training that nobody disturbed: log, weights,
// moments and the best checkpoint, byte for byte but for the times, and no file left over.
//
//     node apps/trainer/scripts/kill-runs.mjs [--every 1] [--random 40] [--seed 1]
//
// --every n: a run for every n-th operation on files, killed there (and in every other one the resumed run too, somewhere);
// --random n: so many runs, each killed at random moments until it is done.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    every: { type: 'string', default: '1' },
    random: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
  },
});
const [every, runs, seed] = [values.every, values.random, values.seed].map(Number);

const program = fileURLToPath(new URL('../bin/kanrecon.js', import.meta.url));
const preload = new URL('../test/kill-at.mjs', import.meta.url).href;
const folder = mkdtempSync(join(tmpdir(), 'kanrecon-kill-'));
const settings =
  'train --dataset data --backbone small --image-size 32 --epochs 4 --batch-size 8 --backend wasm --seed 3'.split(' ');

let randomState = seed >>> 0;
/** From 0 to below 1 (mulberry32). */
function random() {
  randomState = (randomState + 0x6d2b79f5) >>> 0;
  let t = randomState;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

function start(args, environment = {}) {
  const env = { ...process.env, DEBUG: '', ...environment };
  return spawn(process.execPath, [program, ...args], { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** @param killAfter milliseconds */
function run(args, environment, killAfter) {
  return new Promise((resolve, reject) => {
    const child = start(args, environment);
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, killed: signal === 'SIGKILL', stderr });
    });
  });
}

/** What one gives who goes on after a crash. */
const nextArgs = (out) =>
  existsSync(join(folder, out, 'config.json')) ? ['train', '--out', out, '--resume'] : [...settings, '--out', out];

const withoutTimes = (text) => text.replaceAll(/"(seconds|images_per_second)":[^,]*/g, '');

function differences(out, like) {
  const of = (name, file) => join(folder, name, file);
  const found = [];
  for (const file of ['last/weights.bin', 'last/optimizer.bin', 'best/weights.bin']) {
    if (!readFileSync(of(out, file)).equals(readFileSync(of(like, file)))) found.push(file);
  }
  const log = (name) => withoutTimes(readFileSync(of(name, 'log.jsonl'), 'utf8'));
  if (log(out) !== log(like)) found.push('log.jsonl');
  const best = (name) => JSON.parse(readFileSync(of(name, 'metrics.json'), 'utf8')).best.epoch;
  if (best(out) !== best(like)) found.push('metrics.json');
  const names = (name) => readdirSync(join(folder, name)).sort().join();
  if (names(out) !== names(like)) found.push(`files ${names(out)}`);
  return found;
}

let kills = 0;
let failed = 0;

/** Ends a run that was killed, and says whether it is like the undisturbed one. */
async function finish(out, what) {
  const { code, stderr } = await run(nextArgs(out));
  resumed++;
  const found = code === 0 ? differences(out, 'whole') : [`exit code ${code}: ${stderr.trim().split('\n').at(-1)}`];
  if (found.length > 0) {
    failed++;
    process.stdout.write(`${what}: ${found.join('; ')}\n`);
  }
  rmSync(join(folder, out), { recursive: true, force: true });
}

let resumed = 0;
const begin = performance.now();
function report() {
  const seconds = ((performance.now() - begin) / 1000).toFixed(0);
  process.stdout.write(`${kills} kills; ${failed} of ${resumed} resumed runs differ (${seconds} s)\n`);
}
// Stopped early, it says what it has seen so far.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    report();
    rmSync(folder, { recursive: true, force: true });
    process.exit(1);
  });
}

try {
  spawnSync(process.execPath, [program, ...'synth --out data --shapes 24 --views 1 --size 32'.split(' ')], {
    cwd: folder,
  });
  const withPreload = { NODE_OPTIONS: `--import ${preload}` };
  // Twice: the first one decodes the images.
  await run([...settings, '--out', 'first'], withPreload);
  rmSync(join(folder, 'first'), { recursive: true });
  const decoded = performance.now();
  const whole = await run([...settings, '--out', 'whole'], withPreload);
  const milliseconds = performance.now() - decoded;
  const operations = Number(/operations: (\d+)/.exec(whole.stderr)?.[1]);
  if (whole.code !== 0 || !operations) throw new Error(`the undisturbed training failed: ${whole.stderr}`);

  for (let at = 1; at <= operations; at += every) {
    const out = `at-${at}`;
    const { killed } = await run([...settings, '--out', out], { ...withPreload, KILL_AT: String(at) });
    if (killed) kills++;
    if (at % 2 === 0) {
      const again = String(1 + Math.floor(random() * operations));
      if ((await run(nextArgs(out), { ...withPreload, KILL_AT: again })).killed) kills++;
    }
    await finish(out, `killed at operation ${at} of ${operations}`);
  }
  for (let n = 0; n < runs; n++) {
    const out = `random-${n}`;
    const moments = [];
    for (let times = 1 + Math.floor(random() * 3); times > 0; times--) {
      const moment = Math.round(milliseconds * (0.2 + 0.8 * random()));
      moments.push(moment);
      if ((await run(nextArgs(out), {}, moment)).killed) kills++;
      else break;
    }
    await finish(out, `killed after ${moments.join(', ')} ms`);
  }
  report();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed > 0 ? 1 : 0;
