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
