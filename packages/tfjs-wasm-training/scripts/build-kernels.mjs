// Compiles assembly/ to WebAssembly twice (plain SIMD; relaxed SIMD with fused multiply-add), checks that neither holds
// data of its own (it would overwrite tfjs' memory), and embeds both as base64 in src/generated/kernel-binaries.ts, so
// that the package works in every bundler, browser and Node without looking up a file.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { compileAssembly } from '../../../scripts/compile-assembly.mjs';
import { describeModule } from './describe-module.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const builds = { simd: ['simd'], relaxedSimd: ['simd', 'relaxed-simd'] };

const modules = [];
for (const [name, features] of Object.entries(builds)) {
  const binary = await compileAssembly(asc, root, [
    ...['--importMemory', '--noExportMemory', '--maximumMemory', '65536'],
    ...features.flatMap((feature) => ['--enable', feature]),
  ]);
  const { sections, memoryFlagOffset, imports } = describeModule(binary);
  for (const forbidden of ['data', 'start']) {
    if (sections.includes(forbidden)) {
      throw new Error(
        `build-kernels: the ${name} build has a ${forbidden} section, which would write into tfjs' memory; remove strings and static data from assembly/.`,
      );
    }
  }
  if (imports !== 1 || memoryFlagOffset === undefined) {
    throw new Error(
      `build-kernels: the ${name} build must import one memory and nothing else, got ${imports} imports.`,
    );
  }
  modules.push({ name, binary, memoryFlagOffset });
}

const folder = join(root, 'src', 'generated');
mkdirSync(folder, { recursive: true });
const lines = modules.map(
  ({ name, binary, memoryFlagOffset }) => `/** ${binary.length} bytes. */
export const ${name}: KernelBinary = {
  base64: '${Buffer.from(binary).toString('base64')}',
  memoryFlagOffset: ${memoryFlagOffset},
};
`,
);
writeFileSync(
  join(folder, 'kernel-binaries.ts'),
  `// Written by scripts/build-kernels.mjs from assembly/. Not kept in git.
import type { KernelBinary } from '../kernel-binary.js';

${lines.join('\n')}`,
);
