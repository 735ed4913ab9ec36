// Compiles assembly/ to WebAssembly and embeds it as base64 in src/generated/search-kernel.ts, so that the package works in every bundler,
// browser and Node without looking up a file.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { compileAssembly } from '../../../scripts/compile-assembly.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const binary = await compileAssembly(asc, root, ['--enable', 'simd', '--importMemory', '--noExportMemory']);
if (binary.length >= 4096) {
  throw new Error(
    `build-kernels: the module has ${binary.length} bytes; expected fewer than 4096, which browsers compile at once on a page's main thread.`,
  );
}
const folder = join(root, 'src', 'generated');
mkdirSync(folder, { recursive: true });
writeFileSync(
  join(folder, 'search-kernel.ts'),
  `// Written by scripts/build-kernels.mjs from assembly/. Not kept in git.

/** ${binary.length} bytes of WebAssembly. */
export const searchKernelBase64 =
  '${Buffer.from(binary).toString('base64')}';
`,
);
