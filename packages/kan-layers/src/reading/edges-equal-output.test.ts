import {
  add,
  div,
  mean,
  mul,
  randomUniform,
  sqrt,
  square,
  sub,
  type Tensor,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { relativeError, useBackend } from '../../test/backends.js';
import { cases } from '../../test/layers.js';
import { checkEdgeLayer } from '../check-edge-layer.js';
import { fastKAN, type KANLayer, type LayerEdges } from '../index.js';

/** The edges of a layer, or why it has none. */
function edgesOf(layer: KANLayer): LayerEdges | string {
  try {
    checkEdgeLayer(layer);
    return layer.readEdges();
  } catch (error) {
    return (error as Error).message;
  }
}

function normalize(x: Tensor2D): Tensor2D {
  return tidy(() => {
    const centred = sub(x, mean(x, 1, true));
    return div(centred, sqrt(add(mean(square(centred), 1, true), 1e-5))) as Tensor2D;
  });
}

describe('readEdges', () => {
  beforeAll(() => useBackend('wasm'));

  it.each(cases)('$name: the edges and the offset add up to the output', ({ make }) => {
    const layer = make(3);
    expect(edgesOf(layer)).toBeTypeOf('string');
    layer.build([null, 4]);
    // So that the moving statistics of a batch norm are not those of the start.
    layer.apply(randomUniform([9, 4], -1, 2, 'float32', 6), { training: true });
    const edges = edgesOf(layer);
    if (typeof edges === 'string') {
      expect(edges).toMatch(/no functions on its edges|has no one function on an edge/);
      return;
    }
    expect(edges.range(1)[0]).toBeLessThan(edges.range(1)[1]);
    const x = randomUniform([9, 4], -3, 3, 'float32', 5) as Tensor2D;
    const y = (layer.apply(x) as Tensor).dataSync();
    // gamma and shift are 1 and 0 at the start.
    const seen = (edges.normalizedInput ? normalize(x) : x).dataSync();
    const sums = Array.from({ length: 27 }, (_, k) => {
      const [row, unit] = [Math.floor(k / 3), k % 3];
      return [0, 1, 2, 3].reduce((sum, i) => sum + edges.evaluate(i, unit, seen[row * 4 + i]!), edges.offset(unit));
    });
    expect(relativeError(y, sums)).toBeLessThan(1e-5);
    for (const far of [1e30, -1e30, 0]) expect(Number.isFinite(edges.evaluate(0, 0, far))).toBe(true);
    // A snapshot: training does not change it.
    const before = edges.evaluate(1, 2, 0.3);
    for (const weight of layer.trainableWeights) weight.write(mul(weight.read(), 2));
    expect(edges.evaluate(1, 2, 0.3)).toBe(before);
  });

  it('layer norm with a base branch has no function per edge', () => {
    const layer = fastKAN({ units: 1 });
    layer.build([null, 2]);
    expect(() => layer.readEdges()).toThrow('made and trained with layerNorm: false');
  });
});
