/** Numbers of [0, 1), the same for the same seed: a multiplicative congruential generator, good enough to draw samples. */
export function seededRandom(seed) {
  let state = seed % 2147483647 || 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Normal numbers from two uniform ones (Box and Muller). */
export function normalFrom(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
