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
const searchShare = 1 / 3;
/** What a constant saves against the edge's best function: 1 − R² of the outputs may grow by 2^(share · price · this), a quarter. */
const constantBonus = 0.3;
/** Steps of the joint refinement while choosing. */
const iterations = 15;

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
 * Looks for better choices with the whole in view: one edge after the other, worst first, takes each of its candidates (and a constant)
 * in turn; all constants are refined together, and the candidate stays if log₂(1 − R² + 10⁻⁶) of the outputs plus the price of all
 * complexities falls (a third of it). A constant counts hardly less than the function it replaces: what counts for little is for pruning
 * to say. What an edge's own R² cannot tell, the outputs can.
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
    const left = 2 * refineFormulas(network, simplifyFormulas(network), samples, goal, iterations);
    const price = candidates.reduce((total, { fits, choice }) => {
      const { function: name, complexity } = fits[choice]!;
      return total + (name === 'constant' ? fits[0]!.complexity - constantBonus : complexity);
    }, 0);
    return Math.log2(left / variance + 1e-6) + searchShare * complexityPrice * price;
  };
  const worstFirst = [...candidates].sort((p, q) => p.fits[0]!.r2 - q.fits[0]!.r2);
  let score = scoreNow();
  for (let changed = true, pass = 0; changed && pass < 3; pass++) {
    changed = false;
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
}
