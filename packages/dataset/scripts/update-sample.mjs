// Draws the repository's dataset/sample/{train,val} again, after a change of the renderer: `node packages/dataset/scripts/update-sample.mjs`.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { synthesizeDataset } from '@kanrecon/dataset/node';

const sample = fileURLToPath(new URL('../../../dataset/sample', import.meta.url));
const made = mkdtempSync(join(tmpdir(), 'kanrecon-sample-'));
// The same as `kanrecon synth --shapes 4 --views 5 --size 224 --seed 1`.
await synthesizeDataset({ dir: made, shapes: 4, viewsPerShape: 5, imageSize: 224, seed: 1 });
for (const name of ['train', 'val', 'synthesis.json']) {
  rmSync(join(sample, name), { recursive: true, force: true });
  cpSync(join(made, name), join(sample, name), { recursive: true });
}
rmSync(made, { recursive: true });
console.log(`${sample}: train and val are drawn anew`);
