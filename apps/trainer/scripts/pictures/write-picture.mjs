// A picture of several images with words and drawings around them, as the documents show it.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import sharp from 'sharp';

/** Colours of what stands for what, the same in all pictures. */
export const colors = { truth: '#111111', network: '#e8590c', refined: '#1971c2', quiet: '#868e96', frame: '#ced4da' };

/** @param images { image: { width, height, data }, left, top, size } @param svg elements on a white card, over which the images lie */
export async function writePicture(target, { width, height, images, svg }) {
  const card = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif">
<rect width="${width}" height="${height}" rx="16" fill="#ffffff"/>
${svg.join('\n')}
</svg>`;
  const laid = images.map(async ({ image, left, top, size }) => ({
    input: await enlarged(image, size),
    left: Math.round(left),
    top: Math.round(top),
  }));
  mkdirSync(dirname(target), { recursive: true });
  await sharp(Buffer.from(card))
    .composite(await Promise.all(laid))
    .png({ palette: true, colours: 256, dither: 0.6, compressionLevel: 9 })
    .toFile(target);
  console.log(`Written: ${target}`);
}

/** Pixels stay visible where an image is made larger. */
function enlarged({ width, height, data }, size) {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .resize(size, size, { kernel: width < size ? 'nearest' : 'lanczos3' })
    .png()
    .toBuffer();
}

/** @param look { size, color, weight, anchor } */
export function text(x, y, words, { size = 24, color = '#212529', weight = 400, anchor = 'start' } = {}) {
  const escaped = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${color}" text-anchor="${anchor}">${escaped}</text>`;
}

export function line(x1, y1, x2, y2, color, width = 2, dash = '') {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${color}" stroke-width="${width}" stroke-dasharray="${dash}"/>`;
}

export function box(x, y, width, height, fill, { stroke = 'none', rx = 0, opacity = 1 } = {}) {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${rx}" fill="${fill}" fill-opacity="${opacity}" stroke="${stroke}" stroke-width="2"/>`;
}
