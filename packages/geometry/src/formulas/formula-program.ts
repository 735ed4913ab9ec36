import { type MathNode, parse } from 'mathjs/number';
import { shortened } from '../show-value.js';
import { binaryFunctions, type FormulaFunction, formulaConstants, unaryFunctions } from './formula-functions.js';

// math.js only parses; nothing of its evaluation is used. Its syntax tree is translated node by node into a list of known numeric
// functions, looked up in maps: what is not in them is an error, so a formula cannot reach an object, a prototype or a global.

const mostCharacters = 2000;
/** Parentheses inside each other. math.js' parser calls itself some fifteen times for each. */
const mostDepth = 100;

interface Step {
  readonly apply: FormulaFunction;
  readonly a: number;
  readonly b: number;
}

/**
 * Formulas as a list of steps over numbered registers, evaluated without allocating. With derivatives: forward differentiation, each
 * register with its derivatives by the first two inputs (u and v).
 */
export class FormulaProgram {
  private readonly values: number[] = [];
  private readonly byU: number[] = [];
  private readonly byV: number[] = [];
  private readonly names = new Map<string, number>();
  private readonly steps: (Step | undefined)[] = [];
  private readonly conditions = new Map<number, readonly [condition: number, then: number, otherwise: number]>();

  /** @param inputs names of the numbers that come in; derivatives are by the first two */
  constructor(private readonly inputs: readonly string[]) {
    inputs.forEach((name, index) => {
      this.names.set(name, this.constant(0));
      this.byU[index] = index === 0 ? 1 : 0;
      this.byV[index] = index === 1 ? 1 : 0;
    });
  }

  /**
   * Adds a formula.
   *
   * @returns the register that holds its value
   * @throws Error that says what is wrong with the formula
   */
  add(formula: string | number): number {
    if (typeof formula === 'number') return this.constant(formula);
    if (formula.length > mostCharacters) {
      throw new Error(`the formula is too long; expected at most ${mostCharacters} characters, got ${formula.length}`);
    }
    checkDepth(formula);
    try {
      return this.translate(parse(formula));
    } catch (error) {
      // What goes deep without parentheses: signs and powers.
      if (error instanceof RangeError) throw new Error('the formula is nested too deeply; write parts of it under let');
      throw error;
    }
  }

  /** Gives a register a name that later formulas may use. */
  name(name: string, register: number): void {
    this.names.set(name, register);
  }

  /** Whether formulas already know a name. */
  knows(name: string): boolean {
    return this.names.has(name) || formulaConstants.has(name) || unaryFunctions.has(name) || binaryFunctions.has(name);
  }

  /** Sets an input. */
  set(input: number, value: number): void {
    this.values[input] = value;
  }

  value(register: number): number {
    return this.values[register];
  }

  derivativeU(register: number): number {
    return this.byU[register];
  }

  derivativeV(register: number): number {
    return this.byV[register];
  }

  /** Evaluates every register. */
  run(): void {
    const { values, steps } = this;
    for (let i = this.inputs.length; i < steps.length; i++) {
      const step = steps[i];
      if (step !== undefined) values[i] = step.apply.value(values[step.a], values[step.b]);
      else if (this.conditions.size > 0) values[i] = values[this.chosen(i)];
    }
  }

  /** Evaluates every register and its derivatives by u and v. */
  runWithDerivatives(): void {
    const { values, byU, byV, steps } = this;
    for (let i = this.inputs.length; i < steps.length; i++) {
      const step = steps[i];
      if (step === undefined) {
        const from = this.chosen(i);
        values[i] = values[from];
        byU[i] = byU[from];
        byV[i] = byV[from];
        continue;
      }
      const { apply, a, b } = step;
      const value = apply.value(values[a], values[b]);
      values[i] = value;
      byU[i] = 0;
      byV[i] = 0;
      // What does not depend on u and v is left out: 0 · Infinity would be NaN.
      if (byU[a] !== 0 || byV[a] !== 0) {
        const slope = apply.byA(values[a], values[b], value);
        byU[i] += slope * byU[a];
        byV[i] += slope * byV[a];
      }
      if (apply.byB && (byU[b] !== 0 || byV[b] !== 0)) {
        const slope = apply.byB(values[a], values[b], value);
        byU[i] += slope * byU[b];
        byV[i] += slope * byV[b];
      }
    }
  }

