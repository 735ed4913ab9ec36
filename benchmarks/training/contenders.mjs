// Who is measured by training.bench.mjs and backbones.bench.mjs, and how: each in a process of its own.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { errorReason } from '../kan/error-reason.mjs';

const nodeMajor = Number(process.versions.node.split('.')[0]);
const oneThread = { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', TF_CPP_MIN_LOG_LEVEL: '2' };
const native = Boolean(process.env.KANRECON_TFJS_NODE);
const python = ['/usr/bin/python3', 'python3'].find(
  (command) => spawnSync(command, ['-c', 'import torch, torchvision']).status === 0,
);

/**
 * Contenders by key: what they are called, and the command that measures a network of a size. Those that are not here are left out, which
 * is said.
 *
 * @param only keys, separated by commas; all when left out
 * @param what `forward`, `step` or both, separated by a comma
 */
export function contendersHere({ batch, rounds, only, what = 'forward,step', warmUp = 2 }) {
  const tfjs =
    (backend, ...more) =>
    (model, size) => {
      const rest = ['--batch', batch, '--rounds', rounds, '--warm-up', warmUp, '--what', what];
      const shape = ['--model', model, '--size', size, ...rest].map(String);
      return [process.execPath, [script('measure-tfjs.mjs'), '--backend', backend, ...shape, ...more]];
    };
  const stockCpu = (model, size) => {
    const once = ['--batch', 1, '--rounds', 1, '--warm-up', 0, '--what', what];
    const shape = ['--model', model, '--size', size, ...once].map(String);
    return [process.execPath, [script('measure-tfjs.mjs'), '--backend', 'cpu', '--plain-layers', ...shape]];
  };
  const workers = (count) => (model, size) => [
    process.execPath,
    [script('measure-workers.mjs'), model, size, batch, rounds, count].map(String),
  ];
  const torch = (layout, threads) => (model, size) => [
    python,
    [script('measure-torch.py'), layout, model, size, batch, rounds, threads, what, warmUp].map(String),
  ];
  return [
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
  ].filter(({ key }) => (!only || only.split(',').includes(key)) && isHere(key));
}

function isHere(key) {
  const torchMissing = key.startsWith('torch') && !python;
  if (torchMissing && key === 'torch') console.log('PyTorch is skipped: no python3 with torch and torchvision here.');
  if (key === 'node' && !native) {
    console.log('tfjs-node is skipped: KANRECON_TFJS_NODE does not name a folder that has it.');
  }
  // Newer engines cannot do without relaxed SIMD.
  const simdChoice = key !== 'wasm-plain-simd' || nodeMajor < 22;
  return !torchMissing && simdChoice && (key !== 'node' || native);
}

function script(name) {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** What a contender's process found, or undefined after saying why there is nothing. */
export function measure({ who, run }, model, size) {
  process.stdout.write(`${who}, ${model}, ${size} px …`);
  const [command, args] = run(model, size);
  const env = { ...oneThread, ...process.env };
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1e8, env });
  process.stdout.write(process.stdout.isTTY ? '\r\x1b[2K' : '\n');
  if (status !== 0) {
    console.log(`${who} is skipped: ${errorReason(stderr)}`);
    return undefined;
  }
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** Medians over the rounds of all repeats. */
export function summary(parts) {
  const times = (what) => ({
    clock: median(parts.flatMap((part) => part[what].clock)),
    cpu: median(parts.flatMap((part) => part[what].cpu)),
  });
  return {
    ...(parts[0].forward && { forward: times('forward') }),
    ...(parts[0].step && { step: times('step') }),
    peakMegabytes: Math.max(...parts.map(({ peakMegabytes }) => peakMegabytes)),
  };
}

function median(numbers) {
  return Math.round(numbers.sort((a, b) => a - b)[numbers.length >> 1] * 100) / 100;
}

/** A line for a result. */
export function report({ who, model, size, forward, step, peakMegabytes }) {
  const show = ({ clock, cpu }) => `${clock.toFixed(2)} (CPU ${cpu.toFixed(2)})`;
  const parts = [...(forward ? [`forward ${show(forward)}`] : []), ...(step ? [`step ${show(step)}`] : [])];
  console.log(`${who.padEnd(34)} ${model} ${size} px: ${parts.join(', ')} ms per image, ${peakMegabytes} MB`);
}
