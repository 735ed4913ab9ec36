import type { Mesh } from '@kanrecon/geometry';
import { describe, expect, it } from 'vitest';
import type { Camera } from './camera/camera.js';
import { cameraRotation } from './camera/camera-rotation.js';
import { fitCamera } from './camera/fit-camera.js';
import { projectPoint } from './camera/project-point.js';
import { colorsByValue } from './image/colors-by-value.js';
import { jet } from './image/jet.js';
import type { Rendering } from './image/rendering.js';
import { renderMesh } from './render-mesh.js';
import { renderMeshes } from './render-meshes.js';

/** Looks straight down from z = 5: the plane z = 0 is 3.6 units wide. */
const camera: Camera = { location: [0, 0, 5], rotation: cameraRotation({ x: 0, y: 0, z: 0 }), tanHalfFov: 0.36 };
const size = 60;

/** A square of half width h about (x, y, z), facing up. */
function square(h: number, z = 0, x = 0, y = 0): Mesh {
  return {
    positions: Float32Array.of(x - h, y - h, z, x + h, y - h, z, x + h, y + h, z, x - h, y + h, z),
    indices: Uint32Array.of(0, 1, 2, 0, 2, 3),
  };
}

function pixelAt({ image }: Rendering, x: number, y: number): number[] {
  return [...image.data.subarray(3 * (y * size + x), 3 * (y * size + x) + 3)];
}

