import { checkOptions } from '../check-options.js';
import { fillDefaults } from '../fill-defaults.js';
import { attributeEdges } from './attribute.js';
import type { LayerEdges } from './layer-edges.js';
import { nodeValues, type ReadableModel, readNetwork } from './read-network.js';
import { readSamples, type Samples, type Table } from './samples.js';
import { curvePath, element, escapeText, round } from './svg.js';

/** Options of {@link plotKAN}. */
export interface PlotKANOptions {
  /** Names under the inputs. Default x1, x2, …. */
  inputNames?: readonly string[] | null;
  /** Names above the outputs. Default y, or y1, y2, …. */
  outputNames?: readonly string[] | null;
  /** A line above the plot. */
  title?: string | null;
  /** Opacity of an edge = tanh(contrast · its attribution score). Default 3. */
  contrast?: number;
  /** Of more edges only so many, the strongest, are drawn, and the nodes that they touch; a line says how many are not. Default 150. */
  maxEdges?: number;
}

const defaults = {
  inputNames: null,
  outputNames: null,
  title: null,
  contrast: 3,
  maxEdges: 150,
} satisfies PlotKANOptions;

interface DrawnEdge {
  readonly layer: number;
  readonly input: number;
  readonly unit: number;
  readonly score: number;
}

const ink = '#1b1f2a';
const curveInk = '#1f5fbf';
const faint = '#8a93a6';
const font = 'font-family="system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif"';
/** Sizes in pixels: a box with its gap, the least width, a layer's height, what is left free at the sides. */
const [slot, leastWidth, layerHeight, margin] = [74, 300, 210, 36];
const largestBox = 58;

/**
 * Draws a KAN as pykan does: inputs at the bottom, outputs on top, each edge's function in a box on its way from node to node, over the
 * range of inputs that the samples give it, and the fainter the less it counts (see attribute). Edges that count nothing are left out.
 *
 * @param samples inputs of the model [samples, inputs]
 * @returns an SVG document; each edge is a group of class `edge` whose `data-edge` says layer, input and unit, counted from 0
 * @throws if the model is not a stack of KAN layers with edge functions (a layer norm or FourierKAN has none), or samples or options are
 *   wrong
 */
export function plotKAN(model: ReadableModel, samples: Samples, options: PlotKANOptions = {}): string {
  checkOptions('plotKAN', options, defaults);
  const { inputNames, outputNames, title, contrast, maxEdges } = fillDefaults(options, defaults);
  const { edges: layers } = readNetwork('plotKAN', model);
  const first = layers[0]!;
  const last = layers[layers.length - 1]!;
  const values = nodeValues(layers, readSamples('plotKAN', samples, first.inputs));
  const inputs = checkNames('inputNames', inputNames, first.inputs, 'x');
  const outputs = checkNames('outputNames', outputNames, last.units, 'y');
  if (!(Number.isInteger(maxEdges) && maxEdges >= 1)) {
    throw new Error(`plotKAN: maxEdges is wrong; expected an integer ≥ 1, got ${maxEdges}`);
  }
  if (!(contrast > 0 && Number.isFinite(contrast))) {
    throw new Error(`plotKAN: contrast is wrong; expected a number > 0, got ${contrast}`);
  }

  const all = scoredEdges(layers, values);
  const living = all.filter(({ score }) => score > 0);
  const drawn = [...living].sort((p, q) => q.score - p.score).slice(0, maxEdges);
  const rows = layers.map((_, l) =>
    drawn.filter(({ layer }) => layer === l).sort((p, q) => p.input - q.input || p.unit - q.unit),
  );
  const nodes = drawnNodes(layers, rows, living.length > drawn.length);
  const widest = Math.max(...rows.map((row) => row.length), ...nodes.map((row) => row.length));
  // A letter of the title is about 9 pixels wide.
  const width = Math.max(leastWidth, widest * slot, 9 * (title?.length ?? 0));
  const top = title ? 62 : 38;
  const height = top + layers.length * layerHeight + 56;
  const nodeX = (l: number, n: number) => margin + (width * (nodes[l]!.indexOf(n) + 0.5)) / nodes[l]!.length;
  const nodeY = (l: number) => top + (layers.length - l) * layerHeight;

  const parts: string[] = [];
  rows.forEach((row, l) => {
    const box = Math.min(largestBox, (0.8 * width) / Math.max(1, row.length));
    row.forEach((edge, k) => {
      const x = margin + (width * (k + 0.5)) / row.length;
      const y = nodeY(l) - layerHeight / 2;
      const from = [nodeX(l, edge.input), nodeY(l)] as const;
      const to = [nodeX(l + 1, edge.unit), nodeY(l + 1)] as const;
      parts.push(edgeGroup(layers[l]!, values[l]!, edge, { x, y, box }, from, to, contrast));
    });
  });
  nodes.forEach((row, l) => {
    for (const n of row) parts.push(nodeGroup(nodeX(l, n), nodeY(l), l, n, layers.length, inputs, outputs));
  });
  if (title) {
    parts.push(`<text x="${margin}" y="26" font-size="16" font-weight="600" fill="${ink}">${escapeText(title)}</text>`);
  }
  const hidden = living.length - drawn.length;
  if (hidden > 0 || living.length === 0) {
    const note =
      living.length === 0
        ? 'No edge varies over these samples.'
        : `The ${drawn.length} strongest edges; ${hidden} weaker ones are not drawn.`;
    parts.push(`<text x="${margin}" y="${height - 8}" font-size="11" fill="${faint}">${note}</text>`);
  }
  const full = width + 2 * margin;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(full)} ${round(height)}" width="${round(full)}" height="${round(height)}" ${font}>` +
    `<title>${escapeText(title ?? 'KAN')}</title><rect width="100%" height="100%" fill="#ffffff"/>${parts.join('')}</svg>\n`
  );
}

