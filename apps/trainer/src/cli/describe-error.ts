import { BlenderError, DatasetError } from '@kanrecon/dataset';
import { SurfaceError } from '@kanrecon/geometry';
import { blenderAdvice } from '../blender/find-blender.js';
import { UserError } from './user-error.js';

/** What the operating system says, in words, for the errors a user can mend. */
const systemErrors: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of this path is a file, not a folder',
  EISDIR: 'this is a folder, not a file',
  EEXIST: 'this exists already',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'this file system is read-only',
  ENOSPC: 'the disk is full',
  ENOTSUP: 'no folder can be made there',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'this name is too long',
  ELOOP: 'too many symbolic links lead there',
  EINVAL: 'the system takes no such name',
  EBUSY: 'something else is using it',
  EDQUOT: 'your quota of the disk is full',
  EIO: 'the disk does not answer as it should',
};

/** What to tell the user about an error, and whether it is theirs to mend (exit code 2) or a bug (exit code 1). */
export function describeError(error: unknown, verbose: boolean): { message: string; isMistake: boolean } {
  if (!(error instanceof Error)) return { message: String(error), isMistake: false };
  const stack = verbose && error.stack ? `\n${error.stack}` : '';
  if (error instanceof UserError) return { message: error.message + stack, isMistake: true };
  if (error instanceof DatasetError) return { message: describeDataset(error) + stack, isMistake: true };
  if (error instanceof BlenderError) return { message: describeBlender(error) + stack, isMistake: true };
  if (error instanceof SurfaceError) return { message: `${withoutCaller(error.message)}.${stack}`, isMistake: true };
  const system = describeSystem(error);
  if (system) return { message: system + stack, isMistake: true };
  const hint = verbose ? '' : '\nThis looks like a bug; run the command again with --verbose to see where it happened.';
  return { message: `${error.message}${hint}${stack}`, isMistake: false };
}

/** What the operating system says of a path, whatever it is; undefined for other errors. */
function describeSystem({ code, path, syscall }: NodeJS.ErrnoException): string | undefined {
  if (!code || !path || !/^E[A-Z\d]+$/.test(code)) return undefined;
  // Folders that exist are no error, so what is in the way is a file.
  if (code === 'EEXIST' && syscall === 'mkdir') return `${path} is a file; give a folder.`;
  return `${path}: ${systemErrors[code] ?? `the system refuses it (${code})`}.`;
}

/** Without the name of the library function that found it; a single problem in one line. */
function describeDataset({ message, problems }: DatasetError): string {
  const [first] = problems;
  if (first && problems.length === 1) return `${first.path}: ${first.message}.`;
  return withoutCaller(message);
}

function describeBlender({ kind, message }: BlenderError): string {
  const sentence = `${withoutCaller(message)}.`;
  return kind === 'failed' ? sentence : `${sentence} ${blenderAdvice}.`;
}

/** What a library says, without the name of its function. */
function withoutCaller(message: string): string {
  return message.replace(/^[a-z]\w*: /, '');
}
