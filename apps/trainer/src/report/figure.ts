import type { RgbImage } from '@kanrecon/render';
import { escapeHtml } from '@kanrecon/training/report';
import { encodePng } from '../prediction/encode-png.js';
import { dataUri } from './data-uri.js';

/** A picture with its caption (HTML), and what stands between both. */
export async function figure(image: RgbImage, caption: string, below: string): Promise<string> {
  const alt = escapeHtml(caption.replace(/<[^>]*>/g, ''));
  return `<figure><img src="${dataUri(await encodePng(image))}" width="${image.width}" height="${image.height}" alt="${alt}">${below}<figcaption>${caption}</figcaption></figure>`;
}
