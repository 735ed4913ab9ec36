/**
 * Tests of tfjs-core that pass with the stock WASM backend and fail with this package's kernels, each with the reason why that is right.
 * An entry whose test passes, or is gone, fails the check: take it out.
 */
export const knownDifferences = [
  {
    test: 'avgPool wasm {} gradient x=[3,3,1] f=[3,3] s=1 p=explicit',
    reason:
      "The forward pass divides by the pixels that lie inside the image, tfjs' gradient by the whole window. Ours divides by the same number as the forward pass and agrees with finite differences (test/kernel-cases/pools.ts).",
  },
  {
    test: 'depthwiseConv2d gradients wasm {} throws error on dilations > 1',
    reason:
      'tfjs refuses this gradient on every backend. Here it is computed; it agrees with that of the filter with zeros between its taps (test/kernel-cases/convolutions.ts).',
  },
  {
    test: 'mirrorPad wasm {} grad',
    reason:
      "tfjs' gradient leaves out what falls on the mirrored values. Ours adds it to the values that they are copies of, and agrees with finite differences (test/stock-gradients.test.ts).",
  },
  {
    test: 'mirrorPad wasm {} gradient with clones',
    reason: 'As above.',
  },
  {
    test: 'gradients wasm {} errors if relevant ops are missing grads',
    reason:
      'The operation is logicalAnd. Results of comparisons and of logic change in steps: their gradient is 0, which the masks of tfjs-layers need to train (test/trains.test.ts).',
  },
  {
    test: 'avgPool wasm {} x=[2,2,3] f=[1,1] s=2 p=1 dimRoundingMode=floor',
    reason:
      'Windows of one pixel, some wholly in the padding: refused. The test looks at the shape alone; the stock kernel leaves most of the values unwritten.',
  },
  {
    test: 'maxPool wasm {} x=[2,2,3] f=[1,1] s=2 p=1 dimRoundingMode=floor',
    reason: 'As above.',
  },
];
