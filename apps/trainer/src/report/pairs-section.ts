import { dataUri } from './data-uri.js';
import { escapeHtml } from './escape-html.js';
import type { ReportPair } from './report-data.js';

/** Input beside reconstruction, image by image. */
export async function pairsSection(pairs: readonly ReportPair[]): Promise<string> {
  if (pairs.length === 0) return '';
  const figures = pairs.map(({ name: plain, input, rendering }) => {
    const name = escapeHtml(plain);
    return `<figure class="card"><div class="pair"><img src="${dataUri(input)}" alt="${name}, input"><img src="${dataUri(rendering)}" alt="${name}, reconstructed"></div><figcaption>${name}</figcaption></figure>`;
  });
  return `<h2>More reconstructions</h2>
<p class="soft">Left the image, right what the network rebuilt from it alone; the colour is estimated from the image.</p>
<div class="gallery">
${figures.join('\n')}
</div>`;
}
