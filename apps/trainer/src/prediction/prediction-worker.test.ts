import { imageLimits } from '@kanrecon/identifiability';
import { renderView, sceneByName, sceneToJson, typicalView } from '@kanrecon/scene';
import { expect, it } from 'vitest';
import { type DrawnObject, drawObject } from './prediction-worker.js';

const scene = sceneByName('study');
const parameters = Object.fromEntries(scene.surface.parameters.map(({ name, min, max }) => [name, (min + max) / 2]));
const view = typicalView(scene, { x: 0.9, y: 0.4, z: 0 });
const image = renderView(scene, { parameters, baseColor: [0.2, 0.4, 0.6] }, view, { size: 64, effects: false }).image;
const middle = Float32Array.from(scene.surface.parameters, () => 0.5);
const task = (known: { readonly height?: number }) => ({
  normalized: Float32Array.from(middle, (value, i) => (i === 1 ? 1.25 : value)),
  color: image,
  scene: sceneToJson(scene),
  parameters: scene.surface.parameters,
  renderingSize: 64,
  pixels: true,
  refine: {
    image,
    start: { normalized: middle, cameraAngles: { x: 0.95, y: 0.35, z: 0 } },
    wish: { budget: 1000, known: { parameters: known }, limits: { invariances: [], combinations: [] } },
  },
});

it('draws what refinement found, as the image shows it, and keeps the numbers of the network', async () => {
  const height = parameters['height']!;
  const { refined, rendering, ...drawn } = (await drawObject(task({ height }))) as DrawnObject;
  expect(refined).toMatchObject({ found: true, startedFrom: 'start' });
  expect(drawn.drawnParameters).toEqual(refined!.parameters);
  for (const name of ['radius', 'wave_amp', 'wave_freq']) {
    expect(drawn.drawnParameters[name]! / parameters[name]!).toBeCloseTo(1, 1);
  }
  const off = rendering!.data.reduce((sum, value, i) => sum + Math.abs(value - image.data[i]!), 0);
  expect(off / image.data.length).toBeLessThan(0.5);
  expect(drawn.outsideRange).toEqual(['height']);
  const { min, max } = scene.surface.parameters[1]!;
  expect(drawn.parameters['height']).toBeCloseTo(min + 1.25 * (max - min), 5);
  expect(drawn.overlay!.length).toBeGreaterThan(100);
});

it('stops soon when it is told to', async () => {
  const controller = new AbortController();
  const begun = performance.now();
  const drawn = drawObject({ ...task({}), refine: { ...task({}).refine, start: {} } }, controller.signal);
  setTimeout(() => controller.abort(), 20);
  await expect(drawn).rejects.toMatchObject({ name: 'AbortError' });
  // The whole of it takes seconds on a quiet machine.
  expect(performance.now() - begun).toBeLessThan(1500);
});

it('says of a known distance that the image contradicts it', async () => {
  const { invariances, combinations } = await imageLimits(scene);
  const wish = { budget: 100, known: { cameraDistance: 100 }, limits: { invariances, combinations } };
  await expect(drawObject({ ...task({}), refine: { ...task({}).refine, wish } })).resolves.toEqual({
    problem: expect.stringMatching(/^the known camera_distance does not go with the image; .* larger or smaller/),
  });
});
