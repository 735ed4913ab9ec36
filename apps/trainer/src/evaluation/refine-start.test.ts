import { cameraVisibility } from '@kanrecon/identifiability';
import { cameraTargets, sceneByName } from '@kanrecon/scene';
import { expect, it } from 'vitest';
import { refineStart } from './refine-start.js';

const scene = sceneByName('study');
const shape = scene.surface.parameters;
const mean = Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6);

it('is the shape in the surface’s order, whatever order a network has it in, and no camera that it does not find', () => {
  const targets = [...shape].reverse();
  const start = refineStart({ targets, card: {} }, scene, mean);
  expect([...(start.normalized as Float32Array)]).toEqual([...mean].reverse());
  expect(start).not.toHaveProperty('cameraAngles');
  expect(start).not.toHaveProperty('spread');
});

it('says how sure the network is, in the same order', () => {
  const start = refineStart({ targets: [...shape].reverse(), card: {} }, scene, mean, mean);
  expect([...(start.spread as Float32Array)]).toEqual([...mean].reverse());
});

it('has the camera of a network that finds it', () => {
  const targets = [...shape, ...cameraTargets(cameraVisibility(scene))];
  const found = Float32Array.from(targets, () => 0.5);
  const { cameraAngles } = refineStart({ targets, card: {} }, scene, found);
  const [min, max] = scene.camera.x;
  expect(cameraAngles!.x).toBeCloseTo((min + max) / 2, 5);
});