describe('renderMesh', () => {
  it('covers the area that projection says', () => {
    const { coverage } = renderMesh(square(0.9), { camera, size, samples: 4 });
    const [left] = projectPoint(camera, [-0.9, 0, 0], size);
    const [right] = projectPoint(camera, [0.9, 0, 0], size);
    expect(right - left).toBeCloseTo(30, 10);
    expect(coverage.reduce((sum, value) => sum + value, 0) / 255).toBeCloseTo(900, 6);
    expect(projectPoint(camera, [0.9, 0.9, 1], size)[2]).toBeCloseTo(4, 12);
  });

  it('shows unlit colours exactly', () => {
    const mesh = square(1);
    const vertexColors = colorsByValue([0.3, 0.3, 0.3, 0.3], 0, 1);
    const expected = jet(0.3).map((value) => Math.round(255 * value));
    const shown = pixelAt(renderMesh(mesh, { camera, size, vertexColors, unlit: true }), 30, 30);
    for (const [c, byte] of shown.entries()) expect(Math.abs(byte - expected[c])).toBeLessThanOrEqual(1);
  });

  it('interpolates colours in perspective', () => {
    // Slanted away from the camera; the colour is x itself, so a pixel on the ray to (x, 0, z) must show x.
    const mesh: Mesh = {
      positions: Float32Array.of(-1, -1, 2, 1, -1, -8, 1, 1, -8, -1, 1, 2),
      indices: Uint32Array.of(0, 1, 2, 0, 2, 3),
    };
    const vertexColors = Float32Array.of(0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0);
    const rendering = renderMesh(mesh, { camera, size: 61, samples: 1, vertexColors, unlit: true });
    const [px] = projectPoint(camera, [0, 0, -3], 61);
    const byte = rendering.image.data[3 * (30 * 61 + Math.floor(px))];
    expect(Math.abs(byte / 255 - 0.735)).toBeLessThan(0.02);
  });

  it('casts a shadow of the right shape', () => {
    const floor = square(1.6);
    const roof = square(0.4, 1, 0, 0);
    const both: Mesh = {
      positions: Float32Array.of(...floor.positions, ...roof.positions),
      indices: Uint32Array.of(...floor.indices, ...[...roof.indices].map((index) => index + 4)),
    };
    // From the side, so that the floor under the roof is seen.
    const aside = {
      location: [4, 0, 4] as const,
      rotation: cameraRotation({ x: 0, y: Math.PI / 4, z: 0 }),
      tanHalfFov: 0.5,
    };
    const lit = renderMesh(both, { camera: aside, size, baseColor: [0.8, 0.8, 0.8] });
    const at = (point: [number, number, number]) => {
      const [x, y] = projectPoint(aside, point, size);
      return pixelAt(lit, Math.floor(x), Math.floor(y))[0];
    };
    expect(at([0, 0, 0])).toBeLessThan(at([1.3, 0, 0]) - 20);
    expect(at([0, 0.3, 0])).toBe(at([0, -0.3, 0]));
    // No acne: open floor is even.
    expect(Math.abs(at([1.3, 0.8, 0]) - at([1.3, 0, 0]))).toBeLessThanOrEqual(1);
    expect(Math.abs(at([1.3, -0.8, 0]) - at([1.2, 0.1, 0]))).toBeLessThanOrEqual(1);
  });

  it('looks the same from normals that point to the other side, and from reversed triangles', () => {
    const mesh = square(1);
    const usual = renderMesh(mesh, { camera, size }).image.data;
    const down = Float32Array.of(0, 0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1);
    expect(renderMesh(mesh, { camera, size, vertexNormals: down }).image.data).toEqual(usual);
    const reversed = { positions: mesh.positions, indices: Uint32Array.from(mesh.indices).reverse() };
    expect(renderMesh(reversed, { camera, size }).image.data).toEqual(usual);
  });

  it('cuts triangles at the camera', () => {
    // A floor that runs under and behind a camera looking along it.
    const along = {
      location: [0, 0, 0.5] as const,
      rotation: cameraRotation({ x: Math.PI / 2, y: 0, z: 0 }),
      tanHalfFov: 0.36,
    };
    const { coverage, depth } = renderMesh(square(50), { camera: along, size, depth: true });
    for (let column = 0; column < size; column++) {
      expect(coverage[59 * size + column]).toBe(255);
      expect(coverage[29 * size + column]).toBe(0);
      expect(depth![59 * size + column]).toBeCloseTo(0.5 / (0.36 * (59 / 60)), 1);
    }
  });

  it.each([
    ['behind the camera', square(1, 9)],
    ['outside the frame', square(1, 0, 40)],
    ['empty', { positions: new Float32Array(0), indices: new Uint32Array(0) }],
    [
      'of triangles without area',
      { positions: Float32Array.of(0, 0, 0, 1, 1, 0, 0.5, 0.5, 0), indices: Uint32Array.of(0, 1, 2, 0, 0, 0) },
    ],
  ])('shows only background for a mesh %s', (_, mesh) => {
    const { image, coverage } = renderMesh(mesh, { camera, size });
    expect(coverage.every((value) => value === 0)).toBe(true);
    expect(image.data.every((value) => value === 197)).toBe(true);
  });

  it.each([
    [{ positions: Float32Array.of(0, 0), indices: new Uint32Array(0) }, {}, /whole vertices/],
    [{ positions: new Float32Array(9), indices: Uint32Array.of(0, 1, 3) }, {}, /less than 3 vertices, got 3/],
    [{ positions: new Float32Array(9).fill(Number.NaN), indices: Uint32Array.of(0, 1, 2) }, {}, /vertex 0 has NaN/],
    [square(1), { vertexColors: [1, 2] }, /vertexColors must have 3 numbers a vertex, 12 in all, got 2/],
    [square(1), { opacity: 2 }, /opacity must be in \[0, 1\], got 2/],
    [square(1), { camera: { ...camera, tanHalfFov: -1 } }, /renderMesh: tanHalfFov/],
  ])('refuses bad input', (mesh, options, message) => {
    expect(() => renderMesh(mesh, { camera, size, ...options })).toThrow(message);
  });
});

describe('renderMeshes', () => {
  const red = { mesh: square(0.6, 1), baseColor: [1, 0, 0] as const };
  const blue = { mesh: square(1.2), baseColor: [0, 0, 1] as const };

  it('lays the nearer over the farther, whatever their order', () => {
    const one = renderMeshes([red, blue], { camera, size, unlit: true });
    const other = renderMeshes([blue, red], { camera, size, unlit: true });
    expect(pixelAt(one, 30, 30)).toEqual([255, 0, 0]);
    expect(pixelAt(one, 14, 30)).toEqual([0, 0, 255]);
    expect(other.image.data).toEqual(one.image.data);
  });

  it('blends by opacity in linear light', () => {
    const clear = renderMeshes([{ ...red, opacity: 0.5 }, blue], { camera, size, unlit: true });
    const [r, g, b] = pixelAt(clear, 30, 30);
    expect([r, g, b].map((value) => Math.abs(value - 188) <= 1)).toEqual([true, false, true]);
    expect(g).toBe(0);
  });

  it('renders nothing as background', () => {
    expect(renderMeshes([], { camera, size: 2 }).image.data).toEqual(new Uint8Array(12).fill(197));
  });
});

