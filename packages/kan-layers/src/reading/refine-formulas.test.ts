import { describe, expect, it } from 'vitest';
import { relativeError } from '../../test/backends.js';
import { canonicalForm, evaluateForm } from './affine-form.js';
import { evaluateFormula } from './evaluate-formula.js';
import { getConstant, setConstant } from './formula-constants.js';
import { type FormulaLayer, formulasOf, runFormulas } from './formula-network.js';
import { levenbergMarquardt } from './levenberg-marquardt.js';
import { addNormalEquations, halfSquares, refineFormulas } from './refine-formulas.js';
import { simplifyFormulas } from './simplify-formulas.js';
import { type SymbolicName, symbolicFunctions } from './symbolic-functions.js';

const rows = 80;
const samples = {
  rows,
  columns: 2,
  data: Float64Array.from({ length: rows * 2 }, (_, k) => 2 * (((k + 1) * 0.618034) % 1) - 1),
};

function network(): FormulaLayer[] {
  return [
    {
      inputs: 2,
      units: 3,
      edges: [
        { input: 0, unit: 0, name: 'sin', a: 2, b: 0.3, c: 0.8 },
        { input: 1, unit: 0, name: 'x^2', a: 1.4, b: 0.5, c: 0.3 },
        { input: 1, unit: 1, name: 'x', a: -2, b: 0.5, c: 0.7 },
        { input: 0, unit: 1, name: 'tanh', a: -1.5, b: 0.2, c: 0.4 },
        { input: 0, unit: 2, name: 'exp', a: 0.5, b: 1, c: 0.2 },
      ],
      constants: Float64Array.of(0.2, -0.3, 2),
    },
    {
      inputs: 3,
      units: 2,
      edges: [
        { input: 0, unit: 0, name: 'exp', a: 0.7, b: -0.2, c: 1.3 },
        { input: 1, unit: 0, name: 'x', a: 1, b: 0, c: -0.6 },
        { input: 1, unit: 1, name: 'cos', a: -1.8, b: 0.4, c: 0.9 },
        { input: 2, unit: 1, name: 'log', a: 3, b: 0.5, c: 0.6 },
        { input: 2, unit: 0, name: 'sqrt', a: 2, b: 0.1, c: -0.6 },
      ],
      constants: Float64Array.of(0.1, -0.5),
    },
  ];
}

