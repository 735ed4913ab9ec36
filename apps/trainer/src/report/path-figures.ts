import { encodePng } from '../prediction/encode-png.js';
import { dataUri } from './data-uri.js';
import type { PathFigure } from './refined-figures.js';

/** The way from the first guess to the refined prediction: renderings, under each where it still differs. Empty without steps. */
export async function pathFigures(path: readonly PathFigure[]): Promise<string> {
  if (path.length === 0) return '';
  const steps = await Promise.all(
    path.map(async ({ rendering, difference, renderings, residual }) => {
      const caption = `${renderings} renderings: ${residual.toFixed(residual < 10 ? 1 : 0)} of 255`;
      const image = async (picture: typeof rendering, what: string) =>
        `<img src="${dataUri(await encodePng(picture))}" width="${picture.width}" height="${picture.height}" alt="${what} after ${renderings} renderings">`;
      return `<figure>${await image(rendering, 'Rendering')}${await image(difference, 'Difference from the image')}<figcaption>${caption}</figcaption></figure>`;
    }),
  );
  return `<p class="soft">From the first guess to the refined prediction: what was nearest to the image until then, where it still differs from it, and by how much on average.</p>
<div class="path">
${steps.join('\n')}
</div>
`;
}
