/** The normal distribution's quantile at .975. */
const z = 1.959963984540054;

/**
 * Wilson's score interval of a share at 95 % (E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927), as
 * scipy's `binomtest(k, n).proportion_ci(method='wilson')`.
 *
 * @param hits of `count`, which is at least 1
 */
export function wilsonInterval(hits: number, count: number): readonly [lower: number, upper: number] {
  const share = hits / count;
  const spread = (z * z) / count;
  const middle = (share + spread / 2) / (1 + spread);
  const half = (z * Math.sqrt((share * (1 - share)) / count + spread / (4 * count))) / (1 + spread);
  // At the ends they are 0 and 1 but for rounding.
  return [hits === 0 ? 0 : middle - half, hits === count ? 1 : middle + half];
}
