// For maintainers: puts a finished training into this package, in half precision, with its card. Build first, then
//   node packages/pretrained/scripts/pack-model.mjs <run folder> <name>
// It calibrates the network's intervals on fresh images, scores the packed model on others, measures what half precision costs, and refuses what can be seen in the scores. Then it
// writes models/<name>, src/packed-models.ts and the cards in README.md.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { loadReconstructor, saveReconstructor } from '@kanrecon/model/node';
import { modelScene } from '@kanrecon/reconstruction';
import { cardOf } from './pack/card-of.mjs';
import { drawImages } from './pack/draw-images.mjs';
import { largestDifference } from './pack/largest-difference.mjs';
import { readRun } from './pack/read-run.mjs';
import { recalibrated } from './pack/recalibrated.mjs';
import { scoreModel } from './pack/score-model.mjs';
import { writeModel, writePackage } from './pack/write-package.mjs';

/** Share of its own error, of parameters that are drawn evenly, that half precision may change an output by in any image; and R². */
const mostOfError = 0.1;
const mostR2 = 0.0002;

const usage =
  'node packages/pretrained/scripts/pack-model.mjs <run folder> <name> [--images 2000] [--calibration-images 8000] [--command "…"] [--begun-from <card.json>] [--into <package folder>]';

try {
  await main();
} catch (error) {
  console.error(`pack-model: ${error.message}`);
  process.exitCode = 2;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      images: { type: 'string', default: '2000' },
      'calibration-images': { type: 'string', default: '8000' },
      command: { type: 'string' },
      'begun-from': { type: 'string' },
      into: { type: 'string', default: join(dirname(fileURLToPath(import.meta.url)), '..') },
    },
  });
  const [run, name] = positionals;
  const images = Number(values.images);
  const calibrationImages = Number(values['calibration-images']);
  if (!run || !name || positionals.length > 2) throw new Error(`expected a run and a name; usage: ${usage}`);
  if (!/^[a-z][a-z\d]*$/.test(name)) {
    throw new Error(`the name is also one of a variable; expected lower-case letters and digits, got ${name}`);
  }
  if (!Number.isInteger(images) || images < 2) {
    throw new Error(`--images takes a whole number from 2 on, but got ${values.images}`);
  }
  if (!Number.isInteger(calibrationImages) || calibrationImages < 20) {
    throw new Error(`--calibration-images takes a whole number from 20 on, but got ${values['calibration-images']}`);
  }
  await setBackend('wasm');
  const trained = await readRun(run, values.command, values['begun-from']);
  const scene = await modelScene(trained.reconstructor);
  const reconstructor = await recalibrated(scene, trained.reconstructor, calibrationImages);
  const drawn = drawImages(scene, reconstructor, images);
  const packing = join(resolve(values.into), 'models', `${name}.packing`);
  try {
    await saveReconstructor(reconstructor, packing, { quantization: 'float16' });
    const { reconstructor: packed } = await loadReconstructor(packing);
    const difference = await largestDifference(reconstructor, packed, drawn.images);
    const scores = await scoreModel(scene, packed, drawn);
    const whole = await scoreModel(scene, reconstructor, drawn);
    const mostDifference = mostOfError * Math.sqrt(Math.max(0, 1 - whole.scores.r2.value) / 12);
    if (!(difference <= mostDifference)) {
      throw new Error(
        `half precision changes an output of ${run} by ${difference.toPrecision(3)} of its range on ${images} images; expected ${mostDifference.toPrecision(3)} at most, a tenth of its error, so that it is not packed`,
      );
    }
    const r2Change = Math.abs(scores.scores.r2.value - whole.scores.r2.value);
    if (!(r2Change <= mostR2)) {
      throw new Error(
        `half precision changes R² of ${run} by ${r2Change.toPrecision(3)} on ${images} images; expected ${mostR2} at most, so that it is not packed`,
      );
    }
    const card = await cardOf({ name, scene, packed, packing, trained, scores, images, difference, r2Change });
    await writeModel(values.into, packing, card);
    await writePackage(values.into);
    const { r2 } = card.scores;
    console.log(
      `${name}: R² ${r2.value} (${r2.interval95.join(' to ')}) on ${images} fresh images, ${(card.bytes / 1e6).toFixed(2)} MB; half precision costs ${card.halfPrecision.largestDifference} of a range at most.`,
    );
  } finally {
    if (existsSync(packing)) await rm(packing, { recursive: true });
  }
}
