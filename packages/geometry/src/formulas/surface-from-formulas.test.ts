import { describe, expect, it } from 'vitest';
import { type FormulaSurfaceDefinition, surfaceFromFormulas } from '../formulas.js';
import { isWatertight } from '../mesh/is-watertight.js';
import { spiralCylinder } from '../surfaces/built-in/spiral-cylinder.js';
import { surfaceArea } from '../surfaces/surface-area.js';
import { surfaceNormal } from '../surfaces/surface-normal.js';
import { surfaceNormals } from '../surfaces/surface-normals.js';
import { tessellate } from '../surfaces/tessellate.js';

/** As JSON.parse of a file gives it. */
const spiral = (): Record<string, unknown> => ({
  name: 'formula-spiral',
  parameters: JSON.parse(JSON.stringify(spiralCylinder.parameters)),
  domain: { u: [0, '2 * pi'], v: [0, 'height'] },
  let: { angle: 'u + twist_amp * sin(twist_freq * v)', r: 'radius + wave_amp * cos(wave_freq v)' },
  x: 'r * cos(angle)',
  y: 'r * sin(angle)',
  z: 'v',
  closedU: true,
});
const fromFormulas = (change: Record<string, unknown> = {}) =>
  surfaceFromFormulas({ ...spiral(), ...change } as unknown as FormulaSurfaceDefinition);

/** One point of a surface whose z is a formula of u, v, a. */
function evaluate(z: string, u: number, v: number, a = 1.5): { z: number; normal: number[] } {
  const surface = surfaceFromFormulas({
    name: 'height-field',
    parameters: [{ name: 'a', min: 1, max: 2 }],
    domain: { u: [0.1, 1], v: [0.1, 1] },
    x: 'u',
    y: 'v',
    z,
  });
  const [point, normal] = [new Float64Array(3), [0, 0, 0]];
  surface.position(u, v, [a], point);
  surfaceNormal(surface, u, v, [a], normal);
  const { normal: _, ...rest } = surface;
  const numeric = [0, 0, 0];
  surfaceNormal(rest, u, v, [a], numeric);
  for (let axis = 0; axis < 3; axis++) expect(normal[axis], z).toBeCloseTo(numeric[axis], 6);
  return { z: point[2], normal };
}

