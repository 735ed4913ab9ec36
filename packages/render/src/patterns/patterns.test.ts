import {
  flutedColumn,
  type ParametricSurface,
  spiralCylinder,
  superellipsoid,
  surfaceOfRevolution,
  torusPair,
  vase,
} from '@kanrecon/geometry';
import { describe, expect, it } from 'vitest';
import { cameraRotation } from '../camera/camera-rotation.js';
import { fixedCamera } from '../camera/fixed-camera.js';
import { projectPoint } from '../camera/project-point.js';
import { agxCurve } from '../image/tone-curve.js';
import { renderSurface } from '../render-surface.js';
import type { Vector3 } from '../vector3.js';
import { patternByName, patternNames } from './pattern-by-name.js';
import type { PatternName } from './pattern-name.js';
import type { SurfacePattern } from './surface-pattern.js';

const size = 160;
const baseColor: Vector3 = [0.6, 0.35, 0.2];

/** A profile whose points are far from evenly spaced along v. */
const uneven: ParametricSurface = surfaceOfRevolution({
  name: 'uneven',
  profile: (t) => [0.8 + 0.3 * Math.sin(3 * t * t), 2 - t - t * t * t],
});

/** The same surface turned the other way round. */
const mirrored: ParametricSurface = {
  ...uneven,
  normal: undefined,
  position(u, v, parameters, out, offset = 0) {
    uneven.position(-u - 1, v, parameters, out, offset);
  },
};

/** Colours as the documentation states them, on their own. */
const expectedColors: Record<PatternName, (share: number, shareV: number) => number[]> = {
  plain: () => [...baseColor],
  'hue-wheel': (share) => [0, 1, 2].map((c) => 0.5 + 0.42 * Math.cos(2 * Math.PI * share - (2 * Math.PI * c) / 3)),
  stripes: (share) => (Math.floor(8 * share) % 2 === 0 ? light : dark),
  checker: (share, shareV) => ((Math.floor(8 * share) + Math.floor(8 * shareV)) % 2 === 0 ? light : dark),
};
const light = baseColor.map((value) => (1 + value) / 2);
const dark = baseColor.map((value) => value / 4);

const surfaces: [string, ParametricSurface, number[]][] = [
  ['spiral cylinder, by profile', spiralCylinder, [1, 2, 1.5, 4, 0.3, 3]],
  ['spiral cylinder, by grid', { ...spiralCylinder, closedU: false }, [1, 2, 1.5, 4, 0.3, 3]],
  ['fluted column', flutedColumn, [1, 2, 0.8, 2, 0.2, 3]],
  ['superellipsoid', superellipsoid, [1, 0.8, 1, 0.8, 1.2]],
  ['torus pair, two parts', torusPair, torusPair.parameters.map(({ min, max }) => (min + max) / 2)],
  ['vase', vase, vase.parameters.map(({ min, max }) => (min + max) / 2)],
  ['profile with uneven points', uneven, []],
  ['profile turned the other way', mirrored, []],
];

/** The share of the pixels of visible surface points whose colour is that of a plain object of the expected colour. */
function checkColors(surface: ParametricSurface, parameters: number[], pattern: SurfacePattern | PatternName) {
  const camera = fixedCamera({
    rotation: cameraRotation({ x: 0.9, y: 0.1, z: 0.7 }),
    target: [0, 0, 0.9],
    distance: 7,
  });
  const options = { camera, size, baseColor, depth: true };
  const painted = renderSurface(surface, parameters, { ...options, pattern });
  const expectation =
    typeof pattern === 'string' ? expectedColors[pattern] : (share: number, shareV: number) => [share, shareV, 0.5];
  const domain = surface.domain(parameters);
  const { parts = 1 } = surface;
  const point = [0, 0, 0];
  let seen = 0;
  let wrong = 0;
  // The middles of the stripes and fields.
  for (let i = 0; i < 8 * parts; i++) {
    for (let j = 0; j < 8; j++) {
      const share = ((i % 8) + 0.5) / 8;
      const shareV = (j + 0.5) / 8;
      const u = domain.uMin + ((i + 0.5) / (8 * parts)) * (domain.uMax - domain.uMin);
      const v = domain.vMin + shareV * (domain.vMax - domain.vMin);
      surface.position(u, v, parameters, point);
      const [px, py, depth] = projectPoint(camera, point as unknown as Vector3, size);
      const pixel = Math.floor(py) * size + Math.floor(px);
      // Seen, and no border of the object nearby.
      const around = [-size, -1, 0, 1, size].map((step) => Math.abs(painted.depth![pixel + step] - depth));
      if (!(Math.max(...around) < 0.05) || painted.coverage[pixel] < 255) continue;
      const color = expectation(share, shareV) as unknown as Vector3;
      const plain = renderSurface(surface, parameters, { ...options, baseColor: color });
      seen++;
      for (let k = 3 * pixel; k < 3 * pixel + 3; k++) {
        if (Math.abs(painted.image.data[k] - plain.image.data[k]) > 7) {
          wrong++;
          break;
        }
      }
    }
  }
  return { seen, wrong };
}

