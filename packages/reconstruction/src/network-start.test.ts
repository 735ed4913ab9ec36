import { cameraVisibility } from '@kanrecon/identifiability';
import { cameraTargets, sceneByName } from '@kanrecon/scene';
import { expect, it } from 'vitest';
import { networkStart } from './network-start.js';

const scene = sceneByName('study');
const shape = scene.surface.parameters;
const numbers = Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6);

it('is the shape in the surface’s order, whatever order a network has it in, and nothing that it does not say', () => {
  const start = networkStart({ targets: [...shape].reverse() }, { normalized: numbers }, scene);
  expect(start).toEqual({ normalized: numbers.slice().reverse() });
});

it('says how sure the network is, in the same order', () => {
  const targets = [...shape].reverse();
  const { spread } = networkStart({ targets, card: {} }, { normalized: numbers, spread: numbers }, scene);
  expect([...spread!]).toEqual([...numbers].reverse());
});

it('has the camera of a network that finds it, and how sure that is, within what its pictures show', () => {
  const targets = [...shape, ...cameraTargets(cameraVisibility(scene))];
  const normalized = Float32Array.from(targets, ({ name }) => (name.includes('cos') ? 1 : 0.5));
  const silent = networkStart({ targets }, { normalized }, scene);
  const [min, max] = scene.camera.x;
  expect(silent.cameraAngles!.x).toBeCloseTo((min + max) / 2, 5);
  expect(silent).not.toHaveProperty('cameraSpread');
  const spreadOf = (value: number) => {
    const spread = Float32Array.from(targets, () => value);
    return networkStart({ targets }, { normalized, spread }, scene).cameraSpread!;
  };
  expect(spreadOf(0.1)).toBeGreaterThan(0.03);
  expect(spreadOf(1e-6)).toBe(0.03);
});

it('refuses networks of other parameters or another surface, and answers that are none', () => {
  const start = (network: object, normalized = numbers) =>
    networkStart({ targets: shape, ...network }, { normalized }, scene);
  expect(() => start({ targets: shape.slice(1) })).toThrow('expected the parameters of spiral-cylinder');
  expect(() => start({ card: { scene: { name: 'fluted' } } })).toThrow('expected one of surface fluted-column');
  expect(() => start({}, Float32Array.of(0, 1, Number.NaN, 0, 1, 0))).toThrow(
    'networkStart: the network is broken; expected numbers, got 0, 1, NaN, 0, 1, 0',
  );
});
