import { execFile } from 'node:child_process';
import { BlenderError } from './blender-error.js';

/** The oldest version whose Python interface the script needs. */
const oldest = [3, 0] as const;
const patience = 60_000;

/**
 * Asks a Blender for its version: `3.4.1`, `4.2.23 LTS`.
 *
 * @param path the program, a path or a name that is looked up as the shell would
 * @throws BlenderError if it cannot be started, is no Blender, or is older than 3.0; `signal.reason` when aborted
 */
export async function blenderVersion(path: string, signal?: AbortSignal): Promise<string> {
  const said = await output(path, signal);
  // Warnings of libraries may come first.
  const version = /^Blender (\d+\.\d+\S*(?: LTS)?)/m.exec(said)?.[1];
  if (version === undefined) {
    const began = JSON.stringify(said.trim().split('\n')[0].slice(0, 80));
    throw new BlenderError(
      'unsuitable',
      `blenderVersion: ${path} is no Blender; expected "Blender" and a version as its answer to --version, got ${began}`,
    );
  }
  const [major, minor] = version.split('.').map((part) => Number.parseInt(part, 10));
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    throw new BlenderError(
      'unsuitable',
      `blenderVersion: ${path} is too old; expected Blender ${oldest.join('.')} or later, got ${version}`,
    );
  }
  return version;
}

function output(path: string, signal: AbortSignal | undefined): Promise<string> {
  signal?.throwIfAborted();
  const options = { timeout: patience, killSignal: 'SIGKILL', windowsHide: true, signal } as const;
  return new Promise((resolve, reject) => {
    execFile(path, ['--version'], options, (error, stdout, stderr) => {
      if (!error) return resolve(`${stdout}\n${stderr}`);
      if (signal?.aborted) return reject(signal.reason);
      const { code, killed } = error;
      if (typeof code === 'string') {
        return reject(
          new BlenderError('missing', `blenderVersion: ${path} cannot be started: ${startFailure(code)}`, {
            cause: error,
          }),
        );
      }
      const how = killed ? `no answer in ${patience / 1000} s` : `exit code ${code}`;
      return reject(
        new BlenderError(
          'unsuitable',
          `blenderVersion: ${path} is no Blender; expected its version as an answer to --version, got ${how}`,
          { cause: error },
        ),
      );
    });
  });
}

/**
 * In words, why the system did not start a program. Not by the table of file errors in @kanrecon/files: what that says of a path that is read
 * or written ("there is no such file or folder" of a name that is looked up in PATH) would mislead, and ENOEXEC is of programs alone.
 */
export function startFailure(code: string): string {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such program',
    EACCES: 'permission denied; a program must be a file that may be run',
    ENOEXEC: 'it is not a program for this machine',
  };
  return `${reasons[code] ?? 'the system refuses'} (${code})`;
}
