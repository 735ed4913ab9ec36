import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../test/backends.js';
import { plant } from '../../test/plant.js';
import { type EfficientKAN, kan, plotKAN } from '../index.js';

beforeAll(() => useBackend('cpu'));

const rows = (count: number, columns: number) =>
  Array.from({ length: count }, (_, r) => Array.from({ length: columns }, (_, c) => Math.sin((r + 1) * (c + 1.3))));
const count = (svg: string, what: string) => svg.split(what).length - 1;

describe('plotKAN', () => {
  it('draws each living edge once, the stronger the darker, and no dead one', () => {
    const model = kan({ widths: [2, 1], gridSize: 10, seed: 1 });
    const layer = model.layers.at(-1) as EfficientKAN;
    plant(layer, (i) => (x) => (i === 0 ? x : 0.2 * x * x));
    const svg = plotKAN(model, rows(100, 2));
    expect(count(svg, 'class="edge"')).toBe(2);
    const opacities = [...svg.matchAll(/class="edge" opacity="([\d.]+)"/g)].map((match) => Number(match[1]));
    expect(opacities[0]).toBeGreaterThan(2 * opacities[1]!);
    expect([...svg.matchAll(/data-edge="([^"]*)"/g)].map(([, edge]) => edge)).toEqual(['0 0 0', '0 1 0']);
    plant(layer, (i) => (x) => (i === 0 ? x : 3));
    expect(count(plotKAN(model, rows(100, 2)), 'class="edge"')).toBe(1);
    // The straight line of edge 0 goes from the lower left of its box to the upper right.
    const [, path] = /<path d="M([^"]+)" fill="none"/.exec(svg)!;
    const points = path!.split('L').map((pair) => pair.split(' ').map(Number));
    const [[x0, y0], [x1, y1], middle] = [points[0]!, points.at(-1)!, points[30]!];
    expect(x1! - x0!).toBeGreaterThan(20);
    expect(y1! - y0!).toBeLessThan(-20);
    expect(middle[1]! - (y0! + ((y1! - y0!) * 30) / 59)).toBeLessThan(0.5);
  });

  it('is well-formed, with names escaped', () => {
    const svg = plotKAN(kan({ widths: [2, 3, 2], seed: 1 }), rows(20, 2), {
      inputNames: ['a<b', '"c" & \u0001d'],
      outputNames: ["it's", 'ü'],
      title: '<script>',
    });
    expect(svg).toContain('a&lt;b');
    expect(svg).toContain('&quot;c&quot; &amp; d');
    expect(svg).toContain('it&#39;s');
    expect(svg).not.toContain('<script>');
    // Every element closed in its turn.
    const open: string[] = [];
    for (const [, close, name, empty] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
      if (close) expect(open.pop()).toBe(name);
      else if (!empty) open.push(name!);
    }
    expect(open).toEqual([]);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('draws the strongest of many edges and says how many it left out', () => {
    const svg = plotKAN(kan({ widths: [40, 6], seed: 1 }), rows(30, 40), { maxEdges: 12 });
    expect(count(svg, 'class="edge"')).toBe(12);
    expect(svg).toContain('The 12 strongest edges; 228 weaker ones are not drawn.');
    expect(count(svg, '<circle')).toBeLessThan(19);
  });

  it('one sample and constants are drawn without NaN; what is wrong is said', () => {
    const model = kan({ widths: [2, 2], seed: 1 });
    const svg = plotKAN(model, [[0.1, 0.2]]);
    expect(svg).toContain('No edge varies over these samples.');
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(() => plotKAN(model, rows(5, 2), { inputNames: ['a'] })).toThrow('expected 2 names, got 1');
    expect(() => plotKAN(model, rows(5, 2), { maxEdges: 0 })).toThrow('maxEdges is wrong');
    expect(() => plotKAN(model, rows(5, 2), { contrast: -1 })).toThrow('contrast is wrong');
    expect(() => plotKAN(kan({ widths: [2, 1], layer: 'fourierKAN' }), rows(5, 2))).toThrow(
      'no functions on its edges',
    );
  });
});
