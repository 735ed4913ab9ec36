import { type ParametricSurface, SurfaceError, spiralCylinder, tessellate } from '@kanrecon/geometry';
import { describe, expect, it } from 'vitest';
import { cameraRotation } from './camera/camera-rotation.js';
import { fitCamera } from './camera/fit-camera.js';
import { surfaceProfile } from './profile/surface-profile.js';
import { renderMesh } from './render-mesh.js';
import { renderSurface } from './render-surface.js';

const parameters = { radius: 1, height: 2, twist_amp: 1.5, twist_freq: 4, wave_amp: 0.3, wave_freq: 3 };
const rotation = cameraRotation({ x: 0.8, y: 0.2, z: 2 });

/** A fluted column: no surface of revolution. It has no normal of its own. */
const fluted: ParametricSurface = {
  name: 'fluted',
  parameters: spiralCylinder.parameters,
  closedU: true,
  closedV: false,
  domain: spiralCylinder.domain,
  position(u, v, p, out, offset = 0) {
    spiralCylinder.position(u, v, p, out, offset);
    const swell = 1 + 0.15 * Math.cos(5 * u);
    out[offset] *= swell;
    out[offset + 1] *= swell;
  },
};

/** Mean absolute difference of two images, in bytes. */
function difference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, k) => sum + Math.abs(value - b[k]), 0) / a.length;
}

