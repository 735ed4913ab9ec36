import type { CombinationTerm } from './combination-term.js';

/** A combination as people write it: `height/radius`, `(q + 1)·a`, `2·a + b`, `a·exp(q)`. */
export function combinationName(terms: readonly CombinationTerm[]): string {
  const sums = terms.filter(({ kind }) => kind === 'shift');
  const summands = sums.flatMap(({ parts, power }) => parts.map((part) => ({ ...part, weight: part.weight * power })));
  const sum = sumName(summands, 0);
  const factors = terms.filter(({ kind }) => kind === 'factor');
  if (factors.length === 0) return sum;
  const above = factors.filter(({ power }) => power > 0).map(factorName);
  const below = factors.filter(({ power }) => power < 0).map(factorName);
  if (sum) above.push(`exp(${sum})`);
  const denominator = below.length > 1 ? `(${below.join('·')})` : below[0];
  return `${above.join('·') || '1'}${denominator ? `/${denominator}` : ''}`;
}

function factorName({ parts, offset, power }: CombinationTerm): string {
  const base = sumName(parts, offset);
  const whole = parts.length === 1 && offset === 0 && parts[0].weight === 1 ? base : `(${base})`;
  const size = Math.abs(power);
  return size === 1 ? whole : size === 2 ? `${whole}²` : size === 3 ? `${whole}³` : `${whole}^${shown(size)}`;
}

function sumName(parts: CombinationTerm['parts'], offset: number): string {
  const names = parts.map(({ parameter, weight }) => {
    const size = Math.abs(weight) === 1 ? '' : `${shown(Math.abs(weight))}·`;
    return { negative: weight < 0, text: `${size}${parameter}` };
  });
  if (offset !== 0) names.push({ negative: offset < 0, text: shown(Math.abs(offset)) });
  const sign = (negative: boolean, first: boolean) => (first ? (negative ? '−' : '') : negative ? ' − ' : ' + ');
  return names.map(({ negative, text }, i) => `${sign(negative, i === 0)}${text}`).join('');
}

function shown(value: number): string {
  return String(Number(value.toPrecision(3)));
}
