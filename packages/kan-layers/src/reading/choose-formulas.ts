import type { FormulaEdge, FormulaLayer, FormulaNetwork } from './formula-network.js';
import { runFormulaLayer, runFormulas } from './formula-network.js';
import type { LayerEdges } from './layer-edges.js';
import { halfSquares, refineFormulas } from './refine-formulas.js';
import type { Table } from './samples.js';
import { simplifyFormulas } from './simplify-formulas.js';
import { columnOf, moments } from './statistics.js';
import { rankFits, type SymbolicChoiceOptions, type SymbolicFit } from './suggest-symbolic.js';
import type { SymbolicName } from './symbolic-functions.js';

/** An edge with the functions that may take its place, best first. */
export interface EdgeCandidates {
  readonly layer: number;
  readonly input: number;
  readonly unit: number;
  readonly fits: readonly SymbolicFit[];
  /** Which of them it is. */
  choice: number;
}

/** Fits of an edge that the search looks at. */
const mostFits = 5;
/** How much of the price of complexity the search asks: errors at the outputs, all refined, are more to be trusted than those of one edge. */
const searchShare = 1 / 2;
/** What a constant saves against the edge's best function: 1 − R² of the outputs may grow by 2^(share · price · this), a quarter. */
const constantBonus = 0.3;
/** Steps of the joint refinement while choosing. */
const iterations = 30;
/** A step that gains less is the last there. */
const leastGain = 3e-3;

/**
 * Each edge's candidates, layer by layer, fitted at what the formulas before it give.
 *
 * @param constantBelow an edge that varies less than this share of its unit's edges is a constant
 */
export function fitEdges(
  layers: readonly LayerEdges[],
  samples: Table,
  options: Required<SymbolicChoiceOptions> & { constantBelow: number },
): EdgeCandidates[] {
  const all: EdgeCandidates[] = [];
  let data = samples.data;
  layers.forEach((layer, l) => {
    const { inputs, units } = layer;
    const columns = Array.from({ length: inputs }, (_, i) => columnOf(data, inputs, i));
    for (let unit = 0; unit < units; unit++) {
      const spreads = columns.map((x, i) => moments(x.map((at) => layer.evaluate(i, unit, at))));
      const largest = Math.hypot(...spreads.map(({ deviation }) => deviation));
      spreads.forEach(({ mean, deviation }, input) => {
        const constant = constantFit(mean, deviation > 1e-12 * Math.abs(mean) ? 0 : 1);
        const idle = deviation <= options.constantBelow * largest;
        const ranked = idle ? [] : rankFits(columns[input]!, (at) => layer.evaluate(input, unit, at), options);
        const fits = ranked.filter((fit) => fit.function !== 'constant').slice(0, mostFits);
        all.push({ layer: l, input, unit, fits: [...fits, constant], choice: 0 });
      });
    }
    const built = buildFormulas(layers, all)[l]!;
    data = runFormulaLayer(built, data, samples.rows);
  });
  return all;
}

function constantFit(value: number, r2: number): SymbolicFit {
  const expression = { kind: 'number', value } as const;
  return { function: 'constant', a: 0, b: 0, c: 0, d: value, r2, complexity: 0, score: 0, expression };
}

/** The network of the chosen fits. */
export function buildFormulas(layers: readonly LayerEdges[], candidates: readonly EdgeCandidates[]): FormulaLayer[] {
  return layers.map((layer, l) => {
    const { inputs, units } = layer;
    const constants = Float64Array.from({ length: units }, (_, o) => layer.offset(o));
    const edges: FormulaEdge[] = [];
    for (const { layer: at, input, unit, fits, choice } of candidates) {
      if (at !== l) continue;
      const { function: name, a, b, c, d } = fits[choice]!;
      constants[unit]! += d;
      if (name !== 'constant') edges.push({ input, unit, name: name as SymbolicName, a, b, c });
    }
    return { inputs, units, edges, constants };
  });
}

/**
 * Looks for better choices with the whole in view, because the outputs can tell what an edge's own R² cannot. Each hidden node is left
 * out in turn, then each edge, worst first, takes each of its candidates (and a constant); all constants are refined together, and the
 * change stays if log₂(1 − R² + 10⁻⁶) of the outputs plus half the price of all complexities falls. A constant counts hardly less than the
 * function it replaces: what counts for little is for pruning to say. A descent, from two starts: it can miss the best formula.
 */
