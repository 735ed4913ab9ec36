import { expect, it } from 'vitest';
import { imageOutputs } from './image-outputs.js';

it("gives overlays names that are no other image's", () => {
  const files = ['a', 'a-overlay', 'sub/b'].map((name) => ({ shown: name, source: `/in/${name}.png`, name }));
  const outputs = imageOutputs(files, 'out', { overlays: true });
  const names = outputs.flatMap(({ rendering, overlay }) =>
    [rendering, overlay!].map((path) => path.replaceAll('\\', '/')),
  );
  expect(names).toEqual([
    ...['out/a.png', 'out/a-overlay-2.png', 'out/a-overlay.png', 'out/a-overlay-overlay.png'],
    ...['out/sub/b.png', 'out/sub/b-overlay.png'],
  ]);
  expect(imageOutputs(files, 'out', { overlays: false })[0]).not.toHaveProperty('overlay');
});
