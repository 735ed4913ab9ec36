import { describe, expect, it } from 'vitest';
import { lineChart } from './line-chart.js';
import { reportPage } from './report-page.js';
import { scatterPlot } from './scatter-plot.js';
import { scatterSection } from './scatter-section.js';
import { scoresSection } from './scores-section.js';

describe('lineChart', () => {
  it('draws every curve and the level without a script', async () => {
    const series = [
      {
        name: 'training',
        points: [
          [1, 0.5],
          [2, 0.1],
        ] as const,
      },
      {
        name: 'validation',
        points: [
          [1, 0.6],
          [2, 0.2],
        ] as const,
      },
    ];
    const svg = await lineChart(
      { series, xName: 'epoch', yName: 'loss', level: { name: 'best', value: 0.05 }, mark: { name: 'kept', x: 2 } },
      'dark',
    );
    expect(svg).toMatch(/^<svg role="img"/);
    expect(svg).not.toContain('<script');
    for (const text of ['training', 'validation', 'epoch', 'loss', 'best', 'kept'])
      expect(svg).toContain(`>${text}</text>`);
  });
});

describe('scatterPlot', () => {
  const plot = { name: 'a <b>', unit: 'rad', range: [0, 2] as const };

  it('puts what is right on the line where both agree, and keeps what is beyond the range in sight', () => {
    const svg = scatterPlot({
      ...plot,
      groups: [
        {
          points: [
            [0, 0],
            [2, 2],
            [1, 3],
          ],
        },
      ],
    });
    const at = (name: string) =>
      [...svg.matchAll(new RegExp(` ${name}="([\\d.-]+)"`, 'g'))].map(([, value]) => Number(value));
    const [x, y] = [at('cx'), at('cy')] as [number[], number[]];
    const [x1, y1, x2, y2] = ['x1', 'y1', 'x2', 'y2'].map((name) => at(name)[0]!) as [number, number, number, number];
    for (const i of [0, 1]) {
      // Rounded to tenths of a pixel.
      expect(Math.abs((x[i]! - x1) / (x2 - x1) - (y[i]! - y1) / (y2 - y1))).toBeLessThan(2e-3);
    }
    expect(y[2]).toBeLessThan(y[1]!);
    for (const value of [...x, ...y]) expect(value > 0 && value < 220).toBe(true);
    expect(svg).toContain('a &lt;b&gt;: 3 predictions');
    expect(svg).toContain('>real, rad</text>');
  });

  it('shows some of very many points', () => {
    const points = Array.from({ length: 5000 }, (_, i) => [i / 2500, i / 2500] as const);
    expect(scatterPlot({ ...plot, groups: [{ points }] }).match(/<circle/g)).toHaveLength(600);
  });

  it('names what does not show, and how sure a score is', () => {
    const points = [[1, 1]] as const;
    const html = scatterSection([
      { ...plot, groups: [{ points, r2: 0.513, interval: [0.441, 0.559] }], visible: true },
      { ...plot, name: 'c', groups: [{ points, r2: -0.2 }], visible: false },
    ]);
    expect(html).toContain('<b>a &lt;b&gt;</b> R² 0.513 (0.44 to 0.56)');
    expect(html).toContain('<b>c</b> not visible in such images');
    expect(html).toContain('The frame is the parameter’s range;');
    const ofReal = scatterSection([{ ...plot, groups: [{ points, r2: 0 }], visible: true, ofReal: true }]);
    expect(ofReal).toContain('The frame is the range of the real values where the surface is not known');
    expect(scatterSection([])).toBe('');
  });

  it('has a dash for a score that is not defined, as R² of a single image', () => {
    const html = scatterSection([{ ...plot, groups: [{ points: [[1, 1]], r2: Number.NaN }], visible: true }]);
    expect(html).toContain('<b>a &lt;b&gt;</b> R² –</figcaption>');
    expect(html).toContain(': 1 prediction"');
    expect(html).not.toContain('NaN');
  });
});

describe('scoresSection', () => {
  const scores = { mae: 0.1, mse: 0.01, rmse: 0.1, r2: 0.5 };

  it('sets sums apart by what they are, not by their names', () => {
    const rows = [
      { name: 'the angle', kind: 'parameter', ...scores },
      { name: 'all', kind: 'parameter', ...scores },
      { name: 'the 2 visible', kind: 'visible', ...scores },
      { name: 'everything', kind: 'all', ...scores },
    ] as const;
    const html = scoresSection([{ title: 'T', about: 'A', rows: [...rows], combinations: [] }]);
    expect(html.match(/<tr class="sum"><td>[^<]*/g)).toEqual([
      '<tr class="sum"><td>the 2 visible',
      '<tr class="sum"><td>everything',
    ]);
    expect(html).not.toContain('surface');
  });

  it('shows where a score may lie', () => {
    const between = [0.44, 0.56] as const;
    const interval = { mae: between, mse: between, rmse: between, r2: between };
    const html = scoresSection([
      { title: 'T', about: 'A', rows: [{ name: 'a', kind: 'parameter', ...scores, interval }], combinations: [] },
    ]);
    expect(html).toContain('0.500<small class="between">0.44 to 0.56</small>');
  });

  it('shows distances in per cent where they were measured', () => {
    const spread = (value: number) => ({ mean: value, median: value, p90: value, p99: value, worst: value });
    const both = { mean: spread(0.01), hausdorff: spread(0.05) };
    const distances = { images: 1, relativeTo: 'its size', asFound: both, scaled: both };
    const html = scoresSection([{ title: 'T', about: 'A', rows: [], combinations: [], distances }]);
    expect(html).toMatch(/<td>greatest \(Hausdorff\)<\/td>(<td>5\.00<\/td>){5}/);
  });
});

describe('reportPage', () => {
  it('escapes names and stays without cases and curves', async () => {
    const page = await reportPage({
      title: 'A <b> & "c"',
      intro: 'Of <code>one</code>.',
      facts: [{ value: '1', about: '<i>' }],
      trainings: [],
      scores: [],
      scatters: [],
      sections: [],
      details: { 'a<b': '&' },
    });
    expect(page).toContain('<title>A &lt;b&gt; &amp; &quot;c&quot;</title>');
    expect(page).not.toContain('<script');
    expect(page).not.toContain('<i>');
    expect(page).not.toMatch(/undefined|NaN/);
  });
});
