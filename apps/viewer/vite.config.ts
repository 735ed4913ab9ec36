import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const serviceWorker = 'service-worker';

export default defineConfig({
  // The page works from any folder of any web server.
  base: './',
  worker: { format: 'es' },
  plugins: [listFiles()],
  build: {
    target: 'es2022',
    // Small files inside of scripts would be fetched from data addresses, which the page's policy forbids.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    // Licences of what is bundled.
    license: { fileName: 'third-party-notices.md' },
    rolldownOptions: {
      input: { index: 'index.html', [serviceWorker]: 'src/offline/service-worker.ts' },
      output: {
        // A service worker rules over what lies beside and below it, under a name that stays.
        entryFileNames: ({ name }) => (name === serviceWorker ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  optimizeDeps: { exclude: ['@kanrecon/pretrained'] },
});

/** Tells the service worker the names of all files that were built. */
function listFiles(): Plugin {
  let folder = '';
  return {
    name: 'list-files',
    apply: 'build',
    configResolved({ root, build, isWorker }) {
      if (!isWorker) folder = join(root, build.outDir);
    },
    closeBundle() {
      const place = join(folder, `${serviceWorker}.js`);
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((name) => name.replaceAll('\\', '/'))
        .filter(
          (name) =>
            statSync(join(folder, name)).isFile() && !/^(service-worker\.js|third-party-notices\.md)$/.test(name),
        )
        .sort();
      const hash = createHash('sha256');
      for (const name of files) hash.update(name).update(readFileSync(join(folder, name)));
      const manifest = JSON.stringify({ version: hash.digest('hex').slice(0, 16), files: ['./', ...files] });
      const text = readFileSync(place, 'utf8');
      const written = text.replace(/(["'`])kanrecon-manifest\1/, () => JSON.stringify(manifest));
      if (written === text) throw new Error('list-files: the service worker names no kanrecon-manifest');
      writeFileSync(place, written);
    },
  };
}
