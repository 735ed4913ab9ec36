import { packageConfig } from '../../tsup.base.js';

export default packageConfig({
  entry: [
    ...['src/index.ts', 'src/node.ts'],
    // Nobody imports these by name: an entry more is a file more in dist, which `sideEffects: false` lets a bundler drop as a whole. Within
    // one it could not drop the tables of kernels and gradients, as these are made by calls that may have side effects, for all that it can
    // tell. (File by file it could as well, but Node.js takes three times as long to import that.)
    ...['src/enable-wasm-training.ts', 'src/fused-apply.ts', 'src/fused-adam-w-step.ts', 'src/lean-variable-grads.ts'],
  ],
  dts: { entry: ['src/index.ts', 'src/node.ts'] },
});
