import { FanInInitializer } from '../fan-in-initializer.js';

/** 'reference': N(0, std 1/(inputs·(degree+1))); 'fanIn': N(0, std 1/√(inputs·(degree+1))). */
export type PolynomialStart = 'reference' | 'fanIn';
/** Names of the starts of a polynomial layer's coefficients. */
const polynomialStarts: readonly PolynomialStart[] = ['reference', 'fanIn'];

/** @throws if the start is not known */
export function polynomialStart(who: string, start: PolynomialStart, seed: number | undefined): FanInInitializer {
  if (!polynomialStarts.includes(start)) {
    throw new Error(`${who}: start is wrong; expected one of ${polynomialStarts.join(', ')}, got '${start}'`);
  }
  return new FanInInitializer({ distribution: 'normal', scale: 1, power: start === 'fanIn' ? 0.5 : 1, seed });
}
