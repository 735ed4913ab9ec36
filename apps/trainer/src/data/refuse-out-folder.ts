import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseLabelFileName, splits } from '@kanrecon/dataset';
import { UserError } from '../cli/user-error.js';
import { realPath } from './real-path.js';

/** What a command makes in its `--out`. */
export type Made = 'data set' | 'run' | 'results' | 'model' | 'export';

/** An example of a better folder. */
const examples: Readonly<Record<Made, string>> = {
  'data set': 'data',
  run: 'runs/first',
  results: 'results',
  model: 'models/imported',
  export: 'exported/network.onnx',
};

/**
 * Refuses a folder in which what a command makes would be taken for a part of something else, or be removed with it: a data set in a run,
 * anything in a data set or in a checkpoint, which training replaces as a whole. A data set inside a run folder, as the demo has it, is fine.
 *
 * @throws UserError; symbolic links are followed
 */
export function refuseOutFolder(out: string, made: Made): void {
  const refuse = (where: string): never => {
    throw new UserError(`--out ${out} ${where}; choose another folder, for example --out ${examples[made]}.`);
  };
  const path = realPath(out);
  if (made === 'data set' && isRun(path)) refuse('is the folder of a run');
  for (let folder = path; ; folder = dirname(folder)) {
    const within = folder === path ? 'is' : 'lies inside';
    if (isCheckpoint(folder)) refuse(`${within} the checkpoint ${folder}`);
    // A data set goes on in its own folder.
    if (isDataset(folder) && !(made === 'data set' && folder === path)) refuse(`${within} the data set ${folder}`);
    if (dirname(folder) === folder) return;
  }
}

/** By what its configuration says: many programs have a config.json. */
function isRun(folder: string): boolean {
  const config = readJson(join(folder, 'config.json'));
  return config !== undefined && 'experiment' in config && 'model' in Object(config['experiment']);
}

function isCheckpoint(folder: string): boolean {
  return readJson(join(folder, 'config.json'))?.['format'] === 'kanrecon-reconstructor';
}

function isDataset(folder: string): boolean {
  if ('viewsPerShape' in (readJson(join(folder, 'synthesis.json')) ?? {})) return true;
  if (existsSync(join(folder, '.import.json'))) return true;
  // Other data sets have such folders, too, but no such labels.
  return splits.some((split) => namesIn(join(folder, split, 'labels')).some((name) => parseLabelFileName(name)));
}

function readJson(path: string): Record<string, unknown> | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
