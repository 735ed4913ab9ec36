import { defineConfig, type Options } from 'tsup';

/** Every package is built alike: ES modules, type declarations and source maps, dependencies left outside the bundle. */
export function packageConfig(options: Options = {}) {
  return defineConfig({
    entry: ['src/index.ts'],
    format: ['esm'],
    target: 'es2022',
    dts: true,
    sourcemap: true,
    clean: true,
    splitting: true,
    ...options,
  });
}