describe('vertices that no triangle uses', () => {
  const turn = cameraRotation({ x: 0.9, y: 0.2, z: 2 });
  const tent: Mesh = {
    positions: Float32Array.of(-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0, 0, 0, 0.8),
    indices: Uint32Array.of(0, 1, 4, 1, 2, 4, 2, 3, 4, 3, 0, 4),
  };
  const vertexColors = tent.positions.map((_, i) => (i % 5) / 4);
  const vertexNormals = Float32Array.from(tent.positions, (value, i) => (i % 3 === 2 ? 1 : value));
  const aside = fitCamera(tent, turn);

  it.each([
    [1e6, 2e6, 3e6],
    [0, 0, -9],
    [Number.NaN, 0, Number.POSITIVE_INFINITY],
  ])('at %d, %d, %d change nothing', (...stray) => {
    const more: Mesh = {
      positions: Float32Array.of(...stray, ...tent.positions, ...stray),
      indices: tent.indices.map((index) => index + 1),
    };
    expect(fitCamera(more, turn)).toEqual(aside);
    for (const own of [{}, { vertexColors, vertexNormals }]) {
      const padded = Object.fromEntries(
        Object.entries(own).map(([name, values]) => [name, Float32Array.of(9, NaN, 0, ...values, 9, NaN, 0)]),
      );
      const options = { camera: aside, size, depth: true };
      const expected = renderMesh(tent, { ...options, ...own });
      expect(renderMesh(more, { ...options, ...padded })).toEqual(expected);
      expect(renderMeshes([{ mesh: more, ...padded }], options)).toEqual(expected);
    }
  });

  it('without any triangle there is no picture to fit, and nothing but background to see', () => {
    const empty = { ...tent, indices: new Uint32Array(0) };
    expect(() => fitCamera(empty, turn)).toThrow('fitCamera: no object to fit to; expected a mesh with a triangle');
    const { coverage } = renderMesh(empty, { camera: aside, size });
    expect(Math.max(...coverage)).toBe(0);
    expect(
      Math.max(...renderMesh({ ...empty, positions: new Float32Array(0) }, { camera: aside, size }).coverage),
    ).toBe(0);
  });

  it('triangles without area are not seen and do not disturb', () => {
    const more = { ...tent, indices: Uint32Array.of(...tent.indices, 0, 0, 0, 0, 1, 1) };
    expect(renderMesh(more, { camera: aside, size })).toEqual(renderMesh(tent, { camera: aside, size }));
  });

  it('what is used must be finite and there', () => {
    const positions = tent.positions.slice();
    positions[4] = Number.NaN;
    expect(() => renderMesh({ ...tent, positions }, { camera: aside, size })).toThrow(
      'renderMesh: mesh positions must be finite; vertex 1 has NaN',
    );
    expect(() => renderMesh({ ...tent, indices: Uint32Array.of(0, 1, 5) }, { camera: aside, size })).toThrow(
      'renderMesh: mesh index out of range; expected less than 5 vertices, got 5',
    );
    expect(() => fitCamera({ ...tent, positions }, turn)).toThrow('fitCamera: positions must be finite');
    expect(() => fitCamera({ ...tent, indices: Uint32Array.of(0, 1, 5) }, turn)).toThrow(
      'fitCamera: index without a vertex',
    );
    expect(() => renderMesh({ ...tent, positions: [...positions] as never }, { camera: aside, size })).toThrow(
      'renderMesh: mesh is wrong; expected positions: Float32Array and indices: Uint32Array, got Array and Uint32Array',
    );
  });

  it('a value that is none is grey and outside the colour map’s range', () => {
    const colors = colorsByValue([Number.NaN, 1, 2]);
    expect([...colors.subarray(3)]).toEqual([...colorsByValue([1, 2])]);
    expect([...colors.subarray(0, 3)]).toEqual([colors[0], colors[0], colors[0]]);
    expect(colors[0]).toBeCloseTo(0.214, 3);
    expect(colorsByValue([Number.NaN]).every(Number.isFinite)).toBe(true);
  });
});
