import { flutedColumn, type Mesh, spiralCylinder, tessellate } from '@kanrecon/geometry';
import { describe, expect, it } from 'vitest';
import { cameraRotation } from '../camera/camera-rotation.js';
import { fitCamera } from '../camera/fit-camera.js';
import { fixedCamera } from '../camera/fixed-camera.js';
import { projectPoint } from '../camera/project-point.js';
import { renderMesh } from '../render-mesh.js';
import { renderSurface } from '../render-surface.js';
import type { Vector3 } from '../vector3.js';
import { sunDirection } from './lighting.js';

const rotation = cameraRotation({ x: 0.8, y: 0.2, z: 2 });
const parameters = [1, 2, 1.5, 4, 0.3, 3];

function difference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, k) => sum + Math.abs(value - b[k]), 0) / a.length;
}

function square(h: number, z: number, x = 0, y = 0): Mesh {
  return {
    positions: Float32Array.of(x - h, y - h, z, x + h, y - h, z, x + h, y + h, z, x - h, y + h, z),
    indices: Uint32Array.of(0, 1, 2, 0, 2, 3),
  };
}

const dot = (a: Vector3, b: Vector3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const unit = (a: Vector3): Vector3 => {
  const length = Math.hypot(...a);
  return [a[0] / length, a[1] / length, a[2] / length];
};

/** f · cos(light) of GGX, α = 0.25, F0 = 0.04, from Walter et al. 2007 in vectors. */
function mirrored(n: Vector3, l: Vector3, v: Vector3): number {
  const h = unit([l[0] + v[0], l[1] + v[1], l[2] + v[2]]);
  const a2 = 0.25 ** 2;
  const distribution = a2 / (Math.PI * (dot(n, h) ** 2 * (a2 - 1) + 1) ** 2);
  // Height-correlated masking and shadowing (Heitz 2014).
  const lambda = (cos: number) => (Math.sqrt(1 + a2 * (1 / cos ** 2 - 1)) - 1) / 2;
  const masking = 1 / (1 + lambda(dot(n, l)) + lambda(dot(n, v)));
  const fresnel = 0.04 + 0.96 * (1 - dot(h, v)) ** 5;
  return (distribution * masking * fresnel) / (4 * dot(n, v));
}

/** Share of an even ambient that is mirrored: the integral of {@link mirrored} over light directions, times the calibration. */
function environment(n: Vector3, v: Vector3): number {
  let sum = 0;
  const [polar, around] = [160, 120];
  for (let i = 0; i < polar; i++) {
    const z = (i + 0.5) / polar;
    const r = Math.sqrt(1 - z * z);
    for (let j = 0; j < around; j++) {
      const angle = ((j + 0.5) * 2 * Math.PI) / around;
      sum += mirrored(n, [r * Math.cos(angle), r * Math.sin(angle), z], v);
    }
  }
  return (1.0515 * 2 * Math.PI * sum) / (polar * around);
}

/** The study's tone curve on linear light, as a byte. */
function developed(linear: number[]): number[] {
  const a = [0.9651, 0.0585, -0.0285, 0.0082, 0.9063, 0.0829, -0.0132, 0.0055, 1.0151];
  return [0, 1, 2].map((c) => {
    const y = (a[3 * c] * linear[0] + a[3 * c + 1] * linear[1] + a[3 * c + 2] * linear[2]) ** 0.8546;
    return (255 * 0.9778 * y) / (y + 0.2597);
  });
}

describe('sun and ambient', () => {
  it.each([
    [{ direction: [1, 0, 1] as const }, 0.1987],
    [{ direction: [-3, 2, 0.5] as const, strength: 2.5 }, 0.05],
    [{ direction: [0, 0.1, 1] as const, strength: 0 }, 0.6],
    // From behind: only the ambient is left.
    [{ direction: [0.3, 0, -1] as const, strength: 3 }, 0.3],
  ])('light a floor by the formula: %o, ambient %d', (sun, ambient) => {
    const camera = fixedCamera({ rotation: cameraRotation({ x: 0.7, y: 0, z: 0 }), target: [0, 0, 0], distance: 5 });
    const baseColor = [0.7, 0.3, 0.15] as const;
    const { image } = renderMesh(square(1, 0), { camera, size: 101, baseColor, sun, ambient });
    const n: Vector3 = [0, 0, 1];
    const v = unit(camera.location);
    const l = unit(sun.direction);
    const strength = 'strength' in sun ? sun.strength : 1;
    const cosine = Math.max(dot(n, l), 0);
    const glossy = environment(n, v);
    const expected = developed(
      baseColor.map(
        (base) =>
          base * (ambient + (1.0931 * strength * cosine) / Math.PI) +
          glossy * ambient +
          (cosine > 0 ? strength * mirrored(n, l, v) : 0),
      ),
    );
    const pixel = 3 * (50 * 101 + 50);
    for (let c = 0; c < 3; c++) expect(Math.abs(image.data[pixel + c] - expected[c])).toBeLessThan(1);
  });

  it('lights curved walls from the side by their normals', () => {
    const sun = { direction: [1, 0.5, 0.2] as const };
    const l = unit(sun.direction);
    const camera = fixedCamera({ rotation: cameraRotation({ x: 1.4, y: 0, z: 1 }), target: [0, 0, 1], distance: 6 });
    const options = { camera, size: 400, ambient: 0, baseColor: [0.9, 0.9, 0.9] as const, sun, depth: true };
    for (const surface of [spiralCylinder, flutedColumn]) {
      const straight = [1, 2, 0.3, 1, 0, 1];
      const { image, depth } = renderSurface(surface, straight, options);
      const [p, n] = [new Float64Array(3), new Float64Array(3)];
      let lit = 0;
      for (let u = 0.05; u < 2 * Math.PI; u += 0.1) {
        surface.position(u, 1, straight, p);
        surface.normal!(u, 1, straight, n);
        const normal: Vector3 = [n[0], n[1], n[2]];
        const [x, y, far] = projectPoint(camera, [p[0], p[1], p[2]], 400);
        const pixel = Math.floor(y) * 400 + Math.floor(x);
        const v = unit([camera.location[0] - p[0], camera.location[1] - p[1], camera.location[2] - p[2]]);
        if (Math.abs(depth![pixel] - far) > 0.02 || dot(normal, v) < 0.3 || dot(normal, l) < 0.3) continue;
        const light = (0.9 * 1.0931 * dot(normal, l)) / Math.PI + mirrored(normal, l, v);
        const expected = developed([light, light, light]);
        lit++;
        expect(Math.abs(image.data[3 * pixel + 1] - expected[1]), `${surface.name}, u = ${u}`).toBeLessThan(4);
      }
      expect(lit).toBeGreaterThan(8);
    }
  });

  it('gives the same bytes when the study’s light is spelt out', () => {
    const sun = { direction: sunDirection, strength: 1 };
    for (const surface of [spiralCylinder, flutedColumn]) {
      const usual = renderSurface(surface, parameters, { rotation, size: 80 });
      const spelt = renderSurface(surface, parameters, { rotation, size: 80, sun, ambient: 0.1987 });
      expect(spelt.image.data).toEqual(usual.image.data);
    }
  });

  it.each([
    [{ sun: { direction: [0, 0, 0] as const } }, /sun.direction has no direction/],
    [{ sun: { direction: [0, Number.NaN, 1] as const } }, /sun.direction must be three finite numbers/],
    [{ sun: { direction: [0, 0, 1] as const, strength: -1 } }, /sun.strength must be a number ≥ 0, got -1/],
    [{ ambient: Number.NaN }, /ambient must be a number ≥ 0, got NaN/],
  ])('refuses %o', (options, message) => {
    expect(() => renderSurface(spiralCylinder, parameters, { rotation, ...options })).toThrow(message);
    const camera = fixedCamera({ rotation, target: [0, 0, 0], distance: 3 });
    expect(() => renderMesh(square(1, 0), { camera, ...options })).toThrow(message);
  });
});

describe('shadows', () => {
  const floor = square(1.6, 0);
  const roof = square(0.4, 0.7, 0.2, -0.1);
  const both: Mesh = {
    positions: Float32Array.of(...floor.positions, ...roof.positions),
    indices: Uint32Array.of(...floor.indices, ...[...roof.indices].map((index) => index + 4)),
  };

  it.each<[Vector3]>([[[0, 0, 1]], [[1, 0, 1]], [[-0.6, 0.3, 1]], [[0.5, 1.2, 0.9]], [[-1, -1, 0.8]]])(
    'fall where rays say, sun towards %o',
    (direction) => {
      const camera = fixedCamera({ rotation: cameraRotation({ x: 0, y: 0, z: 0 }), target: [0, 0, 0], distance: 6 });
      const size = 120;
      const { image } = renderMesh(both, { camera, size, sun: { direction } });
      // The floor's two brightnesses.
      const bright = renderMesh(floor, { camera, size, sun: { direction } }).image.data;
      const dim = renderMesh(floor, { camera, size, sun: { direction, strength: 0 } }).image.data;
      const inSquare = (x: number, y: number, slack: number) =>
        Math.abs(x - 0.2) < 0.4 + slack && Math.abs(y + 0.1) < 0.4 + slack;
      const counts = { sunny: 0, shady: 0 };
      for (let x = -1.5; x <= 1.5; x += 0.043) {
        for (let y = -1.5; y <= 1.5; y += 0.043) {
          const [px, py] = projectPoint(camera, [x, y, 0], size);
          // The way to the camera, at the roof's height; and the way to the sun.
          if (inSquare(x * (1 - 0.7 / 6), y * (1 - 0.7 / 6), 0.06)) continue;
          const [sx, sy] = [x + (0.7 * direction[0]) / direction[2], y + (0.7 * direction[1]) / direction[2]];
          if (inSquare(sx, sy, -0.06) !== inSquare(sx, sy, 0.06)) continue;
          const shady = inSquare(sx, sy, 0);
          counts[shady ? 'shady' : 'sunny']++;
          const k = 3 * (Math.floor(py) * size + Math.floor(px));
          expect(Math.abs(image.data[k] - (shady ? dim : bright)[k]), `${x}, ${y}`).toBeLessThanOrEqual(1);
        }
      }
      expect(counts.sunny).toBeGreaterThan(2000);
      expect(counts.shady).toBeGreaterThan(direction[0] === 0 && direction[1] === 0 ? -1 : 50);
    },
  );

  it.each<[Vector3]>([[[-0.3, 0.1, 1]], [[0.3, -0.5, 0.2]], [[-1, 0.2, -0.4]], [[0.02, 0, 1]]])(
    'are the same on a surface of revolution by profile and on its mesh, sun towards %o',
    (direction) => {
      const options = { size: 160, baseColor: [0.8, 0.4, 0.2] as const, sun: { direction } };
      const mesh = tessellate(spiralCylinder, parameters, { uSteps: 300, vSteps: 300 });
      const camera = fitCamera(mesh, rotation);
      const byProfile = renderSurface(spiralCylinder, parameters, { ...options, camera });
      const byMesh = renderMesh(mesh, { ...options, camera });
      expect(difference(byProfile.image.data, byMesh.image.data)).toBeLessThan(0.2);
      const unshaded = renderMesh(mesh, { ...options, camera, shadows: false });
      expect(difference(unshaded.image.data, byMesh.image.data)).toBeGreaterThan(0.4);
    },
  );

  it('turn with the camera: only the angle between camera and sun counts for a surface of revolution', () => {
    const looks = [0, 1.3].map((turn) => {
      const direction: Vector3 = [Math.cos(turn), Math.sin(turn), 0.7];
      return renderSurface(spiralCylinder, parameters, {
        rotation: cameraRotation({ x: 0.8, y: 0, z: turn }),
        size: 120,
        sun: { direction },
      }).image.data;
    });
    expect(difference(looks[0], looks[1])).toBeLessThan(0.6);
  });

  it('leave no stains on a convex body', () => {
    const straight = [1, 2, 0.3, 1, 0, 1];
    for (const direction of [
      [1, 0, 1],
      [0.2, 1, 0.1],
      [-0.7, -0.7, 0.4],
    ] as Vector3[]) {
      const camera = fixedCamera({
        rotation: cameraRotation({ x: 1.5, y: 0, z: 0.8 }),
        target: [0, 0, 1],
        distance: 7,
      });
      const options = { camera, size: 128, sun: { direction } };
      // A tube seen from the side shows its outside, which nothing shadows.
      const shaded = renderSurface(spiralCylinder, straight, options).image.data;
      const mesh = tessellate(spiralCylinder, straight, { uSteps: 300, vSteps: 10 });
      const unshaded = renderMesh(mesh, { ...options, shadows: false }).image.data;
      expect(difference(shaded, unshaded)).toBeLessThan(0.15);
    }
  });
});
