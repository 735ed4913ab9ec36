import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UserError } from '../cli/user-error.js';

/** How to get Blender, to end a sentence with. */
export const blenderAdvice =
  'Install Blender 3.0 or later (Debian, Ubuntu: "apt-get install blender"; macOS, Windows: blender.org), or name it with --blender <path> or the environment variable KANRECON_BLENDER; docs/blender.md tells more';

/** What to do about a Blender that starts but does not do its work, to end a sentence with. */
export const failedBlenderAdvice =
  'See whether this Blender works by itself (blender --background --python-expr "print(1)"), or name another one with --blender <path> or the environment variable KANRECON_BLENDER; docs/blender.md tells more';

/**
 * The program Blender: the one that is named, else the environment variable KANRECON_BLENDER, else the one on the PATH, else
 * where its installers put it.
 *
 * @throws UserError if none is named and none is found
 */
export function findBlender(named?: string, environment: NodeJS.ProcessEnv = process.env): string {
  const wanted = named ?? environment['KANRECON_BLENDER'];
  if (wanted) return wanted;
  const found = [...onPath(environment), ...usualPlaces(environment)].find(isProgram);
  if (found === undefined)
    throw new UserError(`Blender is not installed here, as far as can be seen. ${blenderAdvice}.`);
  return found;
}

function onPath(environment: NodeJS.ProcessEnv): string[] {
  const folders = (environment['PATH'] ?? environment['Path'] ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, process.platform === 'win32' ? 'blender.exe' : 'blender'));
}

function usualPlaces(environment: NodeJS.ProcessEnv): string[] {
  if (process.platform === 'darwin') return ['/Applications/Blender.app/Contents/MacOS/Blender'];
  if (process.platform !== 'win32') return ['/usr/bin/blender', '/usr/local/bin/blender', '/snap/bin/blender'];
  const maker = join(environment['ProgramFiles'] ?? 'C:\\Program Files', 'Blender Foundation');
  return versions(maker).map((name) => join(maker, name, 'blender.exe'));
}

/** Folders such as "Blender 4.2", the newest first. */
function versions(folder: string): string[] {
  try {
    return readdirSync(folder).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  } catch {
    return [];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
