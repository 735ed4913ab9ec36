import { defineConfig } from 'vite';

export default defineConfig({
  // The page works from any folder of any web server.
  base: './',
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // Small files inside of scripts would be fetched from data addresses, which the page's policy forbids.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    // Licences of what is bundled.
    license: { fileName: 'licenses.md' },
  },
  optimizeDeps: { exclude: ['@kanrecon/pretrained'] },
});
