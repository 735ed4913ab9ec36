#!/usr/bin/env node
// Starts the built program. Relaxed SIMD (fused multiply-add in WebAssembly) sleeps behind a flag in Node 20; it has to
// be switched on before any WebAssembly is loaded, and an application may do so where a library may not.
import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

const major = Number(process.versions.node.split('.')[0]);
if (major < 22) setFlagsFromString('--experimental-wasm-relaxed-simd');

const program = new URL('../dist/cli.js', import.meta.url);
if (existsSync(program)) {
  const { main } = await import(program.href);
  await main(process.argv.slice(2));
} else {
  console.error('kanrecon: the program is not built yet; run "npm run build" in the repository and try again.');
  process.exitCode = 2;
}
