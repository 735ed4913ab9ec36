import { type Document, linesOf } from './documents.js';

/** A command in a document. */
export interface Command {
  readonly document: string;
  /** Line, from 1. */
  readonly line: number;
  /** As printed, without what is said about it. */
  readonly text: string;
  /** Whether it stands in a block, to be copied, or in a sentence or table. */
  readonly inBlock: boolean;
}

/** Programs that documents' commands begin with. */
const programs = 'npx|npm|kanrecon|node|bash|git|export|python3?|pnpm|curl|cd';
const atStart = new RegExp(`^(?:\\$ )?(?:${programs}) [^=\\s]`);

/** All commands of a document, in their order: lines of shell blocks and indented ones, and code in sentences and tables. */
export function commandsOf(document: Document): Command[] {
  const { path } = document;
  return linesOf(document).flatMap(({ text, number, language, fence }): Command[] => {
    const command = (printed: string, inBlock: boolean) => ({ document: path, line: number, text: printed, inBlock });
    if (fence) return [];
    const shell = language === '' || language === 'sh' || language === 'bash';
    const line = text.trim();
    const indented = language === undefined && /^\s{3,}/.test(text);
    const own =
      shell || (indented && atStart.test(line)) ? splitLine(line).map((printed) => command(printed, true)) : [];
    if (language !== undefined) return own;
    const spans = [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);
    return [...own, ...spans.filter((code) => atStart.test(code)).map((code) => command(code, false))];
  });
}

/** The commands of a line, without what stands behind two spaces or ` #`. */
function splitLine(line: string): string[] {
  const printed = line
    .replace(/^\$ /, '')
    .replace(/\s+#.*$|\s{2,}.*$/, '')
    .trim();
  return printed === '' || printed.startsWith('#') ? [] : printed.split(' && ');
}

/** The words of a command, as a shell makes them out. */
export function wordsOf(text: string): string[] {
  const words = text.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replaceAll(/["']/g, ''));
}
