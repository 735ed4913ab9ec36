// Writes docs/bases.svg: the functions that each layer puts on its edges, as the layers themselves compute them. Run after building:
//   node scripts/make-bases-figure.mjs
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';

const columns = 5;
const panel = { width: 188, height: 176 };
const plot = { left: 24, top: 46, width: 150, height: 104 };
const points = 141;

/** From the first function of a basis to the last; the second set is for dark pages. */
const colors = {
  light: ['#0969da', '#4355d8', '#7748d0', '#a83ab8', '#c9308c', '#d63862', '#da4d33', '#cc6d06'],
  dark: ['#58a6ff', '#7d96ff', '#a78bfa', '#cf7fee', '#f778ba', '#ff7f93', '#ff9270', '#ffab4d'],
};

/** One weight 1, the others 0. */
const unit = (size, index) => Float32Array.from({ length: size }, (_, i) => (i === index ? 1 : 0));

/** A panel for `count` functions of which weight `name` of one layer has a number each. */
function basisPanel(make, { title, formula, range, name = 'coefficients', count, more = {} }) {
  return {
    title,
    formula,
    range,
    curves: Array.from({ length: count }, (_, k) => ({ make, weights: { ...more, [name]: unit(count, k) } })),
  };
}

/** @param {import('../src/index.js')} kan the package */
function panels(kan) {
  const { fourierKAN, waveletKAN, rationalKAN } = kan;
  const waves = 3;
  const plain = { units: 1, seed: 4 };
  return [
    basisPanel(() => kan.efficientKAN({ ...plain, standaloneScale: false }), {
      ...{ title: 'efficientKAN', formula: 'B-splines', range: [-2.2, 2.2], name: 'spline', count: 8 },
      more: { base: [0] },
    }),
    basisPanel(() => kan.fastKAN({ ...plain, layerNorm: false, useBaseUpdate: false }), {
      ...{ title: 'fastKAN', formula: 'Gaussians', range: [-3.2, 3.2], count: 8 },
    }),
    basisPanel(() => kan.fasterKAN({ ...plain, layerNorm: false }), {
      ...{ title: 'fasterKAN', formula: '1 − tanh²', range: [-4, 3], count: 8 },
    }),
    {
      title: 'waveletKAN',
      formula: ['Mexican hat', 'Morlet', 'Gaussian′'],
      range: [-4, 4],
      curves: ['mexicanHat', 'morlet', 'derivativeOfGaussian'].map((waveletType) => ({
        make: () => waveletKAN({ ...plain, waveletType, batchNorm: false }),
        weights: { scale: [1], translation: [0], coefficients: [1] },
      })),
    },
    {
      title: 'rationalKAN',
      formula: ['swish', 'gelu', 'tanh', 'identity'],
      range: [-3, 3],
      curves: ['swish', 'gelu', 'tanh', 'identity'].map((start) => ({
        make: () => rationalKAN({ ...plain, start }),
        weights: { kernel: [1] },
      })),
    },
    basisPanel(() => kan.chebyshevKAN(plain), {
      ...{ title: 'chebyshevKAN', formula: 'T₀ … T₄ of tanh x', range: [-3, 3], count: 5 },
    }),
    basisPanel(() => kan.jacobiKAN(plain), {
      ...{ title: 'jacobiKAN', formula: 'P₀ … P₄ of tanh x, a = b = 1', range: [-3, 3], count: 5 },
    }),
    basisPanel(() => kan.legendreKAN(plain), {
      ...{ title: 'legendreKAN', formula: 'P₀ … P₄ of tanh x', range: [-3, 3], count: 5 },
    }),
    basisPanel(() => kan.classicFourierKAN({ ...plain, gridSize: waves }), {
      ...{ title: 'classicFourierKAN', formula: 'cos kx, sin kx', range: [-Math.PI, Math.PI], count: 2 * waves },
    }),
    // It has no functions on its edges; with one input the features that it mixes are functions of that input.
    basisPanel(() => fourierKAN({ ...plain, numFrequencies: waves }), {
      ...{ title: 'fourierKAN', formula: 'cos, sin of wx + b', range: [-5, 5], name: 'combination' },
      ...{ count: 2 * waves, more: { combinationBias: [0], alpha: [0], beta: [1], kernel: [1] } },
    }),
  ];
}

