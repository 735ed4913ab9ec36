import { checkOptions } from '../check-options.js';
import { fillDefaults } from '../fill-defaults.js';
import { buildFormulas, fitEdges, improveChoices } from './choose-formulas.js';
import { evaluateFormula } from './evaluate-formula.js';
import { type Expression, mapNumbers } from './expression.js';
import { formulasOf, runFormulas } from './formula-network.js';
import { roundNumber } from './nice-number.js';
import { nodeValues, type ReadableModel, readNetwork } from './read-network.js';
import { halfSquares, refineFormulas } from './refine-formulas.js';
import { readSamples, type Samples, type Table, thinRows } from './samples.js';
import { simplifyFormulas } from './simplify-formulas.js';
import { snapConstants } from './snap-constants.js';
import { type FitError, fitError, moments } from './statistics.js';
import { checkMinR2, type SymbolicChoiceOptions, symbolicChoiceDefaults } from './suggest-symbolic.js';
import { checkFunctions, type SymbolicName } from './symbolic-functions.js';

/** Options of {@link autoSymbolic}. */
export interface AutoSymbolicOptions extends SymbolicChoiceOptions {
  /** What the outputs should be [samples, outputs]: the formula is then refined towards them, and compared with them too. */
  targets?: Samples | null;
  /** Names of the inputs in the formula. Default x1, x2, …. */
  inputNames?: readonly string[] | null;
  /** Edges that vary less than this share of their unit's variation become constants. Default 0.01. */
  constantBelow?: number;
  /**
   * Whether the outputs have a say: functions that rank lower are tried where an edge's own fit does not decide, and all constants are
   * refined together, end to end. Default true.
   */
  refine?: boolean;
  /**
   * Whether constants become 0, simple fractions and parts of π where the root mean square error, the other constants refined anew, grows
   * by no more than 2 % at a step and 6 % in all. Needs `refine`. Default true.
   */
  snap?: boolean;
  /** Significant digits of the other numbers; more are taken where these few would add 1 % to the error. Default 4. */
  digits?: number;
}

const defaults = {
  ...symbolicChoiceDefaults,
  targets: null,
  inputNames: null,
  constantBelow: 0.01,
  refine: true,
  snap: true,
  digits: 4,
} satisfies AutoSymbolicOptions;

/** An edge in the report: which function took its place, and how well. */
export interface SymbolicEdge {
  readonly layer: number;
  readonly input: number;
  readonly unit: number;
  /** 'constant': the edge is not in the formula. */
  readonly function: SymbolicName | 'constant';
  /** Share of the edge's variance that the function explained before all constants were refined together; 0 for a constant. */
  readonly r2: number;
}

/** What {@link autoSymbolic} gives. */
export interface SymbolicModel {
  /** One formula for each output, with the rounded numbers. */
  readonly formulas: readonly Expression[];
  readonly edges: readonly SymbolicEdge[];
  /** Those of them whose function explains less than `minR2` of the edge's variance: no function of the table comes near. */
  readonly poorFits: readonly SymbolicEdge[];
  /** The formulas against the network, over the samples. */
  readonly againstNetwork: FitError;
  /** The first choice of each edge with its own constants, against the network: what the look at the outputs is worth. */
  readonly unrefined: FitError;
  /** The formulas against the targets; null without targets. */
  readonly againstTargets: FitError | null;
  /** The network itself against the targets; null without targets. */
  readonly networkAgainstTargets: FitError | null;
  /** The formulas' outputs for one row of inputs. */
  evaluate(inputs: ArrayLike<number>): number[];
}

/** Above so many edges, each takes its own best function, without a look at the outputs. */
const mostSearched = 30;
/** More constants than this are not refined together: the time grows with their square. */
const mostConstants = 250;
/** Samples that the search for functions, that for exact numbers, and the joint refinement look at. */
const [searchRows, snapRows, refineRows] = [200, 300, 1000];
/** Steps of the joint refinement. */
const iterations = 100;

/**
 * Turns a KAN into formulas: every edge becomes the best-ranked function of {@link suggestSymbolic} (from the inputs on, each layer fitted
 * where the formulas before it lead); up to 30 edges, lower-ranked functions and constants are tried by what they do to the outputs; up
 * to 250 constants, all are refined together so that the whole comes as close to the targets, or else to the network, as these
 * functions can; redundant constants are taken out, near-exact ones made exact, the rest rounded. Prune first: a formula of many edges
 * is no better to read than the network.
 *
 * All errors reported are those of the rounded formulas that are returned.
 *
 * @param samples inputs of the model [samples, inputs]: the formulas are fitted where they are, and mean nothing elsewhere
 * @throws if the model is not a stack of KAN layers with edge functions, or samples or options are wrong
 */
