// Holds the sources of all packages against scripts/imports/packages-table.mjs: no import circles, nobody imports whom the table does
// not allow, package.json names what the sources import and nothing else, and every entry but ./node runs in a browser.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkImports } from './imports/check-imports.mjs';
import { namedNotImported, packagesTable } from './imports/packages-table.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { problems, packages, files, entries } = await checkImports(root, packagesTable, namedNotImported);
if (problems.length > 0) {
  for (const problem of problems) console.error(problem);
  console.error(`check-imports: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}, above`);
  process.exit(1);
}
console.log(
  `Imports of ${files} files in ${packages} packages are as the table says; ${entries} entries run in a browser.`,
);
