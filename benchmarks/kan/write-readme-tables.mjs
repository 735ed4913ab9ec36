// Writes the figures of results/kan-node20.json into the tables of packages/kan-layers/README.md, each found by its first heading. The text around
// them is left as it is: read it again. Usage: node benchmarks/kan/write-readme-tables.mjs
import { readFileSync, writeFileSync } from 'node:fs';

const readme = new URL('../../packages/kan-layers/README.md', import.meta.url);
const { results } = JSON.parse(readFileSync(new URL('../results/kan-node20.json', import.meta.url), 'utf8'));
const layers = [...new Set(results.map(({ layer }) => layer))];

const sizes = { single: [1280, 6], stack: [512, 256, 128, 64, 32, 6], wide: [1000, 1000, 10] };
const both = 'forwardAndBackward';
const three = (value) => String(Number(value.toPrecision(3)));
const find = (layer, widths, batch, key) =>
  results.find(
    (one) =>
      one.layer === layer && one.batch === batch && one.key === key && one.widths.join() === sizes[widths].join(),
  );
/** Milliseconds of ours, and in brackets over PyTorch's. */
const beside = (layer, widths, batch, what) => {
  const ours = find(layer, widths, batch, 'wasm-training')[what].median;
  const theirs = find(layer, widths, batch, 'torch')?.[what]?.median;
  return `${three(ours)} (${theirs ? `${(ours / theirs).toFixed(2)}×` : '> 1 min'})`;
};
/** How many times as long the plain port takes. */
const plain = (layer, widths, batch) => {
  const theirs = find(layer, widths, batch, 'plain')?.[both]?.median;
  return theirs && theirs / find(layer, widths, batch, 'wasm-training')[both].median;
};

const tables = {
  '1280→6': (layer) => {
    const memory = ['wasm-training', 'torch', 'plain'].map((key) => find(layer, 'single', 100, key).peakMegabytes);
    return [
      ...[16, 100].flatMap((batch) => [
        beside(layer, 'single', batch, 'forward'),
        beside(layer, 'single', batch, both),
        `${plain(layer, 'single', batch).toFixed(1)}×`,
      ]),
      memory.map((megabytes) => megabytes.toFixed(0)).join(' / '),
    ];
  },
  'forward + backward': (layer) =>
    ['stack', 'wide'].flatMap((widths) =>
      [16, 100].map((batch) => {
        const times = plain(layer, widths, batch);
        return `${beside(layer, widths, batch, both)}, plain${times ? ` ${times.toFixed(0)}×` : ': no memory'}`;
      }),
    ),
  'forward + backward, ms': (layer) =>
    [
      ['single', 16],
      ['single', 100],
      ['stack', 100],
      ['wide', 100],
    ].map(([widths, batch]) =>
      ['wasm-training', 'wasm', 'node', 'cpu']
        .map((key) => find(layer, widths, batch, key)?.[both]?.median)
        .map((value) => (value === undefined ? '–' : three(value)))
        .join(' / '),
    ),
};

const lines = readFileSync(readme, 'utf8').split('\n');
const cellsOf = (line) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
for (const [title, cells] of Object.entries(tables)) {
  const first = lines.findIndex((line) => line.startsWith('|') && cellsOf(line)[0] === title);
  if (first < 0) throw new Error(`${readme.pathname} has no table that begins with "${title}"`);
  let end = first;
  while (lines[end].startsWith('|')) end++;
  const rows = layers.map((layer) => [layer === 'dense' ? 'dense (tfjs)' : `\`${layer}\``, ...cells(layer)]);
  lines.splice(first, end - first, ...aligned([cellsOf(lines[first]), ...rows]));
}
writeFileSync(readme, lines.join('\n'));
console.log('Written to packages/kan-layers/README.md.');

function aligned([header, ...rows]) {
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column].length)));
  const line = (row, fill = ' ') => `| ${row.map((cell, i) => cell.padEnd(widths[i], fill)).join(' | ')} |`;
  return [
    line(header),
    line(
      header.map(() => ''),
      '-',
    ),
    ...rows.map((row) => line(row)),
  ];
}
