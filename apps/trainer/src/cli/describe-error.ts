import { BlenderError } from '@kanrecon/blender/node';
import { DatasetError } from '@kanrecon/dataset';
import { FileInTheWayError, fileErrorFacts } from '@kanrecon/files/node';
import { SurfaceError } from '@kanrecon/geometry';
import { withoutCaller } from '@kanrecon/image';
import { TrainingError } from '@kanrecon/training/names';
import { blenderAdvice, failedBlenderAdvice } from '../blender/find-blender.js';
import { asMistake, codeOf, type DescribedError, sentence } from './as-mistake.js';
import { describeTrainingError } from './describe-training-error.js';
import { describeOutOfMemory } from './out-of-memory.js';
import { UserError } from './user-error.js';

/** Puts any error into words. Whoever asks for it loads all packages: a plain UserError is known without. */
export function describeError(error: unknown, verbose: boolean): DescribedError {
  if (!(error instanceof Error)) return { message: String(error), isMistake: false };
  const mistake = describeMistake(error);
  if (mistake !== undefined) return asMistake(mistake, error, verbose);
  const stack = verbose && error.stack ? `\n${error.stack}` : '';
  const hint = verbose ? '' : '\nThis looks like a bug; run the command again with --verbose to see where it happened.';
  return { message: `${sentence(error.message)}${hint}${stack}`, isMistake: false, ...codeOf(error) };
}

function describeMistake(error: Error): string | undefined {
  if (error instanceof UserError) return error.message;
  // It has words of its own, unlike other wants of memory.
  if (error instanceof TrainingError && error.is('out-of-memory')) return describeTrainingError(error);
  // First, for an image that could not be decoded for want of memory is said to be damaged otherwise.
  const outOfMemory = describeOutOfMemory(error);
  if (outOfMemory) return outOfMemory;
  if (error instanceof DatasetError) return describeDataset(error);
  if (error instanceof FileInTheWayError) return describeInTheWay(error);
  if (error instanceof BlenderError) return describeBlender(error);
  // By its name: loading the package for it would load TensorFlow.js.
  if (error.name === 'NonFinitePredictionError') return withoutCaller(error.message);
  if (error instanceof SurfaceError) return withoutCaller(error.message);
  if (error instanceof TrainingError && error.code !== 'worker-failed') {
    return describeTrainingError(error) ?? withoutCaller(error.message);
  }
  return describeSystem(error);
}

/** What the operating system says of a path, whatever it is, or without one where a user can mend it; undefined for other errors. */
function describeSystem(error: NodeJS.ErrnoException): string | undefined {
  const facts = fileErrorFacts(error);
  if (!facts || !(facts.path || facts.reason)) return undefined;
  const { code, path, reason, outOfSpace } = facts;
  // Folders that exist are no error, so what is in the way is a file.
  if (path && code === 'EEXIST' && error.syscall === 'mkdir') return `${path} is a file; give a folder.`;
  // What is written to an open file fails without its path.
  const where = path ?? 'what the command writes (to --out, or to the folder for temporary files)';
  const remedy = outOfSpace ? '; free some space, then give the same command again' : '';
  return `${where}: ${reason ?? `the system refuses it (${code})`}${remedy}`;
}

/** Without the name of the library function that found it; a single problem in one line. */
function describeDataset({ message, problems }: DatasetError): string {
  const [first] = problems;
  if (first && problems.length === 1) return `${first.path}: ${first.message}`;
  return withoutCaller(message);
}

/** At most so many files are named. */
const shownFiles = 3;

function describeInTheWay({ paths, reason }: FileInTheWayError): string {
  const more = paths.length > shownFiles ? ` and ${paths.length - shownFiles} more` : '';
  const one = paths.length === 1;
  const shown = `${paths.slice(0, shownFiles).join(', ')}${more}`;
  const why =
    reason === 'foreign'
      ? `${one ? 'is' : 'are'} there already and ${one ? 'was' : 'were'} not made by this command, or changed since`
      : `${one ? 'holds the result' : 'hold results'} of another image of the same name`;
  return `${shown} ${why}; choose another --out, or move ${one ? 'it' : 'them'} away. ${one ? 'It is' : 'They are'} left as ${one ? 'it is' : 'they are'}.`;
}

function describeBlender({ kind, message }: BlenderError): string {
  const advice = kind === 'failed' ? failedBlenderAdvice : blenderAdvice;
  return `${sentence(withoutCaller(message))} ${advice}.`;
}
