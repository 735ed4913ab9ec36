import { expect, it } from 'vitest';
import { gallerySection } from './gallery-section.js';
import { networkGallery } from './network-gallery.js';

const pair = { name: 'a<b.png', input: Uint8Array.of(1), rendering: Uint8Array.of(2) };

it('shows each image beside what was found in it, under a heading and a sentence', () => {
  const html = gallerySection({ title: 'A & B', about: 'One <i>', pairs: [pair, { ...pair, name: 'c.png' }] });
  expect(html).toMatch(/^<h2>A &amp; B<\/h2>\n<p class="soft">One &lt;i&gt;<\/p>/);
  expect(html.match(/<figure/g)).toHaveLength(2);
  expect(html).toContain('src="data:image/png;base64,AQ==" alt="a&lt;b.png, input"');
  expect(html).toContain('src="data:image/png;base64,Ag==" alt="a&lt;b.png, reconstructed"');
});

it('is nothing without images', () => {
  expect(gallerySection(networkGallery([]))).toBe('');
});
