import { describe, expect, it } from 'vitest';
import { evaluateForm } from './affine-form.js';
import { fitFunction, fitPoints } from './fit-symbolic.js';
import { type SymbolicName, symbolicFunctions } from './symbolic-functions.js';

const cases: [SymbolicName, number, number, number, number][] = [
  ['x', 1, 0, -2, 0.5],
  ['x^2', 1, 0.7, 1.3, -2],
  ['x^3', 1, -0.4, -0.6, 1],
  ['x^4', 1, 0.2, 2, 0],
  ['1/x', 1, 3, 2, 1],
  ['1/x^2', 1, -4, 5, 0],
  ['sqrt', 1, 2, 1.5, -1],
  ['sqrt', -1, 5, 1.5, -1],
  ['log', 1, 2.5, 0.8, 3],
  ['exp', -0.9, 0, 0.4, 2],
  ['abs', 1, -0.3, 1.2, 0.1],
  ['sin', 3.3, 0.4, -1.7, 0.2],
  ['cos', 2.1, -0.3, 0.9, 1],
  ['tan', 0.5, 0.1, 1, 0],
  ['tanh', 1.8, -0.7, 2, 0.3],
  ['arctan', 2.5, 0.6, 1, 0],
  ['sigmoid', 3, 1, 2, -1],
  ['gaussian', 1.4, -0.5, 3, 1],
];

describe('fitFunction', () => {
  // Off the middle and in other units than the grid's.
  const x = Float64Array.from({ length: 151 }, (_, k) => -1.5 + (3.2 * k) / 150);

  it.each(cases)('finds the constants of %s again', (name, a, b, c, d) => {
    const form = { name, a, b, c, d };
    const fit = fitFunction(
      name,
      x,
      x.map((at) => evaluateForm(form, at)),
    )!;
    expect(1 - fit.r2).toBeLessThan(1e-9);
    expect(fit.form.name).toBe(name);
    for (const key of ['a', 'b', 'c', 'd'] as const) expect(fit.form[key], key).toBeCloseTo(form[key], 4);
  });

  it('does not depend on the units of x and y', () => {
    const far = x.map((at) => 1e4 + 1e3 * at);
    const y = x.map((at) => 1e-5 * Math.tanh(1.8 * at) + 1e-3);
    expect(1 - fitFunction('tanh', far, y)!.r2).toBeLessThan(1e-9);
  });

  it('slopes are the derivatives of the values', () => {
    for (const [name, { value, slope }] of Object.entries(symbolicFunctions)) {
      for (const u of [0.3, 0.9, 1.4]) {
        expect((value(u + 1e-6) - value(u - 1e-6)) / 2e-6 / slope(u), name).toBeCloseTo(1, 6);
      }
    }
  });

  it('a function that is defined nowhere near is left out, and no fit is NaN', () => {
    const y = x.map((at) => at);
    for (const name of Object.keys(symbolicFunctions) as SymbolicName[]) {
      const fit = fitFunction(name, x, y);
      if (fit) expect(Object.values(fit.form).slice(1).every(Number.isFinite), name).toBe(true);
    }
  });

  it('takes points as the inputs lie', () => {
    const many = Float64Array.from({ length: 5000 }, (_, k) => (k / 4999) ** 3);
    const points = fitPoints(many, 101);
    expect([points[0], points[50]! < 0.126 && points[50]! > 0.124, points[100]]).toEqual([0, true, 1]);
  });
});
