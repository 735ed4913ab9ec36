import { openImageCache, scanDataset, synthesizeDataset } from '@kanrecon/dataset/node';

await synthesizeDataset({ dir: 'runs/small-data', shapes: 20, imageSize: 128, seed: 1 });
const { samples } = await scanDataset('runs/small-data', { splits: ['train'] });
const cache = await openImageCache({ samples, imageSize: 64, cacheDir: 'runs/small-data/.cache' });
console.log(cache.readBatch([0, 1]).length, cache.targets([0, 1])); // 2 · 64 · 64 · 3 bytes, targets in [0, 1]