describe('renderSurface', () => {
  it('refuses points that are not finite in single precision, and says where', () => {
    const far = { ...parameters, radius: 1e200 };
    expect(() => renderSurface(spiralCylinder, far, { rotation, size: 32 })).toThrow(SurfaceError);
    // A profile, a grid in one call, a grid point by point.
    for (const surface of [spiralCylinder, { ...spiralCylinder, closedU: false }, fluted]) {
      expect(() => renderSurface(surface, far, { rotation, size: 32 })).toThrow(
        new RegExp(
          `^renderSurface: a point of the surface "${surface.name}" is not finite at u = 0, v = 0, radius = 1e\\+200`,
        ),
      );
    }
    const hole: ParametricSurface = {
      ...fluted,
      position(u, v, p, out, offset = 0) {
        fluted.position(u, v, p, out, offset);
        if (u > 1 && u < 1.5) out[offset + 2] = Number.NaN;
      },
    };
    expect(() => renderSurface(hole, parameters, { rotation, size: 32 })).toThrow(/at u = 1\.\d+, v = .*, NaN;/);
  });

  it('gives the same bytes twice', () => {
    const first = renderSurface(spiralCylinder, parameters, { rotation });
    renderSurface(fluted, parameters, { rotation, size: 64 });
    const second = renderSurface(spiralCylinder, parameters, { rotation });
    expect(second.image.data).toEqual(first.image.data);
    expect(second.coverage).toEqual(first.coverage);
  });

  it('does not see the twist of a surface of revolution', () => {
    const twisted = renderSurface(spiralCylinder, parameters, { rotation, size: 96 });
    const straight = renderSurface(spiralCylinder, { ...parameters, twist_amp: 0 }, { rotation, size: 96 });
    expect(twisted.image.data).toEqual(straight.image.data);
  });

  it('knows surfaces of revolution from others', () => {
    const vector = Float64Array.of(1, 2, 1.5, 4, 0.3, 3);
    expect(surfaceProfile(spiralCylinder, vector)).toBeDefined();
    expect(surfaceProfile(fluted, vector)).toBeUndefined();
    const shifted: ParametricSurface = {
      ...spiralCylinder,
      position(u, v, p, out, offset = 0) {
        spiralCylinder.position(u, v, p, out, offset);
        out[offset] += 0.01;
      },
    };
    expect(surfaceProfile(shifted, vector)).toBeUndefined();
  });

  it('shows the same by profile and by mesh with a shadow map', () => {
    const size = 160;
    const options = { size, baseColor: [0.8, 0.4, 0.2] as const };
    const byProfile = renderSurface(spiralCylinder, parameters, { ...options, rotation });
    const mesh = tessellate(spiralCylinder, { ...parameters, twist_amp: 0 }, { uSteps: 300, vSteps: 300 });
    const byMesh = renderMesh(mesh, { ...options, camera: fitCamera(mesh, rotation) });
    expect(difference(byProfile.image.data, byMesh.image.data)).toBeLessThan(0.7);
    expect(difference(byProfile.coverage, byMesh.coverage)).toBeLessThan(0.3);
    const withoutShadows = renderMesh(mesh, { ...options, camera: fitCamera(mesh, rotation), shadows: false });
    expect(difference(byProfile.image.data, withoutShadows.image.data)).toBeGreaterThan(2);
  });

  it('takes normals by differences where a surface has none', () => {
    const own = renderSurface({ ...fluted, normal: undefined }, parameters, { rotation, size: 96 });
    const mesh = tessellate(fluted, parameters, { uSteps: 400, vSteps: 400 });
    const fromTriangles = renderMesh(mesh, { camera: fitCamera(mesh, rotation), size: 96 });
    expect(difference(own.image.data, fromTriangles.image.data)).toBeLessThan(1.5);
  });

  it('has no hole in a tube seen from the side', () => {
    const side = cameraRotation({ x: Math.PI / 2, y: 0, z: 0.3 });
    const { coverage } = renderSurface(spiralCylinder, { ...parameters, wave_amp: 0 }, { rotation: side, size: 128 });
    // Its outline is convex: in each row one run of covered pixels, full but for its ends.
    let inner = 0;
    for (let row = 0; row < 128; row++) {
      const pixels = coverage.subarray(128 * row, 128 * row + 128);
      const start = pixels.indexOf(255);
      if (start < 0) continue;
      const end = pixels.lastIndexOf(255);
      inner += end - start + 1;
      expect(pixels.subarray(start, end + 1).every((value) => value === 255)).toBe(true);
    }
    expect(inner).toBeGreaterThan(128 * 64);
  });

  it('fits the object to the frame: the tighter axis touches both edges', () => {
    const { coverage } = renderSurface(spiralCylinder, parameters, { rotation, size: 128 });
    const touches = (pixels: number[]) => pixels.some((pixel) => coverage[pixel] > 0);
    const range = Array.from({ length: 128 }, (_, k) => k);
    const rows = touches(range) && touches(range.map((k) => 127 * 128 + k));
    const columns = touches(range.map((k) => 128 * k)) && touches(range.map((k) => 128 * k + 127));
    expect(rows || columns).toBe(true);
  });

  it('renders a single pixel, other sizes and sample counts', () => {
    expect(renderSurface(spiralCylinder, parameters, { rotation, size: 1 }).image.data).toHaveLength(3);
    for (const samples of [1, 2, 4]) {
      const rendering = renderSurface(spiralCylinder, parameters, { rotation, size: 80, samples });
      const usual = renderSurface(spiralCylinder, parameters, { rotation, size: 80 });
      expect(difference(rendering.coverage, usual.coverage)).toBeLessThan(samples === 1 ? 4 : 2.5);
    }
  });

  it('writes into a given image, over a given background, with depth', () => {
    const out = new Uint8Array(3 * 64 * 64);
    const background = [255, 250, 3] as const;
    const rendering = renderSurface(spiralCylinder, parameters, { rotation, size: 64, out, background, depth: true });
    expect(rendering.image.data).toBe(out);
    const { coverage, depth } = rendering;
    for (let pixel = 0; pixel < 64 * 64; pixel++) {
      if (coverage[pixel] === 0) {
        expect([...out.subarray(3 * pixel, 3 * pixel + 3)]).toEqual([...background]);
        expect(depth![pixel]).toBe(Number.POSITIVE_INFINITY);
      } else {
        expect(depth![pixel]).toBeGreaterThan(1);
        expect(depth![pixel]).toBeLessThan(12);
      }
    }
  });

  it('survives a camera inside the object', () => {
    const camera = { location: [0, 0, 1] as const, rotation, tanHalfFov: 0.36 };
    const { image, coverage } = renderSurface(spiralCylinder, parameters, { camera, size: 64, depth: true });
    expect(coverage.some((value) => value === 255)).toBe(true);
    expect(image.data.some((value) => value !== 197)).toBe(true);
  });

  it.each([
    [{ size: 0, rotation }, /size must be an integer from 1/],
    [{ size: 10.5, rotation }, /size/],
    [{ samples: 9, rotation }, /samples must be an integer from 1 to 8, got 9/],
    [{}, /either rotation or camera/],
    [{ rotation: new Float64Array(4) }, /rotation must be 9 finite numbers/],
    [{ rotation, baseColor: [1, 2, 0] as const }, /baseColor must be three finite numbers in \[0, 1\]/],
    [{ rotation, background: [1, 2, Number.NaN] as const }, /background/],
    [{ rotation, uSteps: 0 }, /uSteps/],
    [{ rotation, tanHalfFov: 0 }, /tanHalfFov/],
    [{ rotation, out: new Uint8Array(5) }, /out has the wrong length/],
  ])('refuses %o', (options, message) => {
    expect(() => renderSurface(spiralCylinder, parameters, options)).toThrow(message);
  });

  it('refuses missing parameters', () => {
    expect(() => renderSurface(spiralCylinder, { radius: 1 }, { rotation })).toThrow(/height/);
  });
});
