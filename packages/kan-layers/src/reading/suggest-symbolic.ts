import { checkEdgeLayer } from '../check-edge-layer.js';
import { checkOptions } from '../check-options.js';
import type { EdgeLayer } from '../edge-layer.js';
import { fillDefaults } from '../fill-defaults.js';
import { type AffineForm, evaluateForm } from './affine-form.js';
import { checkLayer } from './check-model.js';
import { checkEdge } from './edge-function.js';
import { type Expression, number, product, sum, variable } from './expression.js';
import { type FunctionFit, fitFastWave, fitFunction, fitPoints } from './fit-symbolic.js';
import { readSamples, type Samples } from './samples.js';
import { columnOf, moments } from './statistics.js';
import { checkFunctions, defaultFunctions, type SymbolicName, symbolicFunctions } from './symbolic-functions.js';

/** How functions are chosen. */
export interface SymbolicChoiceOptions {
  /** The functions to choose from. Default: all of the table but cos (a shifted sin), sigmoid (a scaled tanh) and tan. */
  functions?: readonly SymbolicName[];
  /**
   * What one unit of complexity costs, in bits: a function that is more complex by 1 must bring 1 − R² down to 2^−price of it. Default 2
   * (a quarter); 0 ranks by R² alone.
   */
  complexityPrice?: number;
  /**
   * What counts as a fit: where no function explains this share of an edge's variance, {@link suggestSymbolic} suggests none, and
   * `autoSymbolic` names the edge among its `poorFits`. Default 0.8.
   */
  minR2?: number;
}

/** Points where the function turns between the usual ones. */
const densePoints = 2001;
/** Share of the variance that lies between neighbouring points. */
const roughShare = 0.05;

export const symbolicChoiceDefaults = {
  functions: defaultFunctions,
  complexityPrice: 2,
  minR2: 0.8,
} satisfies SymbolicChoiceOptions;

/** One fit in a ranking: y ≈ c·f(a·x + b) + d. */
export interface SymbolicFit {
  /** Name of f; 'constant' (a = b = c = 0) for an edge that does not vary. */
  readonly function: SymbolicName | 'constant';
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  /** Share of the edge's variance that the fit explains, over the samples. */
  readonly r2: number;
  readonly complexity: number;
  /** log₂(1 − R² + 10⁻⁶) + price · complexity: what the ranking goes by, smallest first. */
  readonly score: number;
  /** The fit as a formula of one variable, x. */
  readonly expression: Expression;
}

/**
 * Fits the function on one edge by every function of the table, best first.
 *
 * Waves are looked for up to the highest frequency that the points tell from others: 250 of them without samples, 2,000 where the function
 * turns between those. A function that agrees only at the points and not between them is none.
 *
 * @param samples inputs of this layer [samples, inputs]: the fit is where they are. Absent: evenly over the layer's range
 * @returns all fits, or none (`[]`) where no function of the table explains `minR2` of the edge's variance
 * @throws if the layer has no functions on its edges or no such edge, or samples or options are wrong
 */
export function suggestSymbolic(
  layer: EdgeLayer,
  input: number,
  unit: number,
  samples?: Samples | null,
  options: SymbolicChoiceOptions = {},
): SymbolicFit[] {
  checkOptions('suggestSymbolic', options, symbolicChoiceDefaults);
  checkLayer('suggestSymbolic', layer);
  checkEdgeLayer(layer);
  const edges = layer.readEdges();
  checkEdge('suggestSymbolic', edges, input, unit);
  const choice = fillDefaults(options, symbolicChoiceDefaults);
  checkFunctions('suggestSymbolic', choice.functions);
  checkMinR2('suggestSymbolic', choice.minR2);
  if (samples && edges.normalizedInput) {
    throw new Error(
      `suggestSymbolic: layer '${layer.name}' normalises its inputs together; expected no samples for such a layer, so that the edge is fitted over its range`,
    );
  }
  const [low, high] = edges.range(input);
  const x = samples
    ? columnOf(readSamples('suggestSymbolic', samples, edges.inputs).data, edges.inputs, input)
    : Float64Array.from({ length: densePoints }, (_, k) => low + ((high - low) * k) / (densePoints - 1));
  const fits = rankFits(x, (at) => edges.evaluate(input, unit, at), choice);
  return fits.some(({ r2 }) => r2 >= choice.minR2) ? fits : [];
}

