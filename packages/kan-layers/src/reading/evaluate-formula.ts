import { callFunctions, type Expression } from './expression.js';

/**
 * The formula's value at one row of inputs, in double precision. NaN or ±Infinity where it is not defined.
 *
 * @throws if the formula has a variable that the row lacks
 */
export function evaluateFormula(formula: Expression, inputs: ArrayLike<number>): number {
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'variable': {
      const value = inputs[formula.index];
      if (value === undefined) {
        throw new Error(
          `evaluateFormula: no value for ${formula.name}; expected at least ${formula.index + 1} inputs, got ${inputs.length}`,
        );
      }
      return value;
    }
    case 'sum':
      return formula.terms.reduce((total, term) => total + evaluateFormula(term, inputs), 0);
    case 'product':
      return formula.factors.reduce((total, factor) => total * evaluateFormula(factor, inputs), 1);
    case 'power':
      return evaluateFormula(formula.base, inputs) ** formula.exponent;
    case 'call':
      return callFunctions[formula.name](evaluateFormula(formula.argument, inputs));
  }
}
