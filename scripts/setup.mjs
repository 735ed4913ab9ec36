// Installs and builds what is not current, and nothing else. Run by `npm run demo` and `npm test`.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pnpm } from './pnpm.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const installStamp = join(root, 'node_modules', '.kanrecon-install');
const buildStamp = join(root, 'node_modules', '.kanrecon-build');
const ignored = new Set(['node_modules', 'dist', '.turbo', 'generated', 'golden', 'results', 'runs']);

checkNodeVersion();
const workspaces = ['packages', 'apps'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .map((name) => join(root, folder, name))
    .filter((path) => existsSync(join(path, 'package.json'))),
);
install();
build();

function checkNodeVersion() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `setup: kanrecon needs Node.js 20.19 or newer, but this is ${process.versions.node}. Install one from nodejs.org and run the command again.`,
  );
}

function install() {
  const extra = ['benchmarks', 'examples'].map((name) => join(root, name));
  const manifests = [root, ...workspaces, ...extra].map((path) => join(path, 'package.json'));
  const files = [join(root, 'pnpm-lock.yaml'), join(root, 'pnpm-workspace.yaml'), ...manifests].filter(existsSync);
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file));
  hash.update(`${process.platform}-${process.arch}`);
  const wanted = hash.digest('hex');
  if (read(installStamp) === wanted) return;
  console.log('Installing dependencies (once; this takes a minute or two) …');
  run(['install', existsSync(join(root, 'pnpm-lock.yaml')) ? '--frozen-lockfile' : '--no-frozen-lockfile']);
  writeFileSync(installStamp, wanted);
}

function build() {
  const hash = createHash('sha256');
  for (const name of ['tsconfig.base.json', 'tsup.base.ts', 'turbo.json']) hash.update(readFileSync(join(root, name)));
  hash.update(read(installStamp) ?? '');
  for (const workspace of workspaces) hashSources(workspace, hash);
  const wanted = hash.digest('hex');
  const built = workspaces.every((path) => existsSync(join(path, 'dist')));
  if (built && read(buildStamp) === wanted) return;
  console.log('Building the packages …');
  run(['exec', 'turbo', 'run', 'build', '--output-logs=errors-only', '--no-update-notifier']);
  writeFileSync(buildStamp, wanted);
}

/** Names, sizes and times of the sources: cheap enough for every start, and a touched file only asks turbo, which compares contents. */
function hashSources(folder, hash) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (ignored.has(entry.name) || entry.name.endsWith('.test.ts')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) hashSources(path, hash);
    else {
      const { size, mtimeMs } = statSync(path);
      hash.update(`${path.slice(root.length)} ${size} ${mtimeMs}\n`);
    }
  }
}

function run(args) {
  const { status, error } = pnpm(args);
  if (error) fail(`setup: could not start npx (${error.message}). Is npm installed and on the PATH?`);
  if (status !== 0) fail(`setup: "pnpm ${args.join(' ')}" failed (exit code ${status}); its message is above.`);
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
