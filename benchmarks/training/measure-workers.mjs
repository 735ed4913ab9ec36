// One contender of training.bench.mjs: the WASM backend in several worker threads. Prints one JSON line.
//   node measure-workers.mjs MODEL SIZE BATCH ROUNDS WORKERS
import { setFlagsFromString } from 'node:v8';
import { splitBatch, startDataParallel } from '@kanrecon/tfjs-wasm-training/node';
import { outputs } from './network.mjs';
import { timed } from './timed.mjs';

if (Number(process.versions.node.split('.')[0]) < 22) setFlagsFromString('--experimental-wasm-relaxed-simd');
const [name, ...numbers] = process.argv.slice(2);
const [size, batch, rounds, workers] = numbers.map(Number);
const module = new URL('./replica.mjs', import.meta.url);
const training = await startDataParallel({ module, workers, setup: { name, size } });
const pixels = size * size * 3;
const x = Float32Array.from(
  { length: batch * pixels },
  (_, i) => ((Math.imul(i + 1, 2654435761) >>> 8) / 2 ** 23 - 1) * 1.7,
);
const y = Float32Array.from({ length: batch * outputs }, (_, i) => (Math.imul(i + 7, 2246822519) >>> 8) / 2 ** 24);
const step = await timed(
  () => {
    const shares = splitBatch(batch, workers).map(({ start, end }) => ({
      data: { x: x.slice(start * pixels, end * pixels), y: y.slice(start * outputs, end * outputs) },
      count: end - start,
    }));
    return training.step(shares, {});
  },
  { rounds, batch },
);
await training.close();
console.log(JSON.stringify({ step, peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) }));
