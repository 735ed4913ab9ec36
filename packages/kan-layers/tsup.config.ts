import { packageConfig } from '../../tsup.base.js';

// File by file, so that with `sideEffects: false` a bundler drops the layers that a program does not use. In one file it could not: a
// class that extends `layers.Layer` may have side effects, for all that it can tell.
export default packageConfig({
  entry: ['src/**/*.ts', '!src/**/*.test.ts'],
  bundle: false,
  dts: { entry: 'src/index.ts' },
});
