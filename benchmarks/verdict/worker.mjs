// One case at a time: draws its image, asks for the verdict.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { surfaceByName, surfaceNames } from '@kanrecon/geometry';
import { combinationValue, imageLimits } from '@kanrecon/identifiability';
import { firstLook, refine, verdict } from '@kanrecon/reconstruction';
import { drawShape, drawView, largestReach, renderView, sceneByName } from '@kanrecon/scene';
import sharp from 'sharp';
import { foreignImage } from './foreign-images.mjs';
import { normalNumbers, uniformNumbers } from './random-numbers.mjs';
import { spoil } from './spoiled-images.mjs';

const size = 128;
const seed = 99;
/** How far a network's answer is off: of a range, and radians. */
const off = { shape: 0.065, camera: 0.08 };

parentPort.on('message', async (one) => parentPort.postMessage(await measure(one)));

async function measure({ scene: name, group, kind, index }) {
  const scene = sceneByName(name);
  const { image, start, truth } = await (group === 'own' ? ownImage : otherImage)(scene, kind, index);
  const first = firstLook(image, scene);
  if (first) return { verdict: first.kind, score: null, sentence: first.sentence };
  const refinement = await refine(image, start, scene, { budget: workerData.budget });
  const { kind: word, score, sentence } = verdict(refinement, scene);
  return {
    verdict: word,
    score,
    sentence,
    ...(truth && { error: await errors(scene, start.normalized, refinement, truth) }),
  };
}

/** One of the scene's own, with a start as far off as a network's answer. */
async function ownImage(scene, kind, index) {
  if (kind === 'blender') return { image: await blenderImage(index), start: {} };
  const shape = drawShape(scene, seed, index);
  const view = drawView(scene, seed, index, 0);
  const image = spoil(kind, renderView(scene, shape, view, { size, effects: false }), view.background, index);
  const normal = normalNumbers(uniformNumbers(500 + index));
  const { parameters } = scene.surface;
  const truth = parameters.map(({ name, min, max }) => (shape.parameters[name] - min) / (max - min));
  const { x, y, z } = view.cameraAngles;
  const start = {
    normalized: truth.map((value) => Math.min(1, Math.max(0, value + off.shape * normal()))),
    spread: truth.map(() => off.shape),
    cameraAngles: { x: x + off.camera * normal(), y: y + off.camera * normal(), z: z + off.camera * normal() },
    cameraSpread: off.camera,
  };
  return { image, start, truth };
}

/** From the repository's sample, which Blender rendered: another renderer than ours. */
async function blenderImage(index) {
  const folder = fileURLToPath(new URL('../../dataset/sample/test/images/', import.meta.url));
  const names = readdirSync(folder).sort();
  const { data, info } = await sharp(folder + names[index % names.length])
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** Another surface, from a camera as near as a network's; or no surface. */
function otherImage(scene, kind, index) {
  if (kind === 'one colour') return { image: plain(37 * index + 60), start: {} };
  if (kind === 'noise') return { image: noise(index), start: {} };
  if (!surfaceNames().includes(kind)) return { image: foreignImage(kind, size, index), start: {} };
  const surface = surfaceByName(kind);
  const { placement, tanHalfFov } = scene.camera;
  const distance = largestReach(surface) / Math.sin(Math.atan(tanHalfFov[0]));
  const other = {
    ...scene,
    surface,
    camera: { ...scene.camera, placement: placement === 'fitted' ? placement : { distance } },
  };
  const view = drawView(other, seed, index, 0);
  const { image } = renderView(other, drawShape(other, seed, index), view, { size, effects: false });
  return { image, start: { cameraAngles: view.cameraAngles, cameraSpread: off.camera } };
}

function plain(grey) {
  return { width: size, height: size, data: new Uint8Array(3 * size * size).fill(grey) };
}

function noise(index) {
  const normal = normalNumbers(uniformNumbers(900 + index));
  const data = Uint8Array.from({ length: 3 * size * size }, () =>
    Math.min(255, Math.max(0, 128 + (20 + 20 * index) * normal())),
  );
  return { width: size, height: size, data };
}

/** Of what the scene's images tell: combinations in units of what a uniform range varies by, or the parameters where each is told. */
async function errors(scene, start, { normalized }, truth) {
  const { combinations } = await imageLimits(scene);
  const { parameters } = scene.surface;
  const values = (list) => {
    const inUnits = parameters.map(({ min, max }, i) => min + (max - min) * list[i]);
    return combinations.length === 0 ? list : combinations.map((one) => combinationValue(one, inUnits));
  };
  const draws = Array.from({ length: 200 }, (_, i) => drawShape(scene, 5, i).parameters);
  const drawn = draws.map((shape) => values(parameters.map(({ name, min, max }) => (shape[name] - min) / (max - min))));
  const spread = values(truth).map((_, k) => deviation(drawn.map((list) => list[k])));
  const rms = (list) => {
    const [found, right] = [values(list), values(truth)];
    return Math.sqrt(
      right.reduce((sum, value, k) => sum + (found[k] - value) ** 2 / (12 * spread[k] ** 2), 0) / right.length,
    );
  };
  return { start: rms(Array.from(start)), found: rms(Array.from(normalized)) };
}

function deviation(list) {
  const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
  return Math.sqrt(list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / list.length);
}