describe('formula networks', () => {
  it('simplification keeps the function', () => {
    const net = network();
    const before = runFormulas(net, samples);
    const constants = simplifyFormulas(net);
    const after = runFormulas(net, samples);
    before.forEach((value, k) => {
      expect(after[k]).toBeCloseTo(value, 11);
    });
    expect([...net[0]!.constants]).toEqual([0, 0, 0]);
    expect(constants.length).toBeLessThan(3 * 10 + 5);
    // And once more changes nothing.
    const numbers = constants.map((constant) => getConstant(net, constant));
    simplifyFormulas(net);
    constants.forEach((constant, i) => {
      expect(getConstant(net, constant)).toBeCloseTo(numbers[i]!, 12);
    });
  });

  it('the composed formulas say the same', () => {
    const net = network();
    const got = runFormulas(net, samples);
    const formulas = formulasOf(net, ['a', 'b']);
    for (let r = 0; r < rows; r++) {
      const row = samples.data.subarray(2 * r, 2 * r + 2);
      formulas.forEach((formula, o) => {
        expect(evaluateFormula(formula, row)).toBeCloseTo(got[2 * r + o]!, 11);
      });
    }
  });

  it('a node that nothing feeds is a constant, and one that nothing reads is gone', () => {
    const net = network();
    net[0]!.edges = net[0]!.edges.filter(({ unit }) => unit !== 1);
    net[1]!.edges = net[1]!.edges.filter(({ input }) => input !== 2);
    const before = runFormulas(net, samples);
    simplifyFormulas(net);
    expect(net[0]!.edges.map(({ unit }) => unit)).toEqual([0, 0]);
    expect(net[1]!.edges.map(({ name }) => name)).toEqual(['exp']);
    runFormulas(net, samples).forEach((value, k) => {
      expect(value).toBeCloseTo(before[k]!, 11);
    });
  });

  it('refinement finds the constants again from others, by the gradient in closed form', () => {
    const net = network();
    const constants = simplifyFormulas(net);
    const targets = runFormulas(net, samples);
    const truth = constants.map((constant) => getConstant(net, constant));
    constants.forEach((constant, i) => {
      setConstant(net, constant, truth[i]! * (1 + 0.05 * Math.sin(i * 7)) + 0.01 * Math.cos(i * 5));
    });
    const start = halfSquares(runFormulas(net, samples), targets);
    const cost = refineFormulas(net, constants, samples, targets, 400);
    expect(cost / start).toBeLessThan(1e-8);
    expect(halfSquares(runFormulas(net, samples), targets)).toBe(cost);
  });

  it('normal equations equal finite differences', () => {
    const net = network();
    const constants = simplifyFormulas(net);
    const targets = runFormulas(net, samples).map((value, k) => value + 0.1 * Math.sin(k));
    const n = constants.length;
    const [hessian, gradient] = [new Float64Array(n * n), new Float64Array(n)];
    addNormalEquations(net, constants, samples, targets, hessian, gradient);
    const columns = constants.map((constant) => {
      const value = getConstant(net, constant);
      const at = (x: number) => {
        setConstant(net, constant, x);
        return runFormulas(net, samples);
      };
      const [above, below] = [at(value + 1e-5), at(value - 1e-5)];
      setConstant(net, constant, value);
      return above.map((v, k) => (v - below[k]!) / 2e-5);
    });
    const residuals = runFormulas(net, samples).map((value, k) => value - targets[k]!);
    const dot = (p: Float64Array, q: Float64Array) => p.reduce((total, v, k) => total + v * q[k]!, 0);
    const expected = Float64Array.from(columns, (column) => dot(column, residuals));
    expect(relativeError(gradient, expected)).toBeLessThan(1e-8);
    expect(
      relativeError(
        hessian,
        columns.flatMap((p) => columns.map((q) => dot(p, q))),
      ),
    ).toBeLessThan(1e-8);
  });

  it('a function that leaves its domain makes the cost infinite and the start is kept', () => {
    const net: FormulaLayer[] = [
      {
        inputs: 2,
        units: 1,
        edges: [{ input: 0, unit: 0, name: 'log', a: 1, b: 0, c: 1 }],
        constants: Float64Array.of(0),
      },
    ];
    const constants = simplifyFormulas(net);
    expect(refineFormulas(net, constants, samples, new Float64Array(rows), 10)).toBe(Number.POSITIVE_INFINITY);
    expect(net[0]!.edges[0]).toMatchObject({ a: 1, b: 0, c: 1 });
  });
});

describe('canonicalForm', () => {
  it('keeps the function, for every function of the table', () => {
    for (const name of Object.keys(symbolicFunctions) as SymbolicName[]) {
      for (const [a, b, c, d] of [
        [1.7, 2.4, -0.6, 0.3],
        [-0.4, 0.9, 1.2, -2],
      ] as const) {
        const form = { name, a, b, c, d };
        const canonical = canonicalForm(form);
        for (const x of [-0.9, 0.1, 0.8])
          expect(evaluateForm(canonical, x), name).toBeCloseTo(evaluateForm(form, x), 11);
        if (name === 'sin' || name === 'cos') {
          expect(Math.abs(canonical.b)).toBeLessThanOrEqual(Math.PI / 4 + 1e-12);
          expect(canonical.a).toBeGreaterThan(0);
        }
      }
    }
  });
});

describe('levenbergMarquardt', () => {
  it("finds the bottom of Rosenbrock's valley", () => {
    const residuals = ([x, y]: Float64Array) => [10 * (y! - x! * x!), 1 - x!];
    const cost = (p: Float64Array) => residuals(p).reduce((s, r) => s + (r * r) / 2, 0);
    const normalEquations = (p: Float64Array, hessian: Float64Array, gradient: Float64Array) => {
      const jacobian = [
        [-20 * p[0]!, 10],
        [-1, 0],
      ];
      residuals(p).forEach((r, k) => {
        for (const i of [0, 1]) {
          gradient[i]! += jacobian[k]![i]! * r;
          for (const j of [0, 1]) hessian[i * 2 + j]! += jacobian[k]![i]! * jacobian[k]![j]!;
        }
      });
    };
    const { parameters, cost: left } = levenbergMarquardt({ cost, normalEquations }, Float64Array.of(-1.2, 1), 200);
    expect(left).toBeLessThan(1e-20);
    expect(parameters[0]).toBeCloseTo(1, 8);
    expect(parameters[1]).toBeCloseTo(1, 8);
  });
});
