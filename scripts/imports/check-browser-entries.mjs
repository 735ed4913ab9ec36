import { existsSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

/** Native code and worker threads, besides all modules of Node.js. */
const nodeOnly = /^(sharp|tinypool)(\/|$)/;

/** Peers that their users bring along; browser builds of them exist. */
const peers = /^(@tensorflow\/|@gltf-transform\/|three(\/|$)|mathjs(\/|$))/;

const generated = /^\.{1,2}\/(.*\/)?generated\//;

/**
 * Bundles every entry of every library that is not `./node` for a browser, from the sources across packages: none may reach a module of
 * Node.js, however far below.
 *
 * @param {string} root the workspace's folder
 * @param {{ folder: string, path: string, manifest: Record<string, any> }[]} packages
 * @returns {Promise<{ entries: string[], problems: string[] }>} names as imported; sentences
 */
export async function checkBrowserEntries(root, packages) {
  const sources = new Map(packages.flatMap(entrySources));
  const entries = [...sources.keys()].filter((entry) => !/(^|\/)node$/.test(entry) && !isProgram(entry, packages));
  const problems = await Promise.all(entries.map((entry) => bundleProblems(root, entry, sources)));
  return { entries, problems: problems.flat() };
}

/** The source of each entry that `exports` names. */
function entrySources({ path, manifest }) {
  return Object.entries(manifest.exports ?? {}).flatMap(([key, { types }]) =>
    types ? [[manifest.name + key.slice(1), join(path, types.replace('./dist/', 'src/').replace('.d.ts', '.ts'))]] : [],
  );
}

function isProgram(entry, packages) {
  return packages.some(({ folder, manifest }) => folder.startsWith('apps/') && manifest.name === entry);
}

async function bundleProblems(root, entry, sources) {
  const importers = new Map();
  try {
    await build({
      entryPoints: [sources.get(entry)],
      absWorkingDir: root,
      bundle: true,
      write: false,
      platform: 'browser',
      format: 'esm',
      logLevel: 'silent',
      loader: { '.json': 'json' },
      plugins: [browserOnly(sources, importers)],
    });
    return [];
  } catch (error) {
    if (!error.errors) throw error;
    return error.errors.map(({ text, location }) => {
      const file = location && join(root, location.file);
      const chain = file ? chainTo(file, importers).map((path) => relative(root, path)) : [];
      return `${entry} does not run in a browser: ${text}${chain.length > 0 ? ` (${chain.join(' → ')})` : ''}`;
    });
  }
}

/** Resolves our packages to their sources, leaves peers out, and refuses what only Node.js has. */
function browserOnly(sources, importers) {
  return {
    name: 'browser-only',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /.*/ }, async ({ path, importer, kind, resolveDir, pluginData }) => {
        if (kind === 'entry-point' || pluginData === 'again') return undefined;
        if (isBuiltin(path) || nodeOnly.test(path)) return { errors: [{ text: `it reaches ${path}` }] };
        if (peers.test(path)) return { path, external: true };
        // Kernels that are not built yet: base64 text, which imports nothing.
        if (generated.test(path) && !existsSync(join(resolveDir, path.replace(/\.js$/, '.ts'))))
          return { path, external: true };
        const ours = sources.get(path);
        const found = ours ? { path: ours } : await resolve(path, { importer, kind, resolveDir, pluginData: 'again' });
        if (found.path && !found.external && !importers.has(found.path)) importers.set(found.path, importer);
        return found;
      });
    },
  };
}

/** The files from the entry down to this one. */
function chainTo(file, importers) {
  const chain = [file];
  for (let next = importers.get(file); next && !chain.includes(next); next = importers.get(next)) chain.unshift(next);
  return chain;
}
