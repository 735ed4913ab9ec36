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
];
