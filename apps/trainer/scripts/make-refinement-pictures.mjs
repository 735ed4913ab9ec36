// Makes the pictures of docs/refinement.md, each from a seed: the way of one refinement, radius against height where only their ratio shows,
// and what is left out where something covers the object.
//   node apps/trainer/scripts/make-refinement-pictures.mjs [path] [ratio] [covered]
import { parseArgs } from 'node:util';
import { coveredPicture } from './pictures/covered-picture.mjs';
import { pathPicture } from './pictures/path-picture.mjs';
import { ratioPicture } from './pictures/ratio-picture.mjs';

const pictures = { path: pathPicture, ratio: ratioPicture, covered: coveredPicture };
const { positionals } = parseArgs({ allowPositionals: true });
for (const name of positionals.length > 0 ? positionals : Object.keys(pictures)) {
  if (!Object.hasOwn(pictures, name)) {
    console.error(`make-refinement-pictures: unknown picture "${name}"; expected ${Object.keys(pictures).join(', ')}.`);
    process.exit(2);
  }
  await pictures[name](`docs/images/refinement-${name}.png`);
}
