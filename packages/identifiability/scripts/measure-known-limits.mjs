// Measures what images of the built-in scenes tell and writes src/known-limits.ts; to be run after a change of the renderer, of a scene or
// of the measurement. A test says when it is due.
import { writeFileSync } from 'node:fs';
import { measureLimits } from '@kanrecon/identifiability';
import { sceneByName, sceneNames } from '@kanrecon/scene';

const limits = {};
for (const name of sceneNames) limits[name] = await measureLimits(sceneByName(name));
const text = `import type { ImageLimits } from './image-limits-result.js';

/** What images of the built-in scenes tell, as \`measureLimits\` found it. Written by scripts/measure-known-limits.mjs. */
export const knownLimits: Readonly<Record<string, ImageLimits>> = ${JSON.stringify(limits, null, 2)};
`;
writeFileSync(new URL('../src/known-limits.ts', import.meta.url), text);
