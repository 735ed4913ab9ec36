/** A number that people write exactly: p/q, or p/q times π. */
export interface NiceNumber {
  readonly value: number;
  readonly numerator: number;
  readonly denominator: number;
  readonly pi: boolean;
}

const denominators = [1, 2, 3, 4, 5, 6, 8, 10];
const piDenominators = [1, 2, 3, 4, 6];

/** The candidates near a number: fractions with denominators up to 10, and of π with up to 6, simplest first. */
export function niceNumbersNear(value: number, relativeTolerance: number): NiceNumber[] {
  const found: NiceNumber[] = [];
  const add = (numerator: number, denominator: number, pi: boolean) => {
    if (Math.abs(numerator) > 40 || (numerator === 0 && (pi || denominator > 1)) || gcd(numerator, denominator) > 1)
      return;
    const candidate = (numerator / denominator) * (pi ? Math.PI : 1);
    if (Math.abs(candidate - value) <= relativeTolerance * Math.max(Math.abs(value), Math.abs(candidate))) {
      found.push({ value: candidate, numerator, denominator, pi });
    }
  };
  for (const q of denominators) add(Math.round(value * q), q, false);
  for (const q of piDenominators) add(Math.round((value / Math.PI) * q), q, true);
  const cost = ({ numerator, denominator, pi }: NiceNumber) => Math.abs(numerator) + 3 * denominator + (pi ? 2 : 0);
  return found.sort((a, b) => cost(a) - cost(b));
}

/** The number as a fraction or part of π if it is one to the last digits; null otherwise. */
export function asNiceNumber(value: number): NiceNumber | null {
  return niceNumbersNear(value, 1e-14)[0] ?? null;
}

/** Rounded to significant digits; numbers that are written exactly stay. */
export function roundNumber(value: number, digits: number): number {
  return value === 0 || asNiceNumber(value) ? value : Number(value.toPrecision(digits));
}

function gcd(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : gcd(b, a % b);
}
