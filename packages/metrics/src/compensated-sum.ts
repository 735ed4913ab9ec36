/**
 * The sum of term(0) … term(count − 1) with Neumaier's compensation: the error does not grow with the number of terms.
 */
export function compensatedSum(count: number, term: (index: number) => number): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < count; i++) {
    const value = term(i);
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  // After an overflow or an infinite term the compensation is NaN; the plain sum is right.
  return Number.isFinite(sum) ? sum + lost : sum;
}
