import '@tensorflow/tfjs-backend-wasm';
import { tessellate } from '@kanrecon/geometry';
import { fitImage } from '@kanrecon/image';
import { parseReconstructorConfig, type Reconstructor } from '@kanrecon/model';
import {
  cameraTargets,
  cameraValues,
  drawView,
  estimateBaseColor,
  patternColors,
  renderView,
  sceneByName,
  typicalView,
} from '@kanrecon/scene';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discImage, small, smallNetwork, study } from '../test/small-reconstruction.js';
import { reconstruct } from './reconstruct.js';

/** A network that always finds the same. */
const finding = (...normalized: number[]) => ({
  predict: async () => ({ normalized: Float32Array.from(normalized), parameters: {}, inRange: {} }),
  targets: study.surface.parameters,
  config: parseReconstructorConfig({}),
});

describe('reconstruct', () => {
  let network: Reconstructor;
  beforeAll(async () => {
    await setBackend('wasm');
    network = smallNetwork();
  });
  afterAll(() => network?.dispose());

  it('finds the parameters of predict, and draws them inside their ranges', async () => {
    const tensors = memory().numTensors;
    const image = discImage();
    const before = image.data.slice();
    const found = await reconstruct(image, network, small);
    expect(memory().numTensors).toBe(tensors);
    expect(image.data).toEqual(before);
    const { parameters, inRange } = await network.predict(image);
    expect(found.parameters).toEqual(parameters);
    expect(found.drawnParameters).toEqual((await network.predict(image, { clip: true })).parameters);
    for (const { name, min, max } of study.surface.parameters) {
      expect(found.drawnParameters[name]).toBeGreaterThanOrEqual(min);
      expect(found.drawnParameters[name]).toBeLessThanOrEqual(max);
      expect(found.outsideRange.includes(name)).toBe(!inRange[name]);
    }
  });

  it('names what lies outside its range, gives it as it was found and draws it at the nearest end', async () => {
    const { parameters, drawnParameters, normalized, outsideRange } = await reconstruct(
      discImage(),
      finding(-0.5, 0.5, 1.25, 0, 1, 0.25),
      small,
    );
    expect(outsideRange).toEqual(['radius', 'twist_amp']);
    const [radius, height, twist] = study.surface.parameters;
    expect(parameters['radius']).toBe(0); // .5 … 1.5
    expect(drawnParameters['radius']).toBe(radius!.min);
    expect(parameters['height']).toBe(drawnParameters['height']);
    expect(parameters['height']).toBeCloseTo((height!.min + height!.max) / 2, 6);
    expect(parameters['twist_amp']).toBeCloseTo(2.375, 6); // .5 … 2
    expect(drawnParameters['twist_amp']).toBe(twist!.max);
    expect(normalized[0]).toBe(-0.5);
  });

  it('renders, tessellates and colours what was found, as scene and geometry do', async () => {
    const view = drawView(study, 5, 2, 1);
    const found = await reconstruct(discImage(), network, { ...small, view });
    const { drawnParameters: parameters, baseColor } = found;
    const pixels = { width: 64, height: 64, data: fitImage(discImage(), 64) };
    expect(baseColor).toEqual(estimateBaseColor(pixels, study, parameters, view));
    const shape = { parameters, baseColor };
    const { image } = renderView(study, shape, view, { size: 48, effects: false });
    expect(found.rendering).toEqual(image);
    expect(found.mesh).toEqual(tessellate(study.surface, parameters, small.meshSteps));
    expect(found.vertexColors).toEqual(patternColors(study, shape, small.meshSteps));
    expect(found.view).toBe(view);
  });

  it('looks from above where nothing is known of the view, at 512 pixels and 200 × 200 steps', async () => {
    const { view, rendering, mesh } = await reconstruct(discImage(), network, { scene: study });
    expect(view).toEqual(typicalView(study, { x: (50 * Math.PI) / 180, y: 0, z: 0 }));
    expect(rendering.width).toBe(512);
    expect(mesh.positions).toHaveLength(3 * 201 * 201);
  });

  it('takes opaque and transparent images of any size', async () => {
    const data = new Uint8Array(5 * 300 * 3).fill(120);
    const { parameters } = await reconstruct({ width: 5, height: 300, data }, network, small);
    const rgba = Uint8ClampedArray.from({ length: 5 * 300 * 4 }, (_, i) => (i % 4 === 3 ? 255 : 120));
    expect((await reconstruct({ width: 5, height: 300, data: rgba }, network, small)).parameters).toEqual(parameters);
  });

  it('refuses images that are none, and a scene of another surface', async () => {
    const data = new Uint8Array(11);
    await expect(reconstruct({ width: 2, height: 2, data }, network, small)).rejects.toThrow('got 2 × 2 and 11 bytes');
    const floats = new Float32Array(12) as unknown as Uint8Array;
    await expect(reconstruct({ width: 2, height: 2, data: floats }, network, small)).rejects.toThrow('are no bytes');
    await expect(reconstruct({ width: 0, height: 2, data: new Uint8Array() }, network, small)).rejects.toThrow('0 × 2');
    const fewer = { ...finding(0, 0, 0, 0, 0), targets: study.surface.parameters.slice(1) };
    await expect(reconstruct(discImage(), fewer, small)).rejects.toThrow(
      /^reconstruct: the scene is not what the network was trained on; expected the parameters of spiral-cylinder \(.*\), got height, /,
    );
    const carded = { ...finding(0, 0, 0, 0, 0, 0), card: { scene: { name: 'study' } } };
    expect((await reconstruct(discImage(), carded, small)).outsideRange).toEqual([]);
    await expect(reconstruct(discImage(), carded, { ...small, scene: sceneByName('fluted') })).rejects.toThrow(
      'expected one of surface spiral-cylinder, got fluted-column',
    );
    const named = { ...carded, card: { scene: { name: 'observable', surface: 'fluted-column' } } };
    await expect(reconstruct(discImage(), named, small)).rejects.toThrow(
      'expected one of surface fluted-column, got spiral-cylinder',
    );
    const unknown = { ...carded, card: { scene: { name: 'of a later version' } } };
    expect((await reconstruct(discImage(), unknown, small)).outsideRange).toEqual([]);
    const broken = finding(0, 0, Number.NaN, 0, 0, 0);
    await expect(reconstruct(discImage(), broken, small)).rejects.toThrow('expected numbers, got 0, 0, NaN');
  });

  it('takes the shape from a network that predicts more, in whatever order', async () => {
    const shape = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
    const own = await reconstruct(discImage(), finding(...shape), small);
    const more = finding(0.9, ...[...shape].reverse());
    const targets = [{ name: 'camera_cos', min: -1, max: 1 }, ...[...study.surface.parameters].reverse()];
    const found = await reconstruct(discImage(), { ...more, targets }, small);
    expect([found.parameters, found.normalized]).toEqual([own.parameters, own.normalized]);
  });

  it('takes the ranges that the network learned, whatever the scene says', async () => {
    const targets = study.surface.parameters.map((each) => (each.name === 'radius' ? { ...each, max: 9 } : each));
    const { parameters } = await reconstruct(discImage(), { ...finding(1, 0, 0, 0, 0, 0), targets }, small);
    expect(parameters['radius']).toBe(9);
  });

  it('shows the object as in the image, where the network finds the camera and no view is given', async () => {
    const shape = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
    const { parameters } = study.surface;
    const cameraNumbers = cameraTargets([
      { angle: 'x', shows: true, min: 0.5, max: 1.2, round: false, order: 1 },
      { angle: 'y', shows: true, min: 0, max: 2 * Math.PI, round: true, order: 1 },
      { angle: 'z', shows: false, min: 0, max: 2 * Math.PI, round: true, order: 1 },
    ]);
    const angles = { x: 1, y: 4, z: 0 };
    const found = finding(...shape, ...cameraValues(study, cameraNumbers, angles));
    const network = { ...found, targets: [...parameters, ...cameraNumbers] };
    const seen = await reconstruct(discImage(), network, small);
    expect(seen.cameraFound).toEqual(['x', 'y']);
    expect(seen.view.cameraAngles.x).toBeCloseTo(1, 6);
    expect(seen.view.cameraAngles.y).toBeCloseTo(4, 6);
    expect(seen.view.cameraAngles.z).toBe(0);
    expect(seen.view).toEqual(typicalView(study, seen.view.cameraAngles));
    const view = typicalView(study, { x: 0.6, y: 2, z: 1 });
    expect(await reconstruct(discImage(), network, { ...small, view })).toMatchObject({ view, cameraFound: [] });
    const given = await reconstruct(discImage(), network, { ...small, cameraAngles: view.cameraAngles });
    expect(given.view).toEqual(view);
    const plain = await reconstruct(discImage(), finding(...shape), small);
    expect(plain.cameraFound).toEqual([]);
    expect(plain.view.cameraAngles.x).toBeCloseTo((50 * Math.PI) / 180, 9);
    expect(plain.normalized).toEqual(seen.normalized);
  });

  it('says how sure the network is of the shape', async () => {
    const targets = [{ name: 'camera_x', min: 0, max: 1 }, ...study.surface.parameters];
    const numbers = Float32Array.from({ length: 7 }, (_, i) => i / 8);
    const predict = async () => ({
      normalized: numbers,
      spread: numbers.map((value) => value / 10),
      parameters: {},
      inRange: {},
    });
    const { spread } = await reconstruct(discImage(), { ...finding(), predict, targets }, small);
    expect([...spread!]).toEqual([...numbers.subarray(1).map((value) => Math.fround(value / 10))]);
    expect(await reconstruct(discImage(), finding(0, 0, 0, 0, 0, 0), small)).not.toHaveProperty('spread');
  });

  it('is grey where the pattern hides the base colour', async () => {
    const { baseColor } = await reconstruct(discImage(), network, { ...small, scene: sceneByName('observable') });
    expect(baseColor).toEqual([0.5, 0.5, 0.5]);
  });
});
