import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A package found on this machine. */
export interface FoundPackage {
  name: string;
  version: string;
  /** Folder with its package.json. */
  folder: string;
}

/**
 * Looks for a package that is no dependency of ours: beside the working directory, beside this program, and in the folder
 * that the environment variable `KANRECON_TFJS_NODE` names (the one that holds `node_modules`, or the package itself).
 */
export function findOptionalPackage(name: string, env = process.env): FoundPackage | undefined {
  const named = env['KANRECON_TFJS_NODE'];
  const starts = [named && resolve(named), process.cwd(), dirname(fileURLToPath(import.meta.url))];
  for (const start of starts) {
    if (!start) continue;
    for (let folder = start; ; folder = dirname(folder)) {
      const found = readPackage(join(folder, 'node_modules', name), name) ?? readPackage(folder, name);
      if (found) return found;
      if (dirname(folder) === folder) break;
    }
  }
  return undefined;
}

function readPackage(folder: string, name: string): FoundPackage | undefined {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  return manifest.name === name ? { name, version: manifest.version, folder: realpathSync(folder) } : undefined;
}

/** `require` as seen from inside the found package. */
export function requireFrom({ folder }: FoundPackage): NodeJS.Require {
  return createRequire(join(folder, 'package.json'));
}
