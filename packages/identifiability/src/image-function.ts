/**
 * One draw's image as a function of the shape parameters alone: camera angles, colours and light are what was drawn, and the
 * camera is fitted anew where it is fitted at all.
 *
 * @param parameters in the surface's order and units
 * @returns RGB bytes, of one length at every call; an array of its own
 */
export type ImageFunction = (parameters: Float64Array) => Uint8Array;

/** The largest difference of two images in any channel of any pixel, in 1/255. */
export function largestChange(a: Uint8Array, b: Uint8Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const change = Math.abs(a[i] - b[i]);
    if (change > largest) largest = change;
  }
  return largest;
}

/** What one image has more than another, by byte. (A loop: `Float32Array.from` with a function takes twenty times as long.) */
export function imageDifference(a: Uint8Array, b: Uint8Array): Float32Array {
  const out = new Float32Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i] - b[i];
  return out;
}

/** The largest of some numbers, whatever their signs. */
export function largestOf(values: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (size > largest) largest = size;
  }
  return largest;
}
