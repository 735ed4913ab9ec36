import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cardText } from './card-text.mjs';

/** A packed model with its card takes the place of the one of that name. */
export async function writeModel(root, packing, card) {
  await writeFile(join(packing, 'card.json'), `${JSON.stringify(card, null, 2)}\n`);
  const folder = join(root, 'models', card.name);
  await rm(folder, { recursive: true, force: true });
  await rename(packing, folder);
}

/** Writes what names all models: src/packed-models.ts, and the cards in README.md. */
export async function writePackage(root) {
  const { source, readme } = await packageTexts(root);
  await writeFile(join(root, 'src', 'packed-models.ts'), source);
  await writeFile(join(root, 'README.md'), readme);
}

/** The same as texts, for the test that holds them against what is there. */
export async function packageTexts(root) {
  const entries = await readdir(join(root, 'models'), { withFileTypes: true });
  const names = entries
    .flatMap((entry) => (entry.isDirectory() && !entry.name.includes('.') ? [entry.name] : []))
    .sort();
  const cards = await Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(root, 'models', name, 'card.json'), 'utf8'))),
  );
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const between = /(<!-- cards: written by scripts\/pack-model\.mjs -->\n)[\s\S]*?(\n<!-- end of cards -->)/;
  if (!between.test(readme)) throw new Error('README.md has no place for the cards, from "<!-- cards: … -->" on');
  const text = cards.map(cardText).join('\n\n');
  return { source: sourceText(names), readme: readme.replace(between, (_, from, to) => `${from}\n${text}\n${to}`) };
}

function sourceText(names) {
  const files = ['config.json', 'model.json', 'weights.bin'];
  const rows = names.map(
    (name) => `  ${name}: {
    card: ${name} as unknown as PretrainedCard,
    files: () => ({
${files.map((file) => `      '${file}': new URL('../models/${name}/${file}', import.meta.url),`).join('\n')}
    }),
  },`,
  );
  return `// Written by scripts/pack-model.mjs from the folders in models/. It lies in src itself, as what is built does in dist: the addresses are the
// same from both. Each is spelled out, as bundlers know it, and made only when it is asked for: in a bundle of another format there is none.
${names.map((name) => `import ${name} from '../models/${name}/card.json';`).join('\n')}
import type { PretrainedCard } from './card.js';

/** Name of a model that comes with the package. */
export type PretrainedName = ${names.map((name) => `'${name}'`).join(' | ')};

/** Where the files of a model lie, by name. */
export type ModelFiles = Readonly<Record<${files.map((file) => `'${file}'`).join(' | ')}, URL>>;

/** A model of the package. */
export interface PackedModel {
  readonly card: PretrainedCard;
  files(): ModelFiles;
}

/** The models of the package, by name. */
export const packedModels: Readonly<Record<PretrainedName, PackedModel>> = {
${rows.join('\n')}
};
`;
}
