// Compiles AssemblyScript to WebAssembly, for the packages that have kernels.
import { join } from 'node:path';

/**
 * @param {typeof import('assemblyscript/asc').default} asc the compiler, which is the package's own dependency
 * @param {string} root the package's folder; `assembly/index.ts` is compiled
 * @param {string[]} options of asc, besides optimisation
 * @returns {Promise<Uint8Array>} the module
 */
export async function compileAssembly(asc, root, options) {
  let binary;
  const args = ['index.ts', '--baseDir', join(root, 'assembly'), '--outFile', 'kernels.wasm', '-O3', '--noAssert'];
  const { error, stderr } = await asc.main([...args, '--runtime', 'stub', ...options], {
    writeFile(_name, contents) {
      binary = contents;
    },
  });
  if (error || !binary) throw new Error(`build-kernels: asc failed: ${error?.message}\n${stderr}`);
  return binary;
}
