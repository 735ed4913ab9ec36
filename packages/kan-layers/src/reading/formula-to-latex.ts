import { checkOptions } from '../check-options.js';
import { type Expression, splitCoefficient } from './expression.js';
import { type FormulaOptions, joinTerms } from './formula-to-text.js';
import { asNiceNumber } from './nice-number.js';

const commands: Record<string, string> = {
  exp: '\\exp',
  log: '\\log',
  sin: '\\sin',
  cos: '\\cos',
  tan: '\\tan',
  tanh: '\\tanh',
  arctan: '\\arctan',
  sigmoid: '\\sigma',
};

/** The formula in LaTeX's mathematics: `\exp\left(\sin\left(\pi x_{1}\right) + x_{2}^{2}\right)`. */
export function formulaToLatex(formula: Expression, options: FormulaOptions = {}): string {
  checkOptions('formulaToLatex', options, { digits: null });
  const digits = options.digits ?? null;
  const latex = (part: Expression) => formulaToLatex(part, options);
  const brackets = (part: Expression) => `\\left(${latex(part)}\\right)`;
  const base = (part: Expression) => (part.kind === 'variable' ? latex(part) : brackets(part));
  switch (formula.kind) {
    case 'number':
      return numberLatex(formula.value, digits);
    case 'variable':
      return variableLatex(formula.name);
    case 'call': {
      if (formula.name === 'sqrt') return `\\sqrt{${latex(formula.argument)}}`;
      if (formula.name === 'abs') return `\\left|${latex(formula.argument)}\\right|`;
      return `${commands[formula.name]}${brackets(formula.argument)}`;
    }
    case 'power':
      return formula.exponent < 0
        ? `\\frac{1}{${positivePower(formula.base, -formula.exponent)}}`
        : positivePower(formula.base, formula.exponent);
    case 'product': {
      const [coefficient, rest] = splitCoefficient(formula);
      const factors = rest.kind === 'product' ? rest.factors : [rest];
      const over = factors.filter((factor) => factor.kind !== 'power' || factor.exponent > 0);
      const under = factors.filter((factor) => factor.kind === 'power' && factor.exponent < 0);
      const written = over.map((factor) => (factor.kind === 'sum' ? brackets(factor) : latex(factor)));
      const number = numberLatex(Math.abs(coefficient), digits);
      if (number !== '1' || written.length === 0) written.unshift(number);
      const sign = coefficient < 0 ? '-' : '';
      const top = written.join(' ');
      if (under.length === 0) return `${sign}${top}`;
      const bottom = under.map((factor) => {
        const { base: inner, exponent } = factor as Extract<Expression, { kind: 'power' }>;
        return positivePower(inner, -exponent);
      });
      return `${sign}\\frac{${top}}{${bottom.join(' ')}}`;
    }
    case 'sum':
      return joinTerms(formula.terms.map(latex));
  }

  function positivePower(inner: Expression, exponent: number): string {
    if (exponent === 1) return latex(inner);
    return `${base(inner)}^{${exponent}}`;
  }
}

function numberLatex(value: number, digits: number | null): string {
  const nice = asNiceNumber(value);
  const sign = value < 0 ? '-' : '';
  if (nice && (nice.pi || [3, 6].includes(nice.denominator))) {
    const numerator = Math.abs(nice.numerator);
    const over = nice.pi ? (numerator === 1 ? '\\pi' : `${numerator} \\pi`) : `${numerator}`;
    return nice.denominator === 1 ? `${sign}${over}` : `${sign}\\frac{${over}}{${nice.denominator}}`;
  }
  const text = String(digits === null ? value : Number(value.toPrecision(digits)));
  const [mantissa, exponent] = text.split('e');
  return exponent ? `${mantissa} \\cdot 10^{${Number(exponent)}}` : text;
}

/** x12 → x_{12}; wave_amp → \mathrm{wave\_amp}; a single letter stays. */
function variableLatex(name: string): string {
  const indexed = /^([A-Za-z])_?(\d+)$/.exec(name);
  if (indexed) return `${indexed[1]}_{${indexed[2]}}`;
  const escaped = name.replace(/[\\{}$&#^_%~]/g, (character) =>
    '{}$&#_%'.includes(character) ? `\\${character}` : `\\text{\\char${character.charCodeAt(0)}}`,
  );
  return /^[A-Za-z]$/.test(name) ? name : `\\mathrm{${escaped}}`;
}
