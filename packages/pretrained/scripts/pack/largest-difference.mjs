/**
 * The largest difference of what two networks say of images, values and standard deviations, as a share of the range.
 *
 * @param {import('@kanrecon/model').Reconstructor} one
 * @param {import('@kanrecon/model').Reconstructor} other
 * @param {Uint8Array} images
 */
export async function largestDifference(one, other, images) {
  const a = await one.predictBatchWithSpread(images);
  const b = await other.predictBatchWithSpread(images);
  return Math.max(...[differences(a.mean, b.mean), ...(a.spread ? [differences(a.spread, b.spread)] : [])]);
}

function differences(a, b) {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}
