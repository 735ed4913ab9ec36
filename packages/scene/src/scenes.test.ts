import { flutedColumn, spiralCylinder, surfaceByName, surfaceNames, tessellate } from '@kanrecon/geometry';
import { cameraRotation, renderSurface } from '@kanrecon/render';
import { describe, expect, it } from 'vitest';
import { drawShape } from './draw-shape.js';
import { drawView, typicalView } from './draw-view.js';
import { fixedDistance } from './fixed-distance.js';
import { objectMiddle } from './object-middle.js';
import { randomStream } from './random-stream.js';
import { renderView } from './render-view.js';
import { type SceneChanges, sceneWith } from './scene-with.js';
import { sceneByName, sceneNames } from './scenes.js';

const study = sceneByName('study');
const half = Math.PI / 2;

describe('scenes', () => {
  it('study is drawn as it always was, byte for byte', () => {
    for (let shape = 0; shape < 3; shape++) {
      const drawn = drawShape(study, 3, shape);
      const view = drawView(study, 3, shape, 1);
      const rotation = cameraRotation(view.cameraAngles);
      const { parameters, baseColor } = drawn;
      const before = renderSurface(spiralCylinder, parameters, { rotation, size: 40, baseColor });
      expect(renderView(study, drawn, view, { size: 40 }).image).toEqual(before.image);
      expect(view).toMatchObject({ tanHalfFov: 0.36, background: 197 });
      expect(view.effects).toMatchObject({ occluders: 0, blur: 0, noise: 0, jpeg: 100 });
    }
  });

  it.each(['observable', 'fluted'])(
    '%s shows size: a larger object covers more pixels, and none is cut off',
    (name) => {
      const scene = sceneByName(name);
      expect(scene.name).toBe(name);
      const shape = { radius: 0.5, height: 1, twist_amp: 1, twist_freq: 2, wave_amp: 0.1, wave_freq: 2 };
      const view = typicalView(scene, { x: 0.8, y: 0.4, z: 1 });
      const seen = [1, 2].map((scale) => {
        const parameters = { ...shape, radius: 0.5 * scale, height: scale, wave_amp: 0.1 * scale };
        const { coverage } = renderView(scene, { parameters, baseColor: [0.5, 0.5, 0.5] }, view, { size: 64 });
        return coverage.reduce((sum, value) => sum + value, 0);
      });
      expect(seen[1] / seen[0]).toBeGreaterThan(2.5);
      const largest = { ...shape, radius: 1.5, height: 3, wave_amp: 0.5 };
      for (let turn = 0; turn < 12; turn++) {
        const angles = { x: 0.5 + turn / 10, y: turn, z: turn / 2 };
        const seen = { parameters: largest, baseColor: [0.5, 0.5, 0.5] as const };
        const { coverage } = renderView(scene, seen, { ...view, cameraAngles: angles }, { size: 64 });
        const edge = coverage.filter((_, i) => i < 64 || i >= 63 * 64 || i % 64 === 0 || i % 64 === 63);
        expect(Math.max(...edge)).toBe(0);
        expect(Math.max(...coverage)).toBe(255);
      }
    },
  );

  it('are listed when there is no such one', () => {
    expect(sceneNames).toEqual(['study', 'observable', 'fluted', 'robust']);
    for (const name of sceneNames) expect(sceneByName(name).description).toMatch(/\.$/);
    expect(() => sceneByName('toString')).toThrow(
      'unknown scene "toString"; expected one of study, observable, fluted, robust',
    );
  });
});

describe('fixedDistance', () => {
  it('is not found for points that are not finite', () => {
    const hole = {
      ...spiralCylinder,
      position(...[u, v, p, out, offset = 0]: Parameters<typeof spiralCylinder.position>) {
        spiralCylinder.position(u, v, p, out, offset);
        if (v > 0.5) out[offset] = Number.NaN;
      },
    };
    expect(() => fixedDistance(hole, 0.36)).toThrow(
      /a point of the surface "spiral-cylinder" is not finite at u = 0, v/,
    );
  });

  it('is that of the ball around the largest object and little more', () => {
    // Radius 2 at half the height 1.5: a ball of 2.5 around the middle.
    expect(fixedDistance(spiralCylinder, 0.36)).toBe(7.6);
    expect(2.5 / Math.sin(Math.atan(0.36))).toBeCloseTo(7.38, 2);
    expect(fixedDistance(flutedColumn, 0.36)).toBe(8.3);
    expect(fixedDistance(spiralCylinder, 0.18)).toBeGreaterThan(2 * 7.38 * 0.95);
  });

  it.each(surfaceNames())('lets no point of %s leave the frame, drawn anywhere in its ranges', (name) => {
    const surface = surfaceByName(name);
    const distance = fixedDistance(surface, 0.36);
    const random = randomStream(77);
    let radius = 0;
    const unit = () => (random.next() >>> 0) / 2 ** 32;
    for (let draw = 0; draw < 200; draw++) {
      const vector = surface.parameters.map(
        ({ min, max }) => min + (max - min) * (draw % 2 ? unit() : Math.round(unit())),
      );
      const [x, y, z] = objectMiddle(surface, vector);
      const { positions } = tessellate(surface, vector, { uSteps: 50, vSteps: 50 });
      for (let k = 0; k < positions.length; k += 3) {
        radius = Math.max(radius, Math.hypot(positions[k] - x, positions[k + 1] - y, positions[k + 2] - z));
      }
    }
    expect(radius).toBeLessThan(distance * Math.sin(Math.atan(0.36)));
  });

  it('looks at the middle of the axis', () => {
    expect(objectMiddle(spiralCylinder, [1, 2, 1, 1, 0.3, 2])).toEqual([0, 0, 1]);
    const { bounds: _, ...boxless } = spiralCylinder;
    const [x, y, z] = objectMiddle(boxless, [1, 2, 1, 1, 0.3, 2]);
    expect(Math.hypot(x, y)).toBeLessThan(0.02);
    expect(z).toBe(1);
  });
});

