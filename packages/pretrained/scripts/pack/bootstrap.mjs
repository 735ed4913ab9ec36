import { randomStream } from '@kanrecon/scene';
import { uniformInt } from 'pure-rand/distribution/uniformInt';

const resamples = 400;
/** Of `randomStream`, for nothing else. */
const stream = 42;

/**
 * A number that follows from images, and the middle 95 % of what it is for as many drawn from them with replacement.
 *
 * @param {number} count of images
 * @param {(rows: Uint32Array) => number} statistic of the images with these numbers
 * @returns {import('../../src/card.js').Measured} rounded
 */
export function bootstrap(count, statistic) {
  const random = randomStream(stream, count);
  const all = Uint32Array.from({ length: count }, (_, row) => row);
  const drawn = Float64Array.from({ length: resamples }, () =>
    statistic(all.map(() => uniformInt(random, 0, count - 1))),
  );
  drawn.sort();
  const at = (share) => rounded(drawn[Math.round(share * (resamples - 1))]);
  return { value: rounded(statistic(all)), interval95: [at(0.025), at(0.975)] };
}

/** To four digits behind the point, more than the images can tell. */
const rounded = (value) => Number(value.toFixed(4));