/** The outputs of a layer with one input and one unit, with some of its weights set. */
function evaluate({ make, weights }, [low, high]) {
  return tf.tidy(() => {
    const layer = make();
    layer.build([null, 1]);
    for (const variable of layer.weights) {
      const name = variable.originalName.split('/').at(-1);
      if (weights[name]) variable.write(tf.tensor(Float32Array.from(weights[name]), variable.shape));
    }
    const x = Float32Array.from({ length: points }, (_, p) => low + ((high - low) * p) / (points - 1));
    const values = layer.apply(tf.tensor2d(x, [points, 1])).dataSync();
    for (const variable of layer.weights) variable.dispose();
    return values;
  });
}

const tick = (x, y, value, anchor) =>
  `<text class="tick" x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${`${Math.round(value * 10) / 10}`.replace('-', '−')}</text>`;
const colorOf = (index, count) => `c${Math.round((index * (colors.light.length - 1)) / Math.max(1, count - 1))}`;

/** The next "nice" number at or above a positive value. */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((step) => step >= value * 0.999);
}

function drawPanel({ title, formula, range, curves }, index) {
  const left = (index % columns) * panel.width + 10;
  const top = Math.floor(index / columns) * panel.height + 10;
  const values = curves.map((curve) => evaluate(curve, range));
  const all = values.flatMap((list) => [...list]);
  const high = roundUp(Math.max(...all));
  const lowest = Math.min(...all);
  const low = lowest < -1e-3 ? -roundUp(-lowest) : 0;
  const x = (at) => plot.left + (plot.width * (at - range[0])) / (range[1] - range[0]);
  const y = (at) => plot.top + plot.height * (1 - (at - low) / (high - low));
  const path = (list) =>
    Array.from(list, (value, p) => {
      const at = range[0] + ((range[1] - range[0]) * p) / (points - 1);
      return `${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
    }).join('L');
  const caption = [formula].flat();
  const words =
    caption.length === 1
      ? caption[0]
      : caption.map((word, k) => `<tspan class="t${colorOf(k, caption.length)}">${word}</tspan>`).join(' ');
  const bottom = plot.top + plot.height;
  return [
    `<g transform="translate(${left} ${top})">`,
    `<text class="title" x="${plot.left}" y="18">${title}</text>`,
    `<text x="${plot.left}" y="34">${words}</text>`,
    `<path class="axis" d="M${plot.left} ${y(0).toFixed(1)}h${plot.width}M${x(0).toFixed(1)} ${plot.top}v${plot.height}"/>`,
    ...values.map((list, k) => `<path class="${colorOf(k, values.length)}" d="M${path(list)}"/>`),
    ...[range[0], 0, range[1]].map((at) => tick(x(at), bottom + 13, at, 'middle')),
    ...(low < 0 ? [low, 0, high] : [0, high]).map((at) => tick(plot.left - 5, y(at) + 3, at, 'end')),
    '</g>',
  ].join('\n');
}

/**
 * The figure as SVG; needs a backend of TensorFlow.js.
 *
 * @param {import('../src/index.js')} kan the package
 * @returns {string}
 */
export function basesFigure(kan) {
  const list = panels(kan);
  const width = columns * panel.width + 20;
  const height = Math.ceil(list.length / columns) * panel.height + 20;
  const paint = (set) => set.map((color, k) => `.c${k}{stroke:${color}}.tc${k}{fill:${color}}`).join('');
  const style = [
    'text{font:11px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:#57606a}',
    '.title{font-size:13px;font-weight:600;fill:#1f2328}.tick{font-size:9px}',
    'path{fill:none;stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}',
    '.axis{stroke:#d0d7de;stroke-width:1}.page{fill:#fff;stroke:#d0d7de}',
    paint(colors.light),
    `@media(prefers-color-scheme:dark){text{fill:#9da7b3}.title{fill:#e6edf3}.axis{stroke:#3d444d}`,
    `.page{fill:#0d1117;stroke:#3d444d}${paint(colors.dark)}}`,
  ].join('');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    '<title>The functions on the edges of each layer</title>',
    `<style>${style}</style>`,
    `<rect class="page" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    ...list.map(drawPanel),
    '</svg>\n',
  ].join('\n');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await import('@tensorflow/tfjs-backend-cpu');
  writeFileSync(new URL('../docs/bases.svg', import.meta.url), basesFigure(await import('@kanrecon/kan-layers')));
}
