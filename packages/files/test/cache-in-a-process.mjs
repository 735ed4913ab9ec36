// Downloads a file into a shared cache and prints its checksum: a process of download-to-cache.test.ts, on the built package.
import { downloadToCache } from '../dist/node.js';

const [url, folder] = process.argv.slice(2);
const context = { fetch, attempts: 3, retryDelayMs: 10, stallMs: 5000 };
const { sha256 } = await downloadToCache({ url, name: 'w.bin', maxSize: 1e6 }, { folder }, context);
process.stdout.write(sha256);
