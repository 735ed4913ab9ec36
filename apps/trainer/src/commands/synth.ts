import { availableParallelism } from 'node:os';
import type { BlenderSynthesisOptions } from '@kanrecon/blender/node';
import { blenderOptions } from '../blender/blender-options.js';
import { findBlender } from '../blender/find-blender.js';
import { defineCommand, type OptionValues } from '../cli/define-command.js';
import { integer, type OptionSpec, seed, text } from '../cli/option-types.js';
import { UserError } from '../cli/user-error.js';
import { sceneOptions } from '../data/scene-options.js';
import { countSplits } from '../ui/count-of.js';
import { formatRate } from '../ui/progress.js';
import type { Ui } from '../ui/ui.js';

/** `kanrecon synth`: a data set of rendered objects in the study's layout. */
export const synthCommand = defineCommand({
  name: 'synth',
  needs: '--out <dir>',
  about: "Render a data set of parametric objects in the study's layout; the same command goes on after Ctrl-C",
  options: {
    out: text({ about: 'Folder to make', value: 'dir', default: undefined }),
    shapes: integer({ about: 'Different objects', min: 1, max: 10_000_000, default: 400 }),
    views: integer({ about: 'Images of each object', min: 1, max: 1000, default: 5 }),
    size: integer({ about: 'Width and height of the images in pixels', min: 16, max: 4096, default: 224 }),
    ...sceneOptions,
    ...blenderOptions,
    split: split({ about: 'Fractions of the objects for train, val, test' }),
    workers: integer({ about: 'Threads', min: 1, max: 256, default: availableParallelism() }),
    seed: seed({ about: 'Same seed, same bytes, whatever the number of workers' }),
  },
  examples: [
    'kanrecon synth --out data --shapes 400 --size 128',
    'kanrecon synth --out data --scene observable --shapes 3000 --views 5 --size 64 --split .8,.1,.1 --seed 7',
    'kanrecon synth --out robust --scene fluted --light-tilt 0..40 --background 60..240 --noise 0..6 --jpeg 40..95',
    'kanrecon synth --out mine --surface my-shell.json --pattern hue-wheel --camera fixed',
    'kanrecon synth --out photos --shapes 40 --size 128 --renderer blender',
    'kanrecon synth --out comparison --scene observable --compare',
  ],
  makesFiles: true,
  goesOn: ({ compare }) => !compare,
  async run({ options, given, ui, signal }) {
    const { out, shapes, views, size, workers, seed } = options;
    if (!out) throw new UserError('synth needs --out, the folder for the data set, for example --out data.');
    const blender = usedBlender(options, given, ui);
    const { sceneFromFlags } = await import('../data/scene-from-flags.js');
    const { namingSurfaceFile } = await import('../data/naming-surface-file.js');
    const { refuseOutFolder } = await import('../data/refuse-out-folder.js');
    refuseOutFolder(out, options.compare ? 'results' : 'data set');
    const scene = await sceneFromFlags(options);
    if (options.compare) {
      const { compareWithBlender } = await import('../blender/compare-with-blender.js');
      const comparison = {
        out,
        scene,
        shapes: given.has('shapes') ? shapes : 8,
        viewsPerShape: given.has('views') ? views : 1,
        imageSize: given.has('size') ? size : 128,
        ...{ seed, workers },
        ...(blender && { blender }),
      };
      const json = await namingSurfaceFile(options.surface, () => compareWithBlender(comparison, ui, signal));
      return { json: { out, ...json } };
    }
    const { synthesize } = await import('../data/synthesize.js');
    const { warnOfEmptySplits } = await import('../data/warn-of-empty-splits.js');
    const [train, val, test] = options.split;
    const wanted = {
      ...{ dir: out, scene, shapes, viewsPerShape: views, imageSize: size },
      ...{ split: { train, val, test }, workers, seed, ...(blender && { renderer: await blenderRenderer(blender) }) },
    };
    const summary = await namingSurfaceFile(options.surface, () => synthesize(wanted, ui, signal));
    const { counts, written, kept, seconds } = summary;
    const rate = written > 0 ? ` (${formatRate(written / seconds)} images/s)` : '';
    ui.say(`${out}: ${countSplits(counts)}.`);
    ui.say(
      `${written} rendered in ${seconds.toFixed(1)} s${rate}${kept > 0 ? `, ${kept} ${kept === 1 ? 'was' : 'were'} there already` : ''}.`,
    );
    warnOfEmptySplits(shapes, { train, val, test }, ui);
    if (counts.train > 0 && counts.val > 0) ui.say(`Next: kanrecon train --dataset ${out} --out runs/first`);
    return { json: { out, ...summary } };
  },
});

/** The Blender to be used, if one is. @throws UserError if there is none, or flags for one are given in vain */
function usedBlender(
  { renderer, compare, blender: named, 'blender-samples': samples }: OptionValues<typeof blenderOptions>,
  given: ReadonlySet<string>,
  ui: Ui,
): BlenderSynthesisOptions | undefined {
  if (renderer === 'blender' || compare) {
    const path = findBlender(named);
    const onStart = () => ui.note(`Starting Blender (${path}); this may take up to two minutes …`);
    return { path, samples, onStart };
  }
  const vain = ['blender', 'blender-samples'].find((name) => given.has(name));
  if (vain) throw new UserError(`--${vain} says how to use Blender; add --renderer blender or --compare to use it.`);
  return undefined;
}

async function blenderRenderer(options: BlenderSynthesisOptions) {
  return (await import('@kanrecon/blender/node')).blenderDatasetRenderer(options);
}

type Fractions = readonly [train: number, val: number, test: number];

function split({ about }: { about: string }): OptionSpec<Fractions> {
  return {
    about,
    value: 'a,b,c',
    default: [0.8, 0.1, 0.1],
    expected: 'three fractions that add up to 1, such as .8,.1,.1',
    parse(given) {
      const parts = given.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
      const [train, val, test] = parts as [number, number, number];
      const right = parts.length === 3 && parts.every((part) => part >= 0) && Math.abs(train + val + test - 1) < 1e-6;
      return right ? [train, val, test] : undefined;
    },
  };
}