describe('sceneWith', () => {
  it('changes what is named and leaves every other value as it was drawn', () => {
    const variant = sceneWith(study, {
      light: { tilt: [0, 0.5], strength: [0.5, 1.5] },
      effects: { noise: [2, 6], jpeg: [30, 90], occluders: [0, 2] },
      background: [100, 255],
    });
    const counts = new Set<number>();
    for (let view = 0; view < 50; view++) {
      const [before, after] = [study, variant].map((scene) => drawView(scene, 1, 2, view));
      expect(after.cameraAngles).toEqual(before.cameraAngles);
      expect(after.effects.seed).toBe(before.effects.seed);
      expect(after.light.ambient).toBe(before.light.ambient);
      for (const [value, [min, max]] of [
        [after.light.tilt, [0, 0.5]],
        [after.effects.noise, [2, 6]],
        [after.effects.jpeg, [30, 90]],
        [after.background, [100, 255]],
      ] as const) {
        expect(value).toBeGreaterThanOrEqual(min);
        expect(value).toBeLessThanOrEqual(max);
      }
      counts.add(after.effects.occluders);
    }
    expect([...counts].sort()).toEqual([0, 1, 2]);
  });

  it('finds the fixed distance anew for another surface or lens, unless one is given', () => {
    const observable = sceneByName('observable');
    const placementOf = (changes: SceneChanges) => sceneWith(observable, changes).camera.placement;
    expect(placementOf({})).toEqual({ distance: 7.6 });
    expect(placementOf({ surface: flutedColumn })).toEqual({ distance: 8.3 });
    expect(placementOf({ camera: { tanHalfFov: [0.18, 0.36] } })).toEqual({
      distance: fixedDistance(spiralCylinder, 0.18),
    });
    expect(placementOf({ camera: { placement: { distance: 11 } }, surface: flutedColumn })).toEqual({ distance: 11 });
    expect(placementOf({ camera: { placement: 'fitted' } })).toBe('fitted');
    expect(sceneWith(study, { camera: { placement: 'fixed' } }).camera.placement).toEqual({ distance: 7.6 });
  });

  it.each<[object, string]>([
    [
      { lights: {} },
      'unknown field "lights"; expected surface, pattern, camera, light, effects, baseColor, background',
    ],
    [
      { light: { tilt: [0, 2] } },
      `light.tilt is wrong; expected a range [min, max] of numbers from 0 to ${half}, got [0,2]`,
    ],
    [
      { effects: { jpeg: [50.5, 60] } },
      'effects.jpeg is wrong; expected a range [min, max] of whole numbers from 1 to 100',
    ],
    [{ effects: { noise: [6, 2] } }, 'effects.noise is wrong'],
    [{ effects: { noise: 3 } }, 'got 3'],
    [{ effects: { grain: [1, 2] } }, 'unknown field "effects.grain"; expected occluders, blur, noise, jpeg'],
    [{ camera: { placement: 'near' } }, 'expected "fitted", "fixed" or { distance }, got "near"'],
    [{ camera: { placement: { distance: -1 } } }, 'got {"distance":-1}'],
    [{ pattern: 'dots' }, 'unknown pattern; expected one of plain, hue-wheel, stripes, checker, got "dots"'],
    [{ baseColor: [0, 1.5] }, 'baseColor is wrong'],
    [{ light: 3 }, 'light is wrong; expected an object of ranges, got 3'],
  ])('refuses %j', (changes, message) => {
    expect(() => sceneWith(study, changes as SceneChanges)).toThrow(message);
  });
});
