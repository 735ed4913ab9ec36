/**
 * A command of `kanrecon` such that it takes seconds, by these rules and no others:
 *
 * - `synth` makes 30 objects, one view of each, of 32 pixels (by Blender 10, one path a pixel)
 * - `train` goes once through images of 32 pixels, with `--stream` 64 of them
 * - `evaluate --refine` refines one image
 * - `predict` refines with few renderings
 * - `dataset download` is the import of an archive that is there
 *
 * @param words behind `kanrecon`
 */
export function reduceCommand(words: readonly string[]): string[] {
  const reduced = words.map((word) => (word === '<archive>' ? 'archive.tar' : word));
  const set = (flag: string, value: string) => {
    const at = reduced.indexOf(flag);
    if (at < 0) reduced.push(flag, value);
    else reduced[at + 1] = value;
  };
  const isBlender = words.includes('blender') || words.includes('--compare');
  switch (words[0]) {
    case 'synth':
      set('--shapes', isBlender ? '10' : '30');
      set('--size', '32');
      if (!words.includes('--compare')) set('--views', '1');
      if (isBlender) set('--blender-samples', '1');
      break;
    case 'train':
      if (words.includes('--resume')) break;
      set('--epochs', '1');
      set('--image-size', '32');
      if (words.includes('--stream')) {
        set('--epoch-images', '64');
        set('--val-images', '32');
      }
      break;
    case 'predict':
      // Not at the end, where words may be no flags.
      if (!words.includes('--no-refine')) reduced.splice(1, 0, '--refine-budget', '100');
      break;
    case 'evaluate':
      if (words.includes('--refine')) set('--refine-images', '1');
      break;
    case 'dataset':
      if (words[1] === 'download') reduced.splice(1, 1, 'import', 'archive.tar');
  }
  return reduced;
}
