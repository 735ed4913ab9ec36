import type { Invariance, InvarianceTerm } from './invariance.js';

/** A law in words: `(radius, height, wave_amp, 1/wave_freq) have one common factor that leaves no trace`. */
export function describeLaw({ terms }: Invariance): string {
  const names = terms.map(termName);
  if (terms.every(({ kind }) => kind === 'factor')) {
    return `(${names.join(', ')}) have one common factor that leaves no trace`;
  }
  if (terms.every(({ kind }) => kind === 'shift')) {
    return `(${names.join(', ')}) have one common summand that leaves no trace`;
  }
  return `(${names.join(', ')}) change together without a trace: the factors by e^t, the others by t`;
}

/** What of the parameter changes by the plain factor or summand: `1/wave_freq`, `−2·b`. */
function termName({ parameter, kind, rate, offset }: InvarianceTerm): string {
  const number = (value: number) => String(Number(value.toPrecision(3)));
  if (kind === 'shift') {
    const weight = Math.abs(1 / rate);
    return `${rate < 0 ? '−' : ''}${weight === 1 ? '' : `${number(weight)}·`}${parameter}`;
  }
  const base = offset === 0 ? parameter : `(${parameter} ${offset < 0 ? '−' : '+'} ${number(Math.abs(offset))})`;
  const size = Math.abs(rate);
  const root = size === 1 ? base : `${base}^(${Number.isInteger(size) ? `1/${size}` : number(1 / size)})`;
  return rate < 0 ? `1/${root}` : root;
}