function checkNames(option: string, names: readonly string[] | null, count: number, letter: string): readonly string[] {
  if (names && names.length !== count) {
    throw new Error(`plotKAN: ${option} is wrong; expected ${count} names, got ${names.length}`);
  }
  if (names) return names;
  if (letter === 'y' && count === 1) return ['y'];
  return Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
}

function scoredEdges(layers: readonly LayerEdges[], values: readonly Table[]): DrawnEdge[] {
  const { edges } = attributeEdges(layers, values);
  return edges.flatMap((scores, layer) => {
    const { units } = layers[layer]!;
    return Array.from(scores, (score, e) => ({ layer, input: Math.floor(e / units), unit: e % units, score }));
  });
}

/** All nodes of each level, or only those that a drawn edge touches. */
function drawnNodes(layers: readonly LayerEdges[], rows: readonly DrawnEdge[][], onlyTouched: boolean): number[][] {
  const sizes = [layers[0]!.inputs, ...layers.map(({ units }) => units)];
  return sizes.map((size, l) => {
    const touched = new Set([
      ...(rows[l] ?? []).map(({ input }) => input),
      ...(rows[l - 1] ?? []).map(({ unit }) => unit),
    ]);
    return [...Array(size).keys()].filter((n) => !onlyTouched || touched.has(n));
  });
}

function edgeGroup(
  layer: LayerEdges,
  { rows, columns, data }: Table,
  { layer: l, input, unit, score }: DrawnEdge,
  { x, y, box }: { x: number; y: number; box: number },
  from: readonly [number, number],
  to: readonly [number, number],
  contrast: number,
): string {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let r = 0; r < rows; r++) {
    low = Math.min(low, data[r * columns + input]!);
    high = Math.max(high, data[r * columns + input]!);
  }
  const points = 60;
  const xs = Array.from({ length: points }, (_, p) => low + ((high - low) * p) / (points - 1));
  const ys = xs.map((at) => layer.evaluate(input, unit, at));
  const opacity = round(Math.max(0.08, Math.tanh(contrast * score)));
  const [left, top] = [x - box / 2, y - box / 2];
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    element('line', { x1, y1, x2, y2, stroke: ink, 'stroke-width': 1.3 });
  const tip = `layer ${l + 1}, ${input + 1} → ${unit + 1}: score ${score.toPrecision(3)}, x from ${low.toPrecision(3)} to ${high.toPrecision(3)}, φ from ${Math.min(...ys).toPrecision(3)} to ${Math.max(...ys).toPrecision(3)}`;
  return (
    `<g class="edge" opacity="${opacity}" data-edge="${l} ${input} ${unit}"><title>${escapeText(tip)}</title>` +
    line(from[0], from[1], x, y + box / 2) +
    line(x, top, to[0], to[1]) +
    element('rect', {
      x: left,
      y: top,
      width: box,
      height: box,
      rx: 4,
      fill: '#fff',
      stroke: ink,
      'stroke-width': 1.3,
    }) +
    curvePath(ys, { left: left + box * 0.1, top: top + box * 0.12, width: box * 0.8, height: box * 0.76 }, curveInk) +
    '</g>'
  );
}

function nodeGroup(
  x: number,
  y: number,
  level: number,
  n: number,
  depth: number,
  inputs: readonly string[],
  outputs: readonly string[],
): string {
  const dot = element('circle', { cx: x, cy: y, r: level === 0 ? 4.5 : 6.5, fill: ink });
  const plus =
    level === 0
      ? ''
      : `<path d="M${round(x - 3)} ${round(y)}h6M${round(x)} ${round(y - 3)}v6" stroke="#fff" stroke-width="1.3"/>`;
  const label = (text: string, at: number) =>
    `<text x="${round(x)}" y="${round(at)}" font-size="14" text-anchor="middle" fill="${ink}">${escapeText(text)}</text>`;
  const name = level === 0 ? label(inputs[n]!, y + 22) : level === depth ? label(outputs[n]!, y - 14) : '';
  return dot + plus + name;
}