export function improveChoices(
  layers: readonly LayerEdges[],
  candidates: readonly EdgeCandidates[],
  samples: Table,
  goal: Float64Array,
  complexityPrice: number,
): void {
  const outputs = layers[layers.length - 1]!.units;
  let variance = 0;
  for (let o = 0; o < outputs; o++)
    variance += (goal.length / outputs) * moments(columnOf(goal, outputs, o)).deviation ** 2;
  if (!(variance > 0)) return;
  const scoreNow = () => {
    const network: FormulaNetwork = buildFormulas(layers, candidates);
    if (!Number.isFinite(halfSquares(runFormulas(network, samples), goal))) return Number.POSITIVE_INFINITY;
    const left = 2 * refineFormulas(network, simplifyFormulas(network), samples, goal, iterations, leastGain);
    const price = candidates.reduce((total, { fits, choice }) => {
      const { function: name, complexity } = fits[choice]!;
      return total + (name === 'constant' ? fits[0]!.complexity - constantBonus : complexity);
    }, 0);
    return Math.log2(left / variance + 1e-6) + searchShare * complexityPrice * price;
  };
  // From two starts: what ranks first, and what ranks first where complexity costs little.
  let best: { score: number; choices: number[] } | undefined;
  for (const price of [complexityPrice, searchShare * complexityPrice]) {
    for (const edge of candidates) edge.choice = bestChoice(edge, price);
    const score = descend(layers, candidates, scoreNow);
    if (!best || score < best.score) best = { score, choices: candidates.map(({ choice }) => choice) };
  }
  candidates.forEach((edge, k) => {
    edge.choice = best!.choices[k]!;
  });
}

function bestChoice({ fits }: EdgeCandidates, price: number): number {
  const functions = fits.slice(0, -1);
  const score = ({ r2, complexity }: SymbolicFit) => Math.log2(1 - r2 + 1e-6) + price * complexity;
  return functions.reduce((best, fit, k) => (score(fit) < score(fits[best]!) ? k : best), 0);
}

/** Changes choices as long as that lowers the score; gives the score. */
function descend(layers: readonly LayerEdges[], candidates: readonly EdgeCandidates[], scoreNow: () => number): number {
  const worstFirst = [...candidates].sort((p, q) => p.fits[0]!.r2 - q.fits[0]!.r2);
  let score = scoreNow();
  for (let changed = true, pass = 0; changed && pass < 3; pass++) {
    changed = false;
    // Whole nodes first: of two nodes that share a task, neither can lose one edge alone.
    for (const node of hiddenNodes(layers)) {
      const edges = edgesOf(candidates, node).filter((edge) => !isConstant(edge));
      const before = edges.map((edge) => edge.choice);
      for (const edge of edges) edge.choice = edge.fits.length - 1;
      const next = edges.length > 0 ? scoreNow() : score;
      if (next < score - 1e-6) {
        score = next;
        changed = true;
      } else {
        edges.forEach((edge, k) => {
          edge.choice = before[k]!;
        });
      }
    }
    for (const edge of worstFirst) {
      let best = edge.choice;
      for (let choice = 0; choice < edge.fits.length; choice++) {
        edge.choice = choice;
        if (choice === best) continue;
        const next = scoreNow();
        if (next < score - 1e-6) {
          score = next;
          best = choice;
          changed = true;
        }
      }
      edge.choice = best;
    }
  }
  return score;
}

interface HiddenNode {
  readonly layer: number;
  readonly node: number;
}

function hiddenNodes(layers: readonly LayerEdges[]): HiddenNode[] {
  return layers
    .slice(0, -1)
    .flatMap(({ units }, layer) => Array.from({ length: units }, (_, node) => ({ layer, node })));
}

/** The edges into and out of a node that layer `layer` makes. */
function edgesOf(candidates: readonly EdgeCandidates[], { layer, node }: HiddenNode): EdgeCandidates[] {
  return candidates.filter(
    (edge) => (edge.layer === layer && edge.unit === node) || (edge.layer === layer + 1 && edge.input === node),
  );
}

function isConstant({ fits, choice }: EdgeCandidates): boolean {
  return fits[choice]!.function === 'constant';
}
