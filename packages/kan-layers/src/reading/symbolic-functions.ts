import { call, type Expression, number, power, product } from './expression.js';

/** Name of a function that edges can be fitted with. */
export type SymbolicName =
  | 'x'
  | 'x^2'
  | 'x^3'
  | 'x^4'
  | '1/x'
  | '1/x^2'
  | 'sqrt'
  | 'log'
  | 'exp'
  | 'abs'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'tanh'
  | 'arctan'
  | 'sigmoid'
  | 'gaussian';

/**
 * Which of a, b, c in c·f(a·u + b) + d say something new:
 * 'line': c alone; 'power': f(a·u) = |a|ᵖ·f(u), so that a only carries a sign; 'log' likewise, with d taking the scale; 'exp': c takes
 * b; 'wave': a, and b by linear least squares through sine and cosine; 'shape': all.
 */
export type SymbolicFamily = 'line' | 'power' | 'log' | 'exp' | 'wave' | 'shape';

/** A function of the table. */
export interface SymbolicFunction {
  /** What it costs in the ranking. */
  readonly complexity: number;
  readonly family: SymbolicFamily;
  /** Where f is defined, if not everywhere; arguments a little inside. */
  readonly domain?: (u: number) => boolean;
  /** f(−u) = ±f(u), so that a can be taken positive. */
  readonly parity?: 1 | -1;
  readonly value: (u: number) => number;
  readonly slope: (u: number) => number;
  readonly expression: (u: Expression) => Expression;
}

const sigmoid = (u: number) => 1 / (1 + Math.exp(-u));

/** The table: what {@link suggestSymbolic} and {@link autoSymbolic} choose from. Complexities as in pykan's library, but sin and
 * cos at 3, because a slow wave can stand for any parabola, with a constant more. */
export const symbolicFunctions: Readonly<Record<SymbolicName, SymbolicFunction>> = {
  x: { complexity: 1, family: 'line', value: (u) => u, slope: () => 1, expression: (u) => u },
  'x^2': {
    complexity: 2,
    family: 'power',
    parity: 1,
    value: (u) => u * u,
    slope: (u) => 2 * u,
    expression: (u) => power(u, 2),
  },
  'x^3': {
    complexity: 3,
    family: 'power',
    parity: -1,
    value: (u) => u ** 3,
    slope: (u) => 3 * u * u,
    expression: (u) => power(u, 3),
  },
  'x^4': {
    complexity: 3,
    family: 'power',
    parity: 1,
    value: (u) => u ** 4,
    slope: (u) => 4 * u ** 3,
    expression: (u) => power(u, 4),
  },
  '1/x': {
    complexity: 2,
    family: 'power',
    parity: -1,
    domain: (u) => Math.abs(u) > 1e-9,
    value: (u) => 1 / u,
    slope: (u) => -1 / (u * u),
    expression: (u) => power(u, -1),
  },
  '1/x^2': {
    complexity: 2,
    family: 'power',
    parity: 1,
    domain: (u) => Math.abs(u) > 1e-9,
    value: (u) => 1 / (u * u),
    slope: (u) => -2 / u ** 3,
    expression: (u) => power(u, -2),
  },
  sqrt: {
    complexity: 2,
    family: 'power',
    domain: (u) => u >= 0,
    value: Math.sqrt,
    slope: (u) => 0.5 / Math.sqrt(Math.max(u, 1e-12)),
    expression: (u) => call('sqrt', u),
  },
  log: {
    complexity: 2,
    family: 'log',
    domain: (u) => u > 0,
    value: Math.log,
    slope: (u) => 1 / u,
    expression: (u) => call('log', u),
  },
  exp: { complexity: 2, family: 'exp', value: Math.exp, slope: Math.exp, expression: (u) => call('exp', u) },
  abs: {
    complexity: 3,
    family: 'power',
    parity: 1,
    value: Math.abs,
    slope: Math.sign,
    expression: (u) => call('abs', u),
  },
  sin: { complexity: 3, family: 'wave', value: Math.sin, slope: Math.cos, expression: (u) => call('sin', u) },
  cos: {
    complexity: 3,
    family: 'wave',
    value: Math.cos,
    slope: (u) => -Math.sin(u),
    expression: (u) => call('cos', u),
  },
  tan: {
    complexity: 3,
    family: 'shape',
    parity: -1,
    // One branch only: the pole is not for reading.
    domain: (u) => Math.abs(u) < Math.PI / 2 - 1e-3,
    value: Math.tan,
    slope: (u) => 1 + Math.tan(u) ** 2,
    expression: (u) => call('tan', u),
  },
  tanh: {
    complexity: 3,
    family: 'shape',
    parity: -1,
    value: Math.tanh,
    slope: (u) => 1 - Math.tanh(u) ** 2,
    expression: (u) => call('tanh', u),
  },
  arctan: {
    complexity: 4,
    family: 'shape',
    parity: -1,
    value: Math.atan,
    slope: (u) => 1 / (1 + u * u),
    expression: (u) => call('arctan', u),
  },
  sigmoid: {
    complexity: 3,
    family: 'shape',
    value: sigmoid,
    slope: (u) => sigmoid(u) * (1 - sigmoid(u)),
    expression: (u) => call('sigmoid', u),
  },
  gaussian: {
    complexity: 3,
    family: 'shape',
    parity: 1,
    value: (u) => Math.exp(-u * u),
    slope: (u) => -2 * u * Math.exp(-u * u),
    expression: (u) => call('exp', product([number(-1), power(u, 2)])),
  },
};

/**
 * What is fitted unless functions are named. Left out: cos, which is sin shifted (a fit is written with whichever of the two has the
 * smaller phase), and sigmoid, which is tanh scaled and shifted; tan, which its poles make a doubtful reading.
 */
export const defaultFunctions: readonly SymbolicName[] = [
  'x',
  'x^2',
  'x^3',
  'x^4',
  '1/x',
  '1/x^2',
  'sqrt',
  'log',
  'exp',
  'abs',
  'sin',
  'tanh',
  'arctan',
  'gaussian',
];

/** @throws if a name is not in the table */
export function checkFunctions(name: string, functions: readonly SymbolicName[]): void {
  for (const each of functions) {
    if (!Object.hasOwn(symbolicFunctions, each)) {
      throw new Error(
        `${name}: unknown function; expected some of ${Object.keys(symbolicFunctions).join(', ')}, got '${each}'`,
      );
    }
  }
  if (functions.length === 0) throw new Error(`${name}: no functions to choose from; expected at least one, got none`);
}
