/**
 * How much an image varies around each of its values: the largest less the smallest within `reach` pixels, by channel.
 *
 * @param image [size, size, 3]
 * @returns [size, size, 3]
 */
export function contrastAround(image: Float32Array, size: number, reach: number): Float32Array {
  const row = 3 * size;
  const most = along(along(image, size, reach, 3, Math.max), size, reach, row, Math.max);
  const least = along(along(image, size, reach, 3, Math.min), size, reach, row, Math.min);
  return most.map((value, i) => value - least[i]!);
}

/** The extreme of the values within `reach` steps of `stride`: in a row with 3, in a column with 3 · size. */
function along(
  image: Float32Array,
  size: number,
  reach: number,
  stride: number,
  extreme: (a: number, b: number) => number,
): Float32Array {
  return image.map((value, i) => {
    const at = Math.floor(i / stride) % size;
    let found = value;
    for (let k = Math.max(-reach, -at); k <= Math.min(reach, size - 1 - at); k++) {
      found = extreme(found, image[i + k * stride]!);
    }
    return found;
  });
}