  /** The register whose value a conditional one has; a constant's own. */
  private chosen(register: number): number {
    const condition = this.conditions.get(register);
    if (condition === undefined) return register;
    return this.values[condition[0]] !== 0 ? condition[1] : condition[2];
  }

  private constant(value: number): number {
    if (!Number.isFinite(value)) throw new Error(`a number is wrong; expected a finite one, got ${value}`);
    return this.push(value, undefined);
  }

  private push(value: number, step: Step | undefined): number {
    this.values.push(value);
    this.byU.push(0);
    this.byV.push(0);
    return this.steps.push(step) - 1;
  }

  private translate(node: MathNode): number {
    const parts = node as unknown as Record<string, unknown>;
    const child = (key: string) => this.translate(parts[key] as MathNode);
    switch (node.type) {
      case 'ConstantNode':
        if (typeof parts.value !== 'number') throw unexpected(node);
        return this.constant(parts.value);
      case 'SymbolNode':
        return this.symbol(parts.name as string);
      case 'ParenthesisNode':
        return child('content');
      case 'ConditionalNode': {
        const condition = [child('condition'), child('trueExpr'), child('falseExpr')] as const;
        const register = this.push(0, undefined);
        this.conditions.set(register, condition);
        return register;
      }
      case 'OperatorNode':
        return this.call(parts.fn as string, parts.args as MathNode[], node);
      case 'FunctionNode': {
        const name = parts.fn as MathNode & { name?: unknown };
        if (name.type !== 'SymbolNode') throw unexpected(node);
        return this.call(name.name as string, parts.args as MathNode[], node);
      }
      default:
        throw unexpected(node);
    }
  }

  private symbol(name: string): number {
    const register = this.names.get(name);
    if (register !== undefined) return register;
    const constant = formulaConstants.get(name);
    if (constant !== undefined) return this.constant(constant);
    const known = [...this.names.keys(), ...formulaConstants.keys()].join(', ');
    throw new Error(`unknown name "${shortened(name)}"; expected one of ${known}`);
  }

  private call(name: string, args: readonly MathNode[], node: MathNode): number {
    const unary = unaryFunctions.get(name);
    const binary = binaryFunctions.get(name);
    if (unary === undefined && binary === undefined) throw unexpected(node);
    if (unary && args.length === 1) {
      const a = this.translate(args[0]);
      return this.push(0, { apply: unary, a, b: a });
    }
    // min(a, b, c), hypot(a, b, c) and the like go from the left, as do comparisons' operators.
    if (
      binary &&
      (args.length === 2 || (args.length > 2 && ['min', 'max', 'hypot', 'add', 'multiply'].includes(name)))
    ) {
      const registers = args.map((arg) => this.translate(arg));
      return registers.reduce((a, b) => this.push(0, { apply: binary, a, b }));
    }
    throw new Error(`wrong number of arguments of "${name}"; expected ${unary ? 1 : 2}, got ${args.length}`);
  }
}

/** @throws if there are too many parentheses inside each other */
function checkDepth(formula: string): void {
  let depth = 0;
  for (const character of formula) {
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    if (depth <= mostDepth) continue;
    throw new Error(
      `the formula is nested too deeply; expected at most ${mostDepth} parentheses inside each other; write parts of it under let`,
    );
  }
}

/** A part of a formula that is not allowed. */
export class RefusedFormulaError extends Error {
  /** @param part as math.js writes it, quoted and shortened */
  constructor(readonly part: string) {
    const known = [...unaryFunctions.keys(), ...binaryFunctions.keys()].filter((name) => !operators.has(name));
    super(
      `${part} is not allowed; expected numbers, names, + - * / ^ mod, comparisons, and, or, not, a ? b : c and ${known.join(', ')}`,
    );
  }
}

function unexpected(node: MathNode): Error {
  return new RefusedFormulaError(`"${shortened(node.toString())}"`);
}

const operators = new Set([
  ...['unaryMinus', 'unaryPlus', 'not', 'add', 'subtract', 'multiply', 'divide', 'pow', 'mod'],
  ...['smaller', 'smallerEq', 'larger', 'largerEq', 'equal', 'unequal', 'and', 'or'],
]);