describe('surfaceFromFormulas', () => {
  it('gives the built-in surface again: points, normals, area', () => {
    const surface = fromFormulas();
    const vector = [0.9, 2.5, 1.25, 3, 0.3, 2];
    const steps = { uSteps: 30, vSteps: 20 };
    const [ours, theirs] = [surface, spiralCylinder].map((s) => tessellate(s, vector, steps).positions);
    const [ourNormals, theirNormals] = [surface, spiralCylinder].map((s) => surfaceNormals(s, vector, steps));
    ours.forEach((value, i) => {
      expect(value).toBeCloseTo(theirs[i], 6);
      // Automatic differentiation: as exact as the formula.
      expect(ourNormals[i]).toBeCloseTo(theirNormals[i], 6);
    });
    expect(surfaceArea(surface, vector)).toBeCloseTo(surfaceArea(spiralCylinder, vector), 6);
  });

  it('has a normal at a pole too', () => {
    const surface = surfaceFromFormulas({
      name: 'ball',
      parameters: [],
      domain: { u: [0, 'tau'], v: ['-pi / 2', 'pi / 2'] },
      x: 'cos(v) * cos(u)',
      y: 'cos(v) * sin(u)',
      z: 'sin(v)',
      closedU: true,
      poleVMin: true,
      poleVMax: true,
    });
    const normal = [0, 0, 0];
    surfaceNormal(surface, 0, Math.PI / 2, [], normal);
    expect(normal[2]).toBeGreaterThan(0.9999);
    expect(isWatertight(tessellate(surface, []))).toBe(true);
  });

  it.each([
    ['-u^2', -0.16],
    ['2^3^2 / 512 + u - u', 1],
    ['2 u v', 0.48],
    ['u - v - 0.1', -0.3],
    ['u / v / 2', 0.4 / 0.6 / 2],
    ['a^u', 1.5 ** 0.4],
    ['u^v', 0.4 ** 0.6],
    ['sqrt(u) + cbrt(v) + exp(u) - log(v)', Math.sqrt(0.4) + Math.cbrt(0.6) + Math.exp(0.4) - Math.log(0.6)],
    ['sinh(u) * cosh(v) / tanh(u)', (Math.sinh(0.4) * Math.cosh(0.6)) / Math.tanh(0.4)],
    ['tan(u) + asin(u) + acos(v) + atan(v)', Math.tan(0.4) + Math.asin(0.4) + Math.acos(0.6) + Math.atan(0.6)],
    ['atan2(v, u) + hypot(u, v, 1)', Math.atan2(0.6, 0.4) + Math.hypot(0.4, 0.6, 1)],
    ['max(u, v, 0.5) - min(u, v)', 0.2],
    ['mod(-u, 0.3) + (7 mod 4) * 0', 0.2],
    ['abs(u - v) + sign(u) + floor(v) + ceil(v)', 2.2],
    ['u < v and not (u == v) ? u : v * 2', 0.4],
    ['u >= v or u != u ? u : v * 2', 1.2],
    ['u <= 0.41 ? 3 u : 0', 1.2],
    ['u > 0.41 ? 3 u : +v', 0.6],
    ['e + pi + tau - e - 3 pi + u', 0.4],
  ])('%s', (formula, expected) => {
    expect(evaluate(formula, 0.4, 0.6).z).toBeCloseTo(expected, 12);
  });

  it.each([
    ['u.constructor', 'is not allowed'],
    ['u["constructor"]', 'is not allowed'],
    ['constructor', 'unknown name "constructor"; expected one of u, v, radius'],
    ['__proto__', 'unknown name "__proto__"'],
    ['toString()', 'is not allowed'],
    ['constructor(1)', 'is not allowed'],
    ['hasOwnProperty(u)', 'is not allowed'],
    ['u.constructor("x")', 'is not allowed'],
    ['f(x)=x', 'surfaceFromFormulas: x = "f(x) = x" is not allowed'],
    ['u = 3', 'is not allowed'],
    ['1; 2', 'is not allowed'],
    ['[1, 2]', 'is not allowed'],
    ['{a: 1}', 'is not allowed'],
    ['"text"', 'is not allowed'],
    ['evaluate("1")', 'is not allowed'],
    ['import({})', 'surfaceFromFormulas: x = "import({})" is not allowed; expected numbers'],
    ['u < v < 1', 'is not allowed'],
    ['2 cm', 'unknown name "cm"'],
    ['i', 'unknown name "i"'],
    ['', 'is not allowed'],
    ['sin()', 'wrong number of arguments of "sin"; expected 1, got 0'],
    ['atan2(u)', 'wrong number of arguments of "atan2"; expected 2, got 1'],
    ['sin(', 'x = "sin(" cannot be read'],
    ['1e999', 'expected a finite one, got Infinity'],
    [
      `${'('.repeat(990)}u${')'.repeat(990)}`,
      '(…" cannot be read: the formula is nested too deeply; expected at most 100 parentheses inside each other',
    ],
    [`u${' + u'.repeat(600)}`, 'too long; expected at most 2000 characters'],
  ])('does not let %s through', (formula, message) => {
    expect(() => fromFormulas({ x: formula })).toThrow(message);
  });

  it.each([
    [{ surface: 1 }, 'surfaceFromFormulas: unknown field "surface"; expected name, description, parameters, domain'],
    [{ x: undefined }, 'x is missing; expected a number or a formula'],
    [{ let: { 'a b': '1' } }, 'the name "a b" in let is wrong'],
    [{ let: { u: '1' } }, 'the name "u" in let is wrong'],
    [{ let: { r: 'angle', angle: 'u' } }, 'let.r = "angle" cannot be read: unknown name "angle"'],
    [{ let: 3 }, 'let is wrong'],
    [{ parameters: [{ name: 'pi', min: 0, max: 1 }] }, 'a parameter cannot be named "pi"'],
    [{ parameters: [{ name: 'a', min: 0, max: 1, step: 2 }] }, 'unknown field "step" of parameter "a"'],
    [{ parameters: 3 }, 'parameters is wrong'],
    [{ parameters: undefined }, 'parameters is missing; expected a list of { name, min, max }'],
    [{ parameters: [{ min: 0, max: 1 }] }, 'name of a parameter is missing; expected text'],
    [{ parameters: [{ name: 'a', min: '0', max: 1 }] }, 'min of parameter "a" is wrong; expected a number, got "0"'],
    [{ parameters: [{ name: 'a', min: 0, max: 1, unit: 3 }] }, 'unit of parameter "a" is wrong; expected text, got 3'],
    [
      { parameters: [{ name: 'a', min: 0, max: 1, label: {} }] },
      'label of parameter "a" is wrong; expected text, got {}',
    ],
    [{ parameters: [{ name: 'a', min: 0, max: 1, description: null }] }, 'description of parameter "a" is wrong'],
    [{ domain: { u: [0, 1] } }, 'domain is wrong; expected { u: [min, max], v: [min, max] }'],
    [{ domain: { u: [0, 'v'], v: [0, 1] } }, 'domain.u[1] = "v" cannot be read: unknown name "v"'],
    [{ closedU: 'yes' }, 'closedU is wrong; expected true or false, got "yes"'],
    [{ closedV: true }, 'closedV is set, but the surface is not so'],
    [{ x: 'log(-1)' }, 'a point is not finite'],
    // Between the probes of seams and poles.
    [{ x: 'v > 0.45 * height and v < 0.5 * height ? log(-1) : r * cos(angle)' }, 'a point is not finite'],
    // Infinite in single precision, as meshes have it.
    [{ x: '1e300 * r * cos(angle)' }, 'expected three numbers of less than 3.4e38'],
    // Only with parameters inside the ranges.
    [{ x: 'r * cos(angle) / (radius > 0.95 and radius < 1.05 or twist_amp < 0.9 ? 1 : 0)' }, 'a point is not finite'],
    [{ x: `"${'a'.repeat(500)}"` }, /^.{0,200} is not allowed/],
    [{ description: 3 }, 'description is wrong; expected text, got 3'],
    [{ name: 3 }, 'the name is wrong'],
    [{ name: undefined }, 'name is missing; expected lower-case words joined by hyphens'],
    [
      { name: 'spiral-cylinder' },
      'the name "spiral-cylinder" is that of a built-in surface; expected a name of its own',
    ],
  ])('refuses %o', (change, message) => {
    expect(() => fromFormulas(change)).toThrow(message);
  });
});
