import { readdir, readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { parseImageFileName } from '@kanrecon/dataset';
import { findDatasetRoot } from '@kanrecon/dataset/node';
import type { RunFolder } from '@kanrecon/training/node';
import { parseEvaluation } from '@kanrecon/training/report';

/** The folder of an address below which the page looks for runs; its list says which there are. */
const folder = 'runs';
/** Of a run, besides its evaluations. */
const ownFiles = ['config.json', 'log.jsonl', 'metrics.json'] as const;
const evaluationFiles = ['evaluation.json', 'predictions.csv'] as const;

/** A run that the page is served with. */
export interface ServedRun {
  /** That of its model. */
  readonly name: string;
  readonly folder: RunFolder;
}

/** What the page's list says of a run: the files that there are. */
interface ListedRun {
  readonly name: string;
  readonly files: readonly string[];
  /** Folders of its evaluations. */
  readonly evaluations: readonly string[];
}

/**
 * The files of runs that the page finds beside itself, by their path in the address: logs, summaries, evaluations, and the images that an
 * evaluation was made of. They are read when they are asked for: the page is loaded anew, and shows how far a training has come.
 *
 * @returns what reads a file; undefined for a path that leads to none
 */
export function runFiles(runs: readonly ServedRun[]): { get(path: string): (() => Promise<Uint8Array>) | undefined } {
  return {
    get(path) {
      const [first, name, ...rest] = path.split('/');
      if (first !== folder) return undefined;
      if (name === 'list.json' && rest.length === 0) return () => list(runs);
      const run = runs.find((one) => one.name === name);
      const file = run && fileOf(run.folder, rest);
      return file === undefined ? undefined : async () => readFile(await file);
    },
  };
}

async function list(runs: readonly ServedRun[]): Promise<Uint8Array> {
  const listed = await Promise.all(runs.map(listedRun));
  return new TextEncoder().encode(JSON.stringify({ runs: listed }));
}

async function listedRun({ name, folder: { path } }: ServedRun): Promise<ListedRun> {
  const there = await namesIn(path);
  const evaluations = await namesIn(join(path, 'evaluation'));
  const whole = await Promise.all(
    evaluations.map(async (each) => {
      const names = await namesIn(join(path, 'evaluation', each));
      return evaluationFiles.every((file) => names.includes(file));
    }),
  );
  return {
    name,
    files: ownFiles.filter((file) => there.includes(file)),
    evaluations: evaluations.filter((_, i) => whole[i]).sort(),
  };
}

function fileOf({ path }: RunFolder, parts: readonly string[]): string | Promise<string> | undefined {
  const [first = '', evaluation = '', file = '', image = ''] = parts;
  if (parts.length === 1) return ownFiles.some((name) => name === first) ? join(path, first) : undefined;
  if (first !== 'evaluation' || !isName(evaluation)) return undefined;
  const at = join(path, 'evaluation', evaluation);
  if (parts.length === 3) return evaluationFiles.some((name) => name === file) ? join(at, file) : undefined;
  // Nothing but an image of a data set is handed out, whatever evaluation.json says.
  if (parts.length === 4 && file === 'images' && isName(image) && parseImageFileName(image)) return imageOf(at, image);
  return undefined;
}

async function imageOf(evaluation: string, image: string): Promise<string> {
  const told = parseEvaluation(await readFile(join(evaluation, 'evaluation.json'), 'utf8'));
  if (typeof told === 'string') throw new Error(told);
  return join(await findDatasetRoot(resolve(evaluation, told.dataset), 'runFiles'), told.split, 'images', image);
}

/** Whether it is one part of a path, and leads nowhere else. */
function isName(part: string): boolean {
  return part !== '' && part !== '.' && part !== '..' && !part.includes(sep) && !part.includes('/');
}

function namesIn(path: string): Promise<readonly string[]> {
  return readdir(path).catch(() => []);
}
