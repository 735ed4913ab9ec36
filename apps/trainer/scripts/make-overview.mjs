// Makes the README's picture from the demo's report: the figures of its best and its median prediction, a row each.
//   node apps/trainer/scripts/make-overview.mjs [report.html] [overview.png]
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import sharp from 'sharp';

const [report = 'runs/demo/report.html', target = 'docs/images/overview.png'] = process.argv.slice(2);
const rows = 2;
const columns = 5;
const size = 240;
const gap = 8;

if (!existsSync(report)) {
  console.error(`make-overview: ${report} is not there; run "npm run demo" first, or name a report.`);
  process.exit(2);
}
const [, predictions = ''] = readFileSync(report, 'utf8').split(/<h2[^>]*>Predictions</);
const images = [...predictions.matchAll(/src="data:image\/png;base64,([^"]+)"/g)].slice(0, rows * columns);
if (images.length < rows * columns) {
  console.error(`make-overview: ${report} has ${images.length} figures of predictions; expected ${rows * columns}.`);
  process.exit(2);
}

const figures = await Promise.all(
  images.map(async ([, base64], index) => ({
    input: await sharp(Buffer.from(base64, 'base64')).resize(size, size).png().toBuffer(),
    left: (index % columns) * (size + gap),
    top: Math.floor(index / columns) * (size + gap),
  })),
);
mkdirSync(dirname(target), { recursive: true });
await sharp({
  create: {
    width: columns * (size + gap) - gap,
    height: rows * (size + gap) - gap,
    channels: 4,
    background: { r: 0, g: 0, b: 0, alpha: 0 },
  },
})
  .composite(figures)
  .png({ palette: true, quality: 90, compressionLevel: 9 })
  .toFile(target);
console.log(`Written: ${target}`);
