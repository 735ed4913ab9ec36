import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');

/** A Markdown file of the repository. */
export interface Document {
  /** From the repository's folder, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** What is no document of ours, or none for readers. */
const passedOver = /^(?:node_modules|dist|runs|reference|results|CHANGELOG\.md|\..*)$/;

/** All of them: READMEs, docs, CONTRIBUTING. */
export function documents(): Document[] {
  const below = filesBelow(['apps', 'benchmarks', 'dataset', 'docs', 'examples', 'packages'], '.md');
  return ['README.md', 'CONTRIBUTING.md', ...below]
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Files of ours with this ending in folders of the repository, by their paths from its folder, with slashes. */
export function filesBelow(folders: readonly string[], ending: string): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry): string[] => {
      const path = `${folder}/${entry.name}`;
      if (passedOver.test(entry.name)) return [];
      if (entry.isDirectory()) return filesBelow([path], ending);
      return path.endsWith(ending) ? [path] : [];
    }),
  );
}

/** A line of a document, and the fenced block that it is in. */
export interface DocumentLine {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** The block's language, empty if it names none; `undefined` outside of blocks. */
  readonly language: string | undefined;
  /** Whether the line opens or closes a block. */
  readonly fence: boolean;
}

/** The lines of a document, blocks in lists included. */
export function linesOf({ text }: Document): DocumentLine[] {
  let language: string | undefined;
  return text.split('\n').map((line, i) => {
    const opens = /^\s*```(\w*)/.exec(line);
    const fence = opens !== null;
    if (fence) language = language === undefined ? opens[1]! : undefined;
    return { text: line, number: i + 1, language, fence };
  });
}
