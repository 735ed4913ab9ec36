import { type SymbolicName, symbolicFunctions } from './symbolic-functions.js';

/** c·f(a·x + b) + d. */
export interface AffineForm {
  readonly name: SymbolicName;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** The form's value at x. */
export function evaluateForm({ name, a, b, c, d }: AffineForm, x: number): number {
  return c * symbolicFunctions[name].value(a * x + b) + d;
}

/**
 * The same function in the one form that people would write: x as c·x + d; powers, roots and logarithms with a = ±1; exp with b = 0;
 * waves with a > 0, as whichever of ± sin and ± cos has its phase in ±π/4; even and odd functions with a > 0.
 */
export function canonicalForm(form: AffineForm): AffineForm {
  let { name, a, b, c, d } = form;
  const { family, parity, value } = symbolicFunctions[name];
  if (family === 'line') return { name, a: 1, b: 0, c: c * a, d: d + c * b };
  if (family === 'exp') return { name, a, b: 0, c: c * Math.exp(b), d };
  if (a === 0) return form;
  if (family === 'power' || family === 'log') {
    const size = Math.abs(a);
    if (family === 'log') d += c * Math.log(size);
    else c *= value(size) / value(1);
    a = Math.sign(a);
    b /= size;
  }
  if (family === 'wave') {
    // Everything as a sine first, then back by whole quarters.
    if (name === 'cos') b += Math.PI / 2;
    if (a < 0) {
      a = -a;
      b = Math.PI - b;
    }
    const quarters = Math.round(b / (Math.PI / 2));
    b -= (quarters * Math.PI) / 2;
    const quarter = ((quarters % 4) + 4) % 4;
    if (quarter >= 2) c = -c;
    name = quarter % 2 === 0 ? 'sin' : 'cos';
  } else if (parity && a < 0) {
    a = -a;
    b = -b;
    c *= parity;
  }
  return { name, a, b, c, d };
}
