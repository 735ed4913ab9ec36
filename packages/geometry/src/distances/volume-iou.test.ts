import { describe, expect, it } from 'vitest';
import { box, sphere, square } from '../../test/simple-meshes.js';
import type { Mesh } from '../mesh/mesh.js';
import { meshVolume } from '../mesh/mesh-volume.js';
import { torusPair } from '../surfaces/built-in/torus-pair.js';
import { tessellate } from '../surfaces/tessellate.js';
import { volumeIoU } from './volume-iou.js';

describe('volumeIoU', () => {
  it('boxes exactly', () => {
    expect(meshVolume(box(0, 0, 0))).toBeCloseTo(1, 12);
    const { iou, error, intersection, union } = volumeIoU(box(0, 0, 0), box(0.25, 0.5, 0.125));
    expect(intersection).toBeCloseTo(0.75 * 0.5 * 0.875, 9);
    expect(union).toBeCloseTo(2 - intersection, 9);
    expect(iou).toBeCloseTo(intersection / union, 12);
    expect(error).toBeLessThan(1e-9);
    expect(volumeIoU(box(0, 0, 0), box(0, 0, 0)).iou).toBeCloseTo(1, 9);
    expect(volumeIoU(box(0, 0, 0), box(3, 0, 0))).toEqual({ iou: 0, error: 0, intersection: 0, union: 2 });
    expect(volumeIoU(box(0, 0, 0), box(0, 0, 3)).iou).toBe(0);
    // One inside the other, also inside out.
    const inner = box(0.25, 0.25, 0.25, [0.5, 0.5, 0.5]);
    expect(volumeIoU(box(0, 0, 0), inner).iou).toBeCloseTo(0.125, 9);
    const insideOut = { ...inner, indices: inner.indices.slice().reverse() };
    expect(volumeIoU(insideOut, box(0, 0, 0)).iou).toBeCloseTo(0.125, 9);
  });

  it('spheres: concentric, and a lens; within the stated error and that of the meshes', () => {
    const fine = { uSteps: 400, vSteps: 200 };
    const [large, small] = [sphere(1, fine), sphere(0.7, fine)];
    const inside = volumeIoU(small, large);
    expect(Math.abs(inside.iou - meshVolume(small) / meshVolume(large))).toBeLessThanOrEqual(inside.error);
    expect(inside.error).toBeLessThan(1e-3);
    // Two unit spheres at distance d: the lens is π (4 + d) (2 − d)² / 12.
    for (const centre of [
      [0.8, 0, 0],
      [0, 0, 0.8],
      [0.3, 0.5, Math.sqrt(0.64 - 0.34)],
    ] as const) {
      const lens = (Math.PI * 4.8 * 1.2 ** 2) / 12;
      const expected = lens / ((8 / 3) * Math.PI - lens);
      const { iou, error } = volumeIoU(large, sphere(1, fine, centre));
      expect(error).toBeLessThan(2e-3);
      // The meshes are 3e-4 smaller than the spheres.
      expect(Math.abs(iou - expected)).toBeLessThan(error + 3e-4);
    }
  });

  it('a mesh that overlaps itself, parts that are inside out, a cavity: what is wound around counts once', () => {
    const together = (...meshes: Mesh[]): Mesh => ({
      positions: Float32Array.from(meshes.flatMap(({ positions }) => [...positions])),
      indices: Uint32Array.from(meshes.flatMap(({ indices }, i) => [...indices].map((index) => index + 8 * i))),
    });
    const reversed = ({ positions, indices }: Mesh): Mesh => ({ positions, indices: indices.slice().reverse() });
    const unit = box(0, 0, 0);
    const cases: [Mesh, number][] = [
      [together(unit, box(3, 0, 0)), 2],
      [together(unit, reversed(box(3, 0, 0))), 2],
      [together(unit, box(0.5, 0, 0)), 1.5],
      [together(unit, reversed(box(0.25, 0.25, 0.25, [0.5, 0.5, 0.5]))), 0.875],
    ];
    for (const [mesh, volume] of cases) {
      const { iou, error, intersection, union } = volumeIoU(mesh, unit);
      // Lines stand at the middle of cells that the parts' sides may cut.
      expect(Math.abs(union - Math.max(volume, 1))).toBeLessThan(0.01);
      expect(intersection).toBeCloseTo(Math.min(volume, 1), 2);
      expect(Math.abs(iou - Math.min(volume, 1) / Math.max(volume, 1))).toBeLessThanOrEqual(error + 1e-9);
      expect(error).toBeLessThan(0.01);
      expect(volumeIoU(unit, mesh).iou).toBeCloseTo(iou, 12);
    }
  });

  it('rings, other resolutions, the same result twice', () => {
    const rings = tessellate(torusPair, [1, 0.2, 1, 0.1, 1, 1.5], { uSteps: 80, vSteps: 40 });
    const thinner = tessellate(torusPair, [1, 0.15, 1, 0.1, 1, 1.5], { uSteps: 80, vSteps: 40 });
    const exact = meshVolume(thinner) / meshVolume(rings);
    const [coarse, usual] = [64, 256].map((resolution) => volumeIoU(rings, thinner, { resolution }));
    for (const { iou, error } of [coarse, usual]) expect(Math.abs(iou - exact)).toBeLessThanOrEqual(error);
    expect(usual.error).toBeLessThan(0.01);
    expect(volumeIoU(rings, thinner, { resolution: 64 })).toEqual(coarse);
    expect(() => volumeIoU(rings, square(2))).toThrow('volumeIoU: b is open; expected a watertight mesh');
    expect(() => volumeIoU(rings, rings, { resolution: 3 })).toThrow('volumeIoU: resolution is wrong');
  });
});
