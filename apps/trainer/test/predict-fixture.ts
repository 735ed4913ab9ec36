import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect } from 'vitest';
import { programFixture } from './program-fixture.js';

/**
 * The program in a folder of its own, with a small data set `D` and a run `R` on it.
 *
 * @param name of the folder
 */
export function predictFixture(name: string) {
  const program = programFixture(name);
  const { at, run } = program;
  /** Paths of the data set's images, and of the label of one. */
  const images: string[] = [];
  const labels: string[] = [];

  beforeAll(async () => {
    expect((await run('synth --out D --shapes 10 --views 2 --size 32 --workers 1')).code).toBe(0);
    expect((await run('train --dataset D --out R --backbone small --image-size 32 --epochs 1')).code).toBe(0);
    for (const split of ['train', 'test']) {
      images.push(...readdirSync(at('D', split, 'images')).map((file) => at('D', split, 'images', file)));
    }
    labels.push(...readdirSync(at('D', 'test', 'labels')).map((file) => at('D', 'test', 'labels', file)));
  });

  return {
    ...program,
    images,
    /** Path of a label. */
    label: () => labels[0]!,
    /** Makes a folder with such files in it, by name: an image by its number, or a text. */
    folderOf(folder: string, files: Readonly<Record<string, number | string>>) {
      for (const [file, content] of Object.entries(files)) {
        mkdirSync(join(at(folder), file, '..'), { recursive: true });
        if (typeof content === 'number') cpSync(images[content]!, at(folder, file));
        else writeFileSync(at(folder, file), content);
      }
    },
    visible,
    /** Everything in a folder, to see that nothing changed. */
    content: (folder: string) => visible(folder).map((file) => [file, readFileSync(at(folder, file), 'base64')]),
  };

  /** Paths of the files in a folder, hidden ones left out. */
  function visible(...parts: string[]): string[] {
    return readdirSync(at(...parts), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(at(...parts).length + 1)
          .replaceAll('\\', '/'),
      )
      .sort();
  }
}
