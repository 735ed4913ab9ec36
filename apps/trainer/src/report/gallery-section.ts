import { escapeHtml } from '@kanrecon/training/report';
import { dataUri } from './data-uri.js';
import type { ReportGallery } from './report-data.js';

/** Input beside reconstruction, image by image, under the gallery's heading and sentence; nothing without images. */
export function gallerySection({ title, about, pairs }: ReportGallery): string {
  if (pairs.length === 0) return '';
  const figures = pairs.map(({ name: plain, input, rendering }) => {
    const name = escapeHtml(plain);
    return `<figure class="card"><div class="pair"><img src="${dataUri(input)}" alt="${name}, input"><img src="${dataUri(rendering)}" alt="${name}, reconstructed"></div><figcaption>${name}</figcaption></figure>`;
  });
  return `<h2>${escapeHtml(title)}</h2>
<p class="soft">${escapeHtml(about)}</p>
<div class="gallery">
${figures.join('\n')}
</div>`;
}
