import { checkEdgeLayer } from '../check-edge-layer.js';
import type { EdgeLayer } from '../edge-layer.js';
import { fillDefaults } from '../fill-defaults.js';
import type { AffineForm } from './affine-form.js';
import { checkEdge } from './edge-function.js';
import { type Expression, number, product, sum, variable } from './expression.js';
import { fitFunction, fitPoints } from './fit-symbolic.js';
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
}

export const symbolicChoiceDefaults = {
  functions: defaultFunctions,
  complexityPrice: 2,
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
 * @param samples inputs of this layer [samples, inputs]: the fit is where they are. Absent: evenly over the layer's range
 * @throws if the layer has no functions on its edges or no such edge, or samples or options are wrong
 */
export function suggestSymbolic(
  layer: EdgeLayer,
  input: number,
  unit: number,
  samples?: Samples | null,
  options: SymbolicChoiceOptions = {},
): SymbolicFit[] {
  checkEdgeLayer(layer);
  const edges = layer.readEdges();
  checkEdge('suggestSymbolic', edges, input, unit);
  const choice = fillDefaults(options, symbolicChoiceDefaults);
  checkFunctions('suggestSymbolic', choice.functions);
  if (samples && edges.normalizedInput) {
    throw new Error(
      `suggestSymbolic: layer '${layer.name}' normalises its inputs together; expected no samples for such a layer, so that the edge is fitted over its range`,
    );
  }
  const [low, high] = edges.range(input);
  const x = samples
    ? columnOf(readSamples('suggestSymbolic', samples, edges.inputs).data, edges.inputs, input)
    : Float64Array.from({ length: 201 }, (_, k) => low + ((high - low) * k) / 200);
  return rankFits(x, (at) => edges.evaluate(input, unit, at), choice);
}

/** The ranking of a function's fits over the given inputs. */
export function rankFits(
  inputs: Float64Array,
  evaluate: (x: number) => number,
  { functions, complexityPrice }: Required<SymbolicChoiceOptions>,
): SymbolicFit[] {
  const x = fitPoints(inputs);
  const y = x.map(evaluate);
  const { mean, deviation } = moments(y);
  const constant = x[0] === x[x.length - 1] || !(deviation > 1e-12 * Math.abs(mean));
  if (constant) return [constantFit(mean)];
  const fits = functions.flatMap((name): SymbolicFit[] => {
    const fit = fitFunction(name, x, y);
    if (!fit) return [];
    const complexity = symbolicFunctions[name].complexity;
    const score = Math.log2(1 - fit.r2 + 1e-6) + complexityPrice * complexity;
    const { name: written, a, b, c, d } = fit.form;
    return [{ function: written, a, b, c, d, r2: fit.r2, complexity, score, expression: formExpression(fit.form) }];
  });
  if (fits.length === 0) return [{ ...constantFit(mean), r2: 0, score: 0 }];
  return fits.sort((p, q) => p.score - q.score);
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