describe('patterns on surfaces', () => {
  const shares: SurfacePattern = {
    name: 'shares',
    smooth: true,
    color(u, v, _, { uMin, uMax, vMin, vMax }, out) {
      out[0] = (u - uMin) / (uMax - uMin);
      out[1] = (v - vMin) / (vMax - vMin);
      out[2] = 0.5;
    },
  };

  describe.each(surfaces)('%s', (_, surface, parameters) => {
    it.each(['hue-wheel', 'stripes', 'checker'] as const)('shows %s where it belongs', (pattern) => {
      const { seen, wrong } = checkColors(surface, parameters, pattern);
      expect(seen).toBeGreaterThan(5);
      expect(wrong).toBe(0);
    });

    it('hands u and v to a pattern of one’s own', () => {
      const { seen, wrong } = checkColors(surface, parameters, shares);
      expect(seen).toBeGreaterThan(5);
      expect(wrong).toBe(0);
    });
  });

  it('does not take just any colour for right', () => {
    const other: SurfacePattern = {
      ...shares,
      color: (u, v, base, domain, out) => shares.color(u, domain.vMax - v, base, domain, out),
    };
    const { seen, wrong } = checkColors(spiralCylinder, [1, 2, 1.5, 4, 0.3, 3], other);
    expect(wrong / seen).toBeGreaterThan(0.6);
  });

  it('shows the twist of a surface of revolution, by profile as by grid', () => {
    const rotation = cameraRotation({ x: 0.8, y: 0.2, z: 2 });
    const options = { rotation, size: 96, pattern: 'hue-wheel' } as const;
    const twisted = renderSurface(spiralCylinder, [1, 2, 1.5, 4, 0.3, 3], options).image.data;
    const straight = renderSurface(spiralCylinder, [1, 2, 0, 4, 0.3, 3], options).image.data;
    const byGrid = renderSurface({ ...spiralCylinder, closedU: false }, [1, 2, 1.5, 4, 0.3, 3], options).image.data;
    const difference = (a: Uint8Array, b: Uint8Array) =>
      a.reduce((sum, value, k) => sum + Math.abs(value - b[k]), 0) / a.length;
    expect(difference(twisted, straight)).toBeGreaterThan(5);
    expect(difference(twisted, byGrid)).toBeLessThan(1);
  });

  it('changes nothing with the pattern plain', () => {
    const options = { rotation: cameraRotation({ x: 0.8, y: 0.2, z: 2 }), size: 64, baseColor };
    const parameters = [1, 2, 1.5, 4, 0.3, 3];
    for (const surface of [spiralCylinder, flutedColumn]) {
      const plain = renderSurface(surface, parameters, { ...options, pattern: 'plain' });
      expect(plain.image.data).toEqual(renderSurface(surface, parameters, options).image.data);
    }
  });

  it('smooths the edges of stripes', () => {
    const options = { rotation: cameraRotation({ x: 0.8, y: 0.2, z: 2 }), baseColor };
    const parameters = [1, 2, 1.5, 4, 0.3, 3];
    const render = (pattern: SurfacePattern, pixels: number) =>
      renderSurface(spiralCylinder, parameters, { ...options, pattern, size: pixels }).image.data;
    const stripes = patternByName('stripes');
    const { decode, encode } = agxCurve();
    const fine = render(stripes, 384);
    const reference = Float64Array.from({ length: 3 * 96 * 96 }, (_, k) => {
      const [c, column, row] = [k % 3, Math.floor(k / 3) % 96, Math.floor(k / 288)];
      let sum = 0;
      for (let y = 0; y < 4; y++) {
        for (let x = 0; x < 4; x++) sum += decode(fine[3 * ((4 * row + y) * 384 + 4 * column + x) + c] / 255);
      }
      return 255 * encode(sum / 16);
    });
    const error = (image: Uint8Array) => image.reduce((sum, value, k) => sum + (value - reference[k]) ** 2, 0);
    expect(error(render(stripes, 96))).toBeLessThan(0.25 * error(render({ ...stripes, smooth: true }, 96)));
  });

  it('knows its patterns by name', () => {
    expect(patternNames).toEqual(['plain', 'hue-wheel', 'stripes', 'checker']);
    for (const name of patternNames) expect(patternByName(name).name).toBe(name);
    expect(() => patternByName('dots')).toThrow(/expected one of plain, hue-wheel, stripes, checker, got "dots"/);
    expect(() => patternByName('toString')).toThrow(/unknown pattern/);
    const rotation = cameraRotation({ x: 0, y: 0, z: 0 });
    expect(() =>
      renderSurface(spiralCylinder, [1, 2, 1, 1, 0, 1], { rotation, pattern: 'dots' as PatternName }),
    ).toThrow(/unknown pattern/);
  });
});
