import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import typescript from 'typescript';

/**
 * What the built code and its declarations import must come along when the package is installed. Declarations can name types by way of
 * another package, of which the sources say nothing.
 *
 * @param {{ path: string, manifest: Record<string, any> }} item a package that is built
 * @returns {string[]} sentences
 */
export function checkBuiltImports({ path, manifest }) {
  const named = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies, [manifest.name]: '' });
  const built = readdirSync(join(path, 'dist'), { recursive: true }).filter((file) => /\.(js|d\.ts)$/.test(file));
  return built.sort().flatMap((file) => {
    const { importedFiles } = typescript.preProcessFile(readFileSync(join(path, 'dist', file), 'utf8'), true, true);
    const names = importedFiles
      .filter(({ fileName }) => !fileName.startsWith('.') && !isBuiltin(fileName))
      .map(({ fileName }) => /^(@[^/]+\/)?[^/]+/.exec(fileName)[0]);
    return [...new Set(names)]
      .filter((name) => !named.includes(name))
      .map((name) => `${manifest.name}: dist/${file} imports ${name}, which package.json does not name`);
  });
}
