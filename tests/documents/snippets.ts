import { type Document, linesOf } from './documents.js';

/** A program in a document: a block of JavaScript, with those that go on with it. */
export interface Snippet {
  /** `packages/files/README.md, line 9`. */
  readonly place: string;
  readonly document: string;
  /** Number of the line behind the first fence, from 1. */
  readonly line: number;
  readonly code: string;
}

/** Stands before a block that goes on with the program of the block before it. */
const continues = '<!-- continues -->';

/** The programs of a document. TypeScript blocks are plain JavaScript, too; they are those that readers cannot run at once. */
export function snippetsOf(document: Document): Snippet[] {
  const found: { line: number; code: string[] }[] = [];
  let goesOn = false;
  for (const { text, number, language, fence } of linesOf(document)) {
    if (text.trim() === continues) goesOn = true;
    if (language !== 'js' && language !== 'ts') continue;
    if (!fence) {
      found.at(-1)!.code.push(text);
      continue;
    }
    if (!goesOn) found.push({ line: number, code: [] });
    goesOn = false;
  }
  return found.map(({ line, code }) => ({
    place: `${document.path}, line ${line}`,
    document: document.path,
    line,
    code: `${code.join('\n')}\n`,
  }));
}
