/** A function of one or two numbers and its partial derivatives. */
export interface FormulaFunction {
  readonly value: (a: number, b: number) => number;
  /** ∂/∂a and, for two arguments, ∂/∂b; `value` is the function's value at (a, b). */
  readonly byA: (a: number, b: number, value: number) => number;
  readonly byB?: (a: number, b: number, value: number) => number;
}

const zero = () => 0;
const flag = (holds: boolean) => (holds ? 1 : 0);

/** What a formula may call with one argument. */
export const unaryFunctions: ReadonlyMap<string, FormulaFunction> = new Map<string, FormulaFunction>([
  ['sin', { value: Math.sin, byA: Math.cos }],
  ['cos', { value: Math.cos, byA: (a) => -Math.sin(a) }],
  ['tan', { value: Math.tan, byA: (_a, _b, value) => 1 + value * value }],
  ['asin', { value: Math.asin, byA: (a) => 1 / Math.sqrt(1 - a * a) }],
  ['acos', { value: Math.acos, byA: (a) => -1 / Math.sqrt(1 - a * a) }],
  ['atan', { value: Math.atan, byA: (a) => 1 / (1 + a * a) }],
  ['sinh', { value: Math.sinh, byA: Math.cosh }],
  ['cosh', { value: Math.cosh, byA: Math.sinh }],
  ['tanh', { value: Math.tanh, byA: (_a, _b, value) => 1 - value * value }],
  ['exp', { value: Math.exp, byA: (_a, _b, value) => value }],
  ['log', { value: Math.log, byA: (a) => 1 / a }],
  ['sqrt', { value: Math.sqrt, byA: (_a, _b, value) => 0.5 / value }],
  ['cbrt', { value: Math.cbrt, byA: (_a, _b, value) => 1 / (3 * value * value) }],
  ['abs', { value: Math.abs, byA: Math.sign }],
  ['sign', { value: Math.sign, byA: zero }],
  ['floor', { value: Math.floor, byA: zero }],
  ['ceil', { value: Math.ceil, byA: zero }],
  ['unaryMinus', { value: (a) => -a, byA: () => -1 }],
  ['unaryPlus', { value: (a) => a, byA: () => 1 }],
  ['not', { value: (a) => flag(a === 0), byA: zero }],
]);

/** What a formula may call, or write as an operator, with two arguments. */
export const binaryFunctions: ReadonlyMap<string, FormulaFunction> = new Map<string, FormulaFunction>([
  ['add', { value: (a, b) => a + b, byA: () => 1, byB: () => 1 }],
  ['subtract', { value: (a, b) => a - b, byA: () => 1, byB: () => -1 }],
  ['multiply', { value: (a, b) => a * b, byA: (_, b) => b, byB: (a) => a }],
  ['divide', { value: (a, b) => a / b, byA: (_, b) => 1 / b, byB: (_a, b, value) => -value / b }],
  ['pow', { value: (a, b) => a ** b, byA: (a, b) => b * a ** (b - 1), byB: (a, _, value) => value * Math.log(a) }],
  // As in mathematics: the remainder has the divisor's sign.
  ['mod', { value: (a, b) => a - b * Math.floor(a / b), byA: () => 1, byB: (a, b) => -Math.floor(a / b) }],
  ['atan2', { value: Math.atan2, byA: (a, b) => b / (a * a + b * b), byB: (a, b) => -a / (a * a + b * b) }],
  ['hypot', { value: Math.hypot, byA: (a, _, value) => a / value, byB: (_, b, value) => b / value }],
  ['min', { value: Math.min, byA: (a, b) => flag(a <= b), byB: (a, b) => flag(a > b) }],
  ['max', { value: Math.max, byA: (a, b) => flag(a >= b), byB: (a, b) => flag(a < b) }],
  ['smaller', { value: (a, b) => flag(a < b), byA: zero, byB: zero }],
  ['smallerEq', { value: (a, b) => flag(a <= b), byA: zero, byB: zero }],
  ['larger', { value: (a, b) => flag(a > b), byA: zero, byB: zero }],
  ['largerEq', { value: (a, b) => flag(a >= b), byA: zero, byB: zero }],
  ['equal', { value: (a, b) => flag(a === b), byA: zero, byB: zero }],
  ['unequal', { value: (a, b) => flag(a !== b), byA: zero, byB: zero }],
  ['and', { value: (a, b) => flag(a !== 0 && b !== 0), byA: zero, byB: zero }],
  ['or', { value: (a, b) => flag(a !== 0 || b !== 0), byA: zero, byB: zero }],
]);

export const formulaConstants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['tau', 2 * Math.PI],
  ['e', Math.E],
]);
