// Resizes random images of random sizes and compares every byte with Pillow's: node scripts/compare-with-pillow.mjs [count] [seed]
// (build first). PYTHON=… names a Python that has Pillow and numpy.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { imageFilters, resizeImage } from '../dist/index.js';

const [count = 1000, seed = 1] = process.argv.slice(2).map(Number);
const python = process.env.PYTHON ?? 'python3';

let state = seed >>> 0;
/** A whole number from 0 to below `limit`: a linear congruential generator. */
function random(limit) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
}
/** Mostly some dozens, at times up to 4000, at times 1. */
const randomSize = () => 1 + random([1, 8, 60, 60, 300, 4000][random(6)]);
/** Noise, or the two ends of the range in blocks, or slopes. */
const patterns = [
  () => random(256),
  (x, y, c) => 255 * ((Math.floor(x / (1 + c)) + (y >> 1)) % 2),
  (x, y, c) => (x + (2 + c) * y) % 256,
];

const child = spawn(python, [fileURLToPath(new URL('pillow.py', import.meta.url)), 'serve'], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
child.on('error', (error) => fail(error.message));
child.on('exit', (code) => code && fail(`it ended with ${code}`));
child.stdin.on('error', () => {});

let buffered = Buffer.alloc(0);
const chunks = child.stdout[Symbol.asyncIterator]();
async function more() {
  const { value, done } = await chunks.next();
  if (done) fail('it said nothing');
  buffered = Buffer.concat([buffered, value]);
}
async function take(length) {
  while (buffered.length < length) await more();
  const bytes = buffered.subarray(0, length);
  buffered = buffered.subarray(length);
  return bytes;
}

while (!buffered.includes('\n')) await more();
const version = (await take(buffered.indexOf('\n') + 1)).toString().trim();

let bytes = 0;
const differing = [];
for (let done = 0; done < count; ) {
  const [width, height, toWidth, toHeight] = Array.from({ length: 4 }, randomSize);
  if (width * height > 2e6 || toWidth * toHeight > 2e6 || toWidth * height > 8e6) continue;
  done++;
  const filter = imageFilters[random(imageFilters.length)];
  const value = patterns[random(patterns.length)];
  const data = new Uint8Array(3 * width * height);
  for (let i = 0; i < data.length; i++) {
    const pixel = Math.floor(i / 3);
    data[i] = value(pixel % width, Math.floor(pixel / width), i % 3);
  }
  child.stdin.write(`${JSON.stringify({ width, height, toWidth, toHeight, filter })}\n`);
  child.stdin.write(data);
  const theirs = await take(3 * toWidth * toHeight);
  const ours = resizeImage({ width, height, data }, toWidth, toHeight, { filter }).data;
  bytes += ours.length;
  const wrong = ours.reduce((sum, byte, i) => sum + (byte === theirs[i] ? 0 : 1), 0);
  if (wrong > 0) differing.push(`${width} × ${height} to ${toWidth} × ${toHeight}, ${filter}: ${wrong} bytes`);
}
child.stdin.end();
console.log(`${version}: ${count} images, ${bytes} bytes, ${differing.length} images differ`);
for (const line of differing.slice(0, 20)) console.log(`  ${line}`);
process.exitCode = differing.length > 0 ? 1 : 0;

function fail(reason) {
  console.error(
    `compare-with-pillow: Pillow cannot be asked (${reason}); \`pip install pillow numpy\` gets it, PYTHON=… names another Python`,
  );
  process.exit(2);
}