/** @throws if it is no share */
export function checkMinR2(who: string, minR2: number): void {
  if (!(minR2 >= 0 && minR2 <= 1)) {
    throw new Error(`${who}: minR2 is wrong; expected a number in [0, 1], got ${minR2}`);
  }
}

/** The ranking of a function's fits over the given inputs. */
export function rankFits(
  inputs: Float64Array,
  evaluate: (x: number) => number,
  { functions, complexityPrice, minR2 }: Required<SymbolicChoiceOptions>,
): SymbolicFit[] {
  let x = fitPoints(inputs);
  let y = x.map(evaluate);
  let rough = turnsBetween(x, y, evaluate);
  if (rough && inputs.length > x.length) {
    x = fitPoints(inputs, densePoints);
    y = x.map(evaluate);
    rough = turnsBetween(x, y, evaluate);
  }
  const { mean, deviation } = moments(y);
  const constant = x[0] === x[x.length - 1] || !(deviation > 1e-12 * Math.abs(mean));
  if (constant) return [constantFit(mean)];
  const found = functions.map((name) => {
    const fit = fitFunction(name, x, y);
    const seeming = rough && fit && symbolicFunctions[name].family === 'wave' && !agreesBetween(fit, x, evaluate);
    return seeming ? null : fit;
  });
  // Fast waves are looked for only where nothing else is near.
  if (!found.some((fit) => fit && fit.r2 >= minR2)) {
    functions.forEach((name, k) => {
      const fast = fitFastWave(name, x, y);
      if (fast && fast.r2 > (found[k]?.r2 ?? 0) && agreesBetween(fast, x, evaluate)) found[k] = fast;
    });
  }
  const fits = functions.flatMap((name, k): SymbolicFit[] => {
    const fit = found[k];
    if (!fit) return [];
    const complexity = symbolicFunctions[name].complexity;
    const score = Math.log2(1 - fit.r2 + 1e-6) + complexityPrice * complexity;
    const { name: written, a, b, c, d } = fit.form;
    return [{ function: written, a, b, c, d, r2: fit.r2, complexity, score, expression: formExpression(fit.form) }];
  });
  if (fits.length === 0) return [{ ...constantFit(mean), r2: 0, score: 0 }];
  return fits.sort((p, q) => p.score - q.score);
}

/** Whether a function turns between neighbouring points so often that these do not say what it is. */
function turnsBetween(x: Float64Array, y: Float64Array, evaluate: (x: number) => number): boolean {
  const between = x.subarray(1).map((at, k) => evaluate((x[k]! + at) / 2) - (y[k]! + y[k + 1]!) / 2);
  const { mean, deviation } = moments(between);
  return mean ** 2 + deviation ** 2 > roughShare * moments(y).deviation ** 2;
}

/**
 * Whether a fit holds between the points too, at uneven places: a wave also goes through the points of one that is too fast for them, and
 * through even places between them.
 */
function agreesBetween({ form, r2 }: FunctionFit, x: Float64Array, evaluate: (x: number) => number): boolean {
  const between = x.subarray(1).map((at, k) => x[k]! + (at - x[k]!) * ((0.618034 * (k + 1)) % 1));
  const truth = between.map(evaluate);
  const { deviation } = moments(truth);
  const squares = between.reduce((sum, at, k) => sum + (evaluateForm(form, at) - truth[k]!) ** 2, 0) / between.length;
  return 1 - squares / deviation ** 2 >= r2 - roughShare;
}

function constantFit(value: number): SymbolicFit {
  const expression = number(value);
  return { function: 'constant', a: 0, b: 0, c: 0, d: value, r2: 1, complexity: 0, score: Math.log2(1e-6), expression };
}

/** c·f(a·inner + b) + d */
export function formExpression({ name, a, b, c, d }: AffineForm, inner: Expression = variable(0, 'x')): Expression {
  const argument = sum([product([number(a), inner]), number(b)]);
  return sum([product([number(c), symbolicFunctions[name].expression(argument)]), number(d)]);
}
