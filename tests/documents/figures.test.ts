import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './documents.js';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

// The table of the repository's README has the figures; what stands elsewhere is the same.
it("the program's README gives the demo's scores and time as the repository's does", () => {
  const readme = read('README.md');
  const own = read('apps/trainer/README.md');
  const [, best, score] = /^\| demo: mean R².*\(best possible (\.\d+)\)\s*\| (\.\d+)/m.exec(readme)!;
  const [, blender] = /^\| the same network on 20 images rendered with Blender\s*\| (\.\d+)/m.exec(readme)!;
  expect(own).toContain(
    `a mean R² over the four visible parameters of ${score} (best possible ${best}) on its 350 test images, and of ${blender} on the 20 images`,
  );
  const [time] = /\d+ to \d+ minutes/.exec(readme)!;
  expect(own).toContain(`It takes ${time} on two cores`);
});
