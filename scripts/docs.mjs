// Builds the reference of all packages from their docstrings into docs/reference, every entry that a package exports. It fails on any
// warning: a name in a signature that users cannot import, a link to nothing, an unknown tag.
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application, LogLevel, OptionDefaults, ReflectionKind } from 'typedoc';
import { countSameCommentOnce } from './docs-one-comment.mjs';
import { workspacePackages } from './imports/workspace-packages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'docs', 'reference');
const parts = join(root, 'node_modules', '.cache', 'reference');

const packages = workspacePackages(root);

/** What all runs of typedoc have in common. */
const common = { logLevel: LogLevel.Warn, treatWarningsAsErrors: true };

rmSync(parts, { recursive: true, force: true });
mkdirSync(parts, { recursive: true });
const files = [];
const failures = [];
for (const { path, manifest } of packages) {
  const app = await Application.bootstrap({
    ...common,
    name: manifest.name,
    basePath: path,
    entryPoints: entriesOf(path, manifest),
    tsconfig: join(path, 'tsconfig.json'),
    readme: join(path, 'README.md'),
    // The packages are read one after the other; where to find the code is the same for all.
    disableGit: true,
    sourceLinkTemplate: `https://github.com/kanrecon/kanrecon/blob/main/{path}#L{line}`,
    excludePrivate: true,
    excludeProtected: true,
    excludeInternal: true,
  });
  countSameCommentOnce(app.logger);
  const project = await app.convert();
  if (!project) fail(`${manifest.name} does not compile`);
  app.validate(project);
  failures.push(...logged(app, manifest.name));
  // A package of several entries has a module for each, to be named as it is imported.
  for (const child of project.getChildrenByKind(ReflectionKind.Module)) {
    child.name = child.name.replace(/^src(?=\/|$)/, manifest.name);
  }
  const file = join(parts, `${manifest.name.replace('/', '-')}.json`);
  await app.generateJson(project, file);
  files.push(file);
}

if (failures.length > 0) fail(failures.join('; '));

rmSync(out, { recursive: true, force: true });
const app = await Application.bootstrap({
  ...common,
  name: 'kanrecon',
  entryPointStrategy: 'merge',
  entryPoints: files,
  readme: join(root, 'README.md'),
  highlightLanguages: [...OptionDefaults.highlightLanguages, 'python'],
  out,
});
const project = await app.convert();
if (!project) fail('the packages cannot be merged');
app.validate(project);
await app.generateDocs(project, out);
for (const failure of logged(app, 'all packages together')) fail(failure);
console.log(`docs: ${packages.length} packages in ${join(out, 'index.html')}`);

/** The sources of what `exports` names, subpaths too. */
function entriesOf(path, manifest) {
  return Object.values(manifest.exports).flatMap(({ types }) =>
    types ? [join(path, types.replace(/^\.\/dist\//, 'src/').replace(/\.d\.ts$/, '.ts'))] : [],
  );
}

/** What typedoc found, in words: nothing where all is well. */
function logged({ logger }, what) {
  if (!logger.hasErrors() && !logger.hasWarnings()) return [];
  return [`${what}: ${logger.errorCount} errors and ${logger.warningCount} warnings, see above`];
}

function fail(message) {
  console.error(`docs: ${message}`);
  process.exit(1);
}
