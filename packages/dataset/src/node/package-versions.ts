import { createRequire } from 'node:module';
import type { SynthesisSettings } from './manifest-schema.js';

/** Versions of the packages that labels and images of a synthesised data set depend on. */
export function packageVersions(): Record<string, string> {
  const require = createRequire(import.meta.url);
  const names = ['@kanrecon/dataset', '@kanrecon/geometry', '@kanrecon/render', '@kanrecon/scene'];
  return Object.fromEntries(names.map((name) => [name, require(`${name}/package.json`).version]));
}

/** Whether the very packages that made a data set are at work, so that the same is drawn again to the byte. */
export function drawsTheSame({ versions }: SynthesisSettings): boolean {
  return Object.entries(packageVersions()).every(([name, version]) => versions[name] === version);
}
