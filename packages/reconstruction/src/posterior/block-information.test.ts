import { randomStream } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { normal } from '../random-normal.js';
import { normalEquations } from '../refine/normal-equations.js';
import { blockInformation } from './block-information.js';

const size = 64;
const values = 3 * size * size;
const n = 4;

function level(target: Float32Array, outlier = 1000) {
  return {
    ...{ size, blur: 0, target, weights: new Float32Array(values).fill(1), expected: 0, outlier },
    ...{ step: 1, central: true, iterations: 1, gain: 0.1 },
  };
}

/** Slopes that are as independent as random numbers. */
function slopes(seed: number) {
  const random = randomStream(1, seed);
  return Array.from({ length: n }, (_, k) => ({
    way: Float64Array.from({ length: n }, (_, i) => (i === k ? 1 : 0)),
    pixels: Float32Array.from({ length: values }, () => normal(random)),
  }));
}

function informed(
  left: (random: ReturnType<typeof randomStream>) => Float32Array,
  outlier?: number,
  drawn = slopes(2),
) {
  const on = level(left(randomStream(3, 4)), outlier);
  const pixels = new Float32Array(values);
  const { matrix } = normalEquations(on, pixels, drawn, n);
  return { matrix, ...blockInformation(on, pixels, drawn, matrix, n) };
}

describe('blockInformation', () => {
  it('is the inverse variance of independent noise, however little of it was expected', () => {
    const { matrix, information, variance } = informed((random) =>
      Float32Array.from({ length: values }, () => 3 * normal(random)),
    );
    // .4 is never taken off; 64 blocks tell four variances to some tenths.
    expect(variance).toBeGreaterThan(0.4 + 9 * 0.75);
    expect(variance).toBeLessThan(0.4 + 9 * 1.4);
    for (let i = 0; i < n; i++) {
      const ratio = matrix[i * n + i]! / information[i * n + i]!;
      expect(ratio / variance).toBeGreaterThan(0.6);
      expect(ratio / variance).toBeLessThan(1.6);
    }
  });

  it('counts what a block has in common as often as it does', () => {
    // Slopes and what is left are constant over blocks of 8 × 8 pixels: 192 values say no more than one.
    const even = (of: () => number) => {
      const byBlock = Array.from({ length: 64 }, of);
      return Float32Array.from({ length: values }, (_, i) => {
        const pixel = Math.floor(i / 3);
        return byBlock[8 * (pixel >> 9) + ((pixel % size) >> 3)]!;
      });
    };
    const random = randomStream(5, 6);
    const drawn = slopes(2).map(({ way }) => ({ way, pixels: even(() => normal(random)) }));
    const { variance } = informed((other) => even(() => normal(other)), 1000, drawn);
    expect(variance).toBeGreaterThan(192 * 0.6);
    expect(variance).toBeLessThan(192 * 1.7);
  });

  it('does not count what lies where no direction shows anything', () => {
    const half = (i: number) => i < values / 2;
    const drawn = slopes(2).map(({ way, pixels }) => ({
      way,
      pixels: pixels.map((value, i) => (half(i) ? value : 0)),
    }));
    const noise = (texture: number) => (random: ReturnType<typeof randomStream>) =>
      Float32Array.from({ length: values }, (_, i) => (half(i) ? 1 : texture) * normal(random));
    expect(informed(noise(50), 1000, drawn).variance).toBe(informed(noise(0), 1000, drawn).variance);
  });

  it('says nothing of a way that shows nothing, and of the others what it would say without it', () => {
    const drawn = slopes(2).map(({ way, pixels }, k) => ({
      way,
      pixels: k === 1 ? pixels.map((v) => 1e-9 * v) : pixels,
    }));
    const noise = (random: ReturnType<typeof randomStream>) =>
      Float32Array.from({ length: values }, () => 3 * normal(random));
    const { information, variance } = informed(noise, 1000, drawn);
    expect(information[n + 1]).toBeLessThan(1e-6);
    expect(variance).toBeGreaterThan(0.4 + 9 * 0.7);
    expect(variance).toBeLessThan(0.4 + 9 * 1.5);
    const nothing = slopes(2).map(({ way, pixels }) => ({ way, pixels: pixels.fill(0) }));
    const none = informed(noise, 1000, nothing);
    expect([none.variance, ...none.information]).toEqual([0.4, ...new Float64Array(n * n)]);
  });

  it('counts outliers less by the loss that is less', () => {
    const spotted = (random: ReturnType<typeof randomStream>) =>
      Float32Array.from({ length: values }, (_, i) => (i % 50 === 0 ? 60 : 1) * normal(random));
    const [squared, robust] = [informed(spotted), informed(spotted, 3)];
    expect(robust.information[0]).toBeGreaterThan(5 * squared.information[0]!);
  });
});
