import { describe, expect, it } from 'vitest';
import {
  call,
  type Expression,
  evaluateFormula,
  formulaToLatex,
  formulaToText,
  number,
  power,
  product,
  sum,
  variable,
} from '../index.js';

const x = variable(0);
const y = variable(1, 'wave_amp');
const n = number;

const cases: [Expression, string, string][] = [
  [product([n(2), x]), '2*x1', '2 x_{1}'],
  [product([n(2), sum([product([n(3), x]), n(1)])]), '6*x1 + 2', '6 x_{1} + 2'],
  [sum([x, product([n(-1), y]), n(0)]), 'x1 - wave_amp', 'x_{1} - \\mathrm{wave\\_amp}'],
  [sum([x, product([n(-1), x])]), '0', '0'],
  [power(sum([x, n(-0.5)]), 2), '(x1 - 0.5)^2', '\\left(x_{1} - 0.5\\right)^{2}'],
  [power(product([n(2), x]), 3), '8*x1^3', '8 x_{1}^{3}'],
  [product([n(3), power(sum([x, n(2)]), -1)]), '3/(x1 + 2)', '\\frac{3}{x_{1} + 2}'],
  [product([n(-1), power(x, -2)]), '-1/x1^2', '-\\frac{1}{x_{1}^{2}}'],
  [product([n(2), y, power(x, -1)]), '2*wave_amp/x1', '\\frac{2 \\mathrm{wave\\_amp}}{x_{1}}'],
  [call('sin', product([n(Math.PI / 2), x])), 'sin((pi/2)*x1)', '\\sin\\left(\\frac{\\pi}{2} x_{1}\\right)'],
  [product([n(1 / 3), x]), '(1/3)*x1', '\\frac{1}{3} x_{1}'],
  [product([n(-1), call('sqrt', x)]), '-sqrt(x1)', '-\\sqrt{x_{1}}'],
  [call('abs', x), 'abs(x1)', '\\left|x_{1}\\right|'],
  [call('exp', n(0)), '1', '1'],
  [n(1.5e-8), '1.5e-8', '1.5 \\cdot 10^{-8}'],
  [product([x, sum([x, y])]), 'x1*(x1 + wave_amp)', 'x_{1} \\left(x_{1} + \\mathrm{wave\\_amp}\\right)'],
  [
    sum([product([n(2), call('sin', x)]), product([n(0.5), call('sin', x)])]),
    '2.5*sin(x1)',
    '2.5 \\sin\\left(x_{1}\\right)',
  ],
];

describe('expressions', () => {
  it.each(cases)('%#: text and LaTeX', (formula, text, latex) => {
    expect(formulaToText(formula)).toBe(text);
    expect(formulaToLatex(formula)).toBe(latex);
  });

  it('the text means what the tree does', () => {
    // Read by JavaScript itself.
    const names = ['exp', 'log', 'sqrt', 'abs', 'sin', 'cos', 'tan', 'tanh'];
    for (const [formula, text] of cases) {
      // Minus binds tighter than ** is not allowed in JavaScript, and not needed after a bracket.
      const source = text
        .replace(/-(1\/)?(?=[a-z])/g, '-1*$1')
        .replace(/\^/g, '**')
        .replace('-1*1/', '-1/');
      const read = new Function('x1', 'wave_amp', 'pi', ...names, `return ${source}`);
      const math = Math as unknown as Record<string, unknown>;
      for (const row of [
        [0.7, 1.3],
        [2.1, -0.4],
      ]) {
        const expected = read(...row, Math.PI, ...names.map((name) => math[name]));
        expect(evaluateFormula(formula, row), text).toBeCloseTo(expected, 12);
      }
    }
  });

  it('digits round what is printed, names are escaped, a missing input is named', () => {
    expect(formulaToText(product([n(1.23456), x]), { digits: 3 })).toBe('1.23*x1');
    expect(formulaToLatex(variable(0, 'a#b_{c}'))).toBe('\\mathrm{a\\#b\\_\\{c\\}}');
    expect(() => evaluateFormula(y, [1])).toThrow('no value for wave_amp');
    expect(evaluateFormula(call('log', x), [-1])).toBeNaN();
  });
});
