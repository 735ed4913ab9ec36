// Checks the packages as their users get them: packs every one, lints the tarballs (publint, are-the-types-wrong), installs them all
// into an empty project outside the workspace, and runs scripts there that import every entry, train one step and use each package.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkBuiltImports } from './imports/check-built-imports.mjs';
import { workspacePackages } from './imports/workspace-packages.mjs';
import { pnpm } from './pnpm.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, 'node_modules', '.bin', name);
const work = mkdtempSync(join(tmpdir(), 'kanrecon-packages-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const packages = workspacePackages(root);

const tarballs = join(work, 'tarballs');
mkdirSync(tarballs);
for (const item of packages) {
  const { path, manifest } = item;
  must(pnpm(['pack', '--pack-destination', tarballs], { cwd: path, stdio: 'pipe' }), `pack ${manifest.name}`);
  item.tarball = join(tarballs, `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`);
  must(command(bin('publint'), ['--strict', item.tarball]), `publint ${manifest.name}`);
  must(command(bin('attw'), [item.tarball, '--profile', 'esm-only']), `are-the-types-wrong ${manifest.name}`);
  checkContents(item);
  for (const problem of checkBuiltImports(item)) fail(problem);
  console.log(`${manifest.name}: tarball is sound`);
}

installEverywhere();
console.log(`${packages.length} packages packed, checked, installed outside the workspace and used.`);

/** Files that every package must carry, and what must never be in one. */
function checkContents({ tarball, manifest }) {
  const { stdout } = must(command('tar', ['-tzf', tarball]), `list ${manifest.name}`);
  const files = stdout.toString().trim().split('\n');
  for (const wanted of ['package/README.md', 'package/LICENSE']) {
    if (!files.includes(wanted)) fail(`${manifest.name}: ${wanted.slice(8)} is missing from the tarball`);
  }
  const unwanted = files.filter((file) => /\.test\.|\/golden\/|\/node_modules\//.test(file));
  if (unwanted.length > 0) fail(`${manifest.name}: the tarball must not hold ${unwanted[0]}`);
}

/** A newcomer's project: npm, the tarballs, TensorFlow.js and nothing of this workspace. */
function installEverywhere() {
  const project = join(work, 'project');
  mkdirSync(project);
  const file = (path) => `file:${path}`;
  const dependencies = Object.fromEntries(packages.map(({ manifest, tarball }) => [manifest.name, file(tarball)]));
  const catalog = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8');
  const version = (name) =>
    new RegExp(`^  "?${name}"?: (.+)$`, 'm').exec(catalog)?.[1] ?? fail(`no catalog version of ${name}`);
  for (const name of ['core', 'layers', 'backend-cpu', 'backend-wasm'].map((part) => `@tensorflow/tfjs-${part}`)) {
    dependencies[name] = version(name);
  }
  for (const name of [
    'sharp',
    'three',
    '@gltf-transform/core',
    'mathjs',
    'echarts',
    'typescript',
    '@types/node',
    '@types/three',
  ])
    dependencies[name] = version(name);
  // Tarballs depend on each other by version; nothing of ours is published yet when a version is new.
  const overrides = Object.fromEntries(packages.map(({ manifest }) => [manifest.name, `$${manifest.name}`]));
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ name: 'newcomer', private: true, type: 'module', dependencies, overrides }, null, 2),
  );
  cpSync(join(root, 'scripts', 'newcomer'), project, { recursive: true });
  const entries = packages.flatMap(({ manifest }) =>
    Object.keys(manifest.exports)
      .filter((key) => key !== './package.json')
      .map((key) => manifest.name + key.slice(1)),
  );
  writeFileSync(join(project, 'entries.json'), JSON.stringify(entries));
  must(
    command('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], project),
    'npm install of all tarballs',
  );
  must(
    command(process.execPath, ['newcomer.mjs'], project, 'inherit'),
    'newcomer.mjs (import every entry, train one step)',
  );
  must(
    command(process.execPath, ['newcomer-tour.mjs'], project, 'inherit'),
    'newcomer-tour.mjs (use the packages around a scene)',
  );
  must(
    command(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], project),
    'type check of a newcomer’s script',
  );
  must(command('npx', ['--no-install', 'kanrecon', '--help'], project), 'npx kanrecon --help');
  runReadme(project);
}

/** Every JavaScript block of the README must work as printed. */
function runReadme(project) {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code);
  for (const [index, code] of blocks.entries()) {
    const file = `readme-${index + 1}.mjs`;
    writeFileSync(join(project, file), code);
    must(command(process.execPath, [file], project), `README example ${index + 1}:\n${code}`);
  }
  console.log(`README: ${blocks.length} examples work as printed`);
}

function command(program, args, cwd = work, stdio = 'pipe') {
  return spawnSync(program, args, { cwd, stdio, shell: process.platform === 'win32' });
}

function must(result, what) {
  if (result.status === 0) return result;
  process.stderr.write(result.stdout ?? '');
  process.stderr.write(result.stderr ?? '');
  return fail(`${what} failed${result.error ? `: ${result.error.message}` : ''}`);
}

function fail(message) {
  console.error(`check-packages: ${message}`);
  process.exit(1);
}
