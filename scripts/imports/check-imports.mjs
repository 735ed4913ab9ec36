import { checkBrowserEntries } from './check-browser-entries.mjs';
import { checkManifests } from './check-manifests.mjs';
import { cruiseSources } from './cruise-sources.mjs';
import { workspacePackages } from './workspace-packages.mjs';

/**
 * All checks of who imports whom.
 *
 * @param {string} root the workspace's folder
 * @param {Record<string, string[]>} table see packagesTable
 * @param {Record<string, Record<string, string>>} [exceptions] see namedNotImported
 * @returns {Promise<{ problems: string[], packages: number, files: number, entries: number }>} sentences, and what was looked at
 */
export async function checkImports(root, table, exceptions) {
  const packages = workspacePackages(root, { all: true });
  const sources = await cruiseSources(root, packages, table);
  const browser = await checkBrowserEntries(root, packages);
  return {
    problems: [...sources.problems, ...checkManifests(packages, sources.files, exceptions), ...browser.problems],
    packages: packages.length,
    files: sources.files.length,
    entries: browser.entries.length,
  };
}