export function autoSymbolic(model: ReadableModel, samples: Samples, options: AutoSymbolicOptions = {}): SymbolicModel {
  checkOptions('autoSymbolic', options, defaults);
  const chosen = fillDefaults(options, defaults);
  checkFunctions('autoSymbolic', chosen.functions);
  checkMinR2('autoSymbolic', chosen.minR2);
  const { edges: layers } = readNetwork('autoSymbolic', model);
  const { inputs } = layers[0]!;
  const { units: outputs } = layers[layers.length - 1]!;
  const table = readSamples('autoSymbolic', samples, inputs);
  const wanted = chosen.targets && readSamples('autoSymbolic', chosen.targets, outputs, 'targets');
  if (wanted && wanted.rows !== table.rows) {
    throw new Error(`autoSymbolic: the targets are wrong; expected ${table.rows} rows, got ${wanted.rows}`);
  }
  const names = chosen.inputNames ?? Array.from({ length: inputs }, (_, i) => `x${i + 1}`);
  if (names.length !== inputs) {
    throw new Error(`autoSymbolic: inputNames is wrong; expected ${inputs} names, got ${names.length}`);
  }
  if (!(Number.isInteger(chosen.digits) && chosen.digits >= 1 && chosen.digits <= 15)) {
    throw new Error(`autoSymbolic: digits is wrong; expected an integer of 1 … 15, got ${chosen.digits}`);
  }

  const network = nodeValues(layers, table).at(-1)!.data;
  const goal = wanted?.data ?? network;
  const thin = (most: number) => {
    const [x, y] = thinRows([table, { rows: table.rows, columns: outputs, data: goal }], most);
    return [x!, y!.data] as const;
  };
  const candidates = fitEdges(layers, table, chosen);
  const unrefined = fitError(runFormulas(buildFormulas(layers, candidates), table), network, outputs);
  if (chosen.refine && candidates.length <= mostSearched) {
    improveChoices(layers, candidates, ...thin(searchRows), chosen.complexityPrice);
  }
  const parts = buildFormulas(layers, candidates);
  const constants = simplifyFormulas(parts);
  if (chosen.refine && constants.length <= mostConstants) {
    refineFormulas(parts, constants, ...thin(refineRows), iterations);
    // Phases and signs once more, where the refinement has left them.
    const left = simplifyFormulas(parts);
    if (chosen.snap) {
      const floor = 1e-4 * moments(goal).deviation;
      const rest = snapConstants(parts, left, ...thin(snapRows), 0.02, floor);
      refineFormulas(parts, rest, ...thin(refineRows), iterations);
      simplifyFormulas(parts);
    }
  }
  // What has come to nothing on the way is not in the formula.
  const report = candidates.map(({ layer, input, unit, fits, choice }) => {
    const stays = parts[layer]!.edges.some((edge) => edge.input === input && edge.unit === unit);
    const { function: name, r2 } = stays ? fits[choice]! : fits.at(-1)!;
    return { layer, input, unit, function: name, r2 };
  });
  const formulas = roundFormulas(formulasOf(parts, names), table, goal, chosen.digits);
  const got = evaluateRows(formulas, table);
  return {
    formulas,
    edges: report,
    poorFits: report.filter((edge) => edge.function !== 'constant' && edge.r2 < chosen.minR2),
    againstNetwork: fitError(got, network, outputs),
    unrefined,
    againstTargets: wanted && fitError(got, wanted.data, outputs),
    networkAgainstTargets: wanted && fitError(network, wanted.data, outputs),
    evaluate: (row) => formulas.map((formula) => evaluateFormula(formula, row)),
  };
}

/** Rounds to as few digits as leave the error within 1 % (and the functions defined). */
function roundFormulas(exact: readonly Expression[], samples: Table, goal: Float64Array, digits: number): Expression[] {
  const cost = (formulas: readonly Expression[]) => halfSquares(evaluateRows(formulas, samples), goal);
  const limit = cost(exact) * 1.02 + goal.length * (1e-6 * moments(goal).deviation) ** 2;
  for (let n = digits; n < 16; n++) {
    const rounded = exact.map((formula) => mapNumbers(formula, (value) => roundNumber(value, n)));
    if (cost(rounded) <= limit) return rounded;
  }
  return [...exact];
}

function evaluateRows(formulas: readonly Expression[], { rows, columns, data }: Table): Float64Array {
  const result = new Float64Array(rows * formulas.length);
  for (let r = 0; r < rows; r++) {
    const row = data.subarray(r * columns, (r + 1) * columns);
    formulas.forEach((formula, o) => {
      result[r * formulas.length + o] = evaluateFormula(formula, row);
    });
  }
  return result;
}
