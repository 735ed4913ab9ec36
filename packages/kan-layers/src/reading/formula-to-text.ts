import { checkOptions } from '../check-options.js';
import { type Expression, splitCoefficient } from './expression.js';
import { asNiceNumber } from './nice-number.js';

/** Options of formulaToText and formulaToLatex. */
export interface FormulaOptions {
  /** Significant digits of numbers that have no exact short form. Default: as many as the number has. */
  digits?: number | null;
}

/**
 * The formula in plain text, as most languages and computer algebra systems read it: `exp(sin(pi*x1) + x2^2)`.
 */
export function formulaToText(formula: Expression, options: FormulaOptions = {}): string {
  checkOptions('formulaToText', options, { digits: null });
  const digits = options.digits ?? null;
  const text = (part: Expression) => formulaToText(part, options);
  /** In brackets unless it binds tighter than * and ^. */
  const tight = (part: Expression) => {
    const open = part.kind === 'sum' || part.kind === 'product' || part.kind === 'power';
    const sign = part.kind === 'number' && (part.value < 0 || /[*/]/.test(text(part)));
    return open || sign ? `(${text(part)})` : text(part);
  };
  switch (formula.kind) {
    case 'number':
      return numberText(formula.value, digits);
    case 'variable':
      return formula.name;
    case 'call':
      return `${formula.name}(${text(formula.argument)})`;
    case 'power':
      return formula.exponent === -1
        ? `1/${tight(formula.base)}`
        : `${tight(formula.base)}^${formula.exponent < 0 ? `(${formula.exponent})` : formula.exponent}`;
    case 'product': {
      const [coefficient, rest] = splitCoefficient(formula);
      const factors = rest.kind === 'product' ? rest.factors : [rest];
      const over = factors.filter((factor) => factor.kind !== 'power' || factor.exponent > 0);
      const under = factors.filter((factor) => factor.kind === 'power' && factor.exponent < 0);
      const bracketed = (factor: Expression) => (factor.kind === 'sum' ? `(${text(factor)})` : text(factor));
      const written = over.map(bracketed);
      if (coefficient !== -1 && (coefficient !== 1 || written.length === 0)) {
        const number = numberText(coefficient, digits);
        written.unshift(number.includes('/') && !number.includes('*') ? `(${number})` : number);
      }
      if (coefficient === -1 && written.length === 0) written.push('1');
      const divisors = under.map((factor) => {
        const { base, exponent } = factor as Extract<Expression, { kind: 'power' }>;
        return `/${exponent === -1 ? tight(base) : `${tight(base)}^${-exponent}`}`;
      });
      return `${coefficient === -1 ? '-' : ''}${written.join('*')}${divisors.join('')}`;
    }
    case 'sum':
      return joinTerms(formula.terms.map(text));
  }
}

/** "a + b − c": a term's own minus becomes the sum's. */
export function joinTerms(terms: readonly string[]): string {
  return terms.reduce((sum, term) => (term.startsWith('-') ? `${sum} - ${term.slice(1)}` : `${sum} + ${term}`));
}

function numberText(value: number, digits: number | null): string {
  const nice = asNiceNumber(value);
  if (nice && (nice.pi || [3, 6].includes(nice.denominator))) {
    const { numerator, denominator, pi } = nice;
    const over = pi
      ? Math.abs(numerator) === 1
        ? `${numerator < 0 ? '-' : ''}pi`
        : `${numerator}*pi`
      : `${numerator}`;
    return denominator === 1 ? over : `${over}/${denominator}`;
  }
  return String(digits === null ? value : Number(value.toPrecision(digits)));
}
