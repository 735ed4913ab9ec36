import { resolve } from 'node:path';
import { augmentationNames, parseAugmentations, recipeNames, scheduleNames, withRecipe } from '@kanrecon/training';
import { backendChoices } from '../backends/backend-choices.js';
import { defineCommand } from '../cli/define-command.js';
import { exitCodes } from '../cli/exit-codes.js';
import { headFlagNames } from '../cli/model-flags.js';
import { choice, flag, integer, integerList, number, type OptionSpec, seed, text } from '../cli/option-types.js';
import { UserError } from '../cli/user-error.js';
import { streamFromFlags, streamOptions } from '../data/stream-options.js';
import { showTraining } from '../ui/show-training.js';

/** What `--resume` may be combined with; everything else is the run folder's. */
const resumable = ['resume', 'out', 'epochs', 'dataset', 'backend', 'on-invalid', 'stream-workers', 'json', 'verbose'];

/** `kanrecon train`: a run folder with checkpoints, log and metrics out of a data set. */
export const trainCommand = defineCommand({
  name: 'train',
  needs: '--out <dir>',
  about: 'Train a network on a data set; Ctrl-C saves and stops (exit code 130), --resume goes on',
  options: {
    dataset: text({ about: 'Folder of the data set', value: 'dir', default: undefined }),
    out: text({ about: 'Run folder to make, or to resume', value: 'dir', default: undefined }),
    recipe: choice({
      about: 'Tried settings that belong together, as defaults for all flags below',
      of: recipeNames,
      default: 'none',
    }),
    backbone: choice({
      about: 'Feature extractor',
      of: ['squeezenet', 'efficientnet', 'small'],
      default: 'squeezenet',
    }),
    head: choice({
      about: `Regression head: ${headFlagNames.join(', ')}`,
      of: headFlagNames,
      default: 'fourier',
    }),
    widths: integerList({ about: "Widths of the head's hidden layers", default: [] }),
    dropout: number({ about: 'Dropout before each layer of the head', min: 0, below: 1, default: 0.4 }),
    epochs: integer({ about: 'Times through the training images', min: 1, default: 100 }),
    'batch-size': integer({ about: 'Images a step', min: 1, max: 4096, default: 16 }),
    'image-size': integer({ about: 'Pixels the images are scaled to', min: 32, max: 1024, default: 128 }),
    'learning-rate': number({ about: 'Highest learning rate', above: 0, default: 5e-4 }),
    'weight-decay': number({ about: 'Decoupled weight decay (AdamW)', min: 0, default: 0.01 }),
    schedule: choice({ about: 'Course of the learning rate', of: scheduleNames, default: 'cosine' }),
    augment: augmentation(),
    ...streamOptions,
    backend: choice({ about: 'What computes (see "kanrecon backends")', of: backendChoices, default: 'auto' }),
    'on-invalid': choice({ about: 'Broken or missing labels and images', of: ['refuse', 'skip'], default: 'refuse' }),
    seed: seed({ about: 'Seed of weights, order, augmentation, dropout' }),
    workers: integer({
      about: 'Threads that share each batch (backend wasm or cpu); the numbers depend on it',
      min: 1,
      max: 64,
      default: 1,
    }),
    resume: flag({ about: 'Continue the run in --out with the same numbers as if it had never stopped' }),
  },
  examples: [
    'kanrecon train --recipe small --dataset data/observable --out runs/observable',
    'kanrecon train --dataset data --out runs/first --epochs 20',
    'kanrecon train --dataset data --out runs/kan --backbone efficientnet --head efficient --image-size 224 --augment study',
    'kanrecon train --stream observable --epoch-images 8000 --epochs 20 --image-size 64 --out runs/fresh',
    'kanrecon train --out runs/first --resume',
  ],
  makesFiles: true,
  goesOn: () => true,
  async run({ options: flags, given, ui, signal }) {
    const options = withRecipe(flags, flags.recipe, given);
    const { out, dataset, backend, epochs } = options;
    if (!out) throw new UserError('train needs --out, the run folder, for example --out runs/first.');
    const { programVersion } = await import('../cli/package-folder.js');
    const common = {
      out,
      backend,
      onInvalid: options['on-invalid'],
      onEvent: showTraining(ui),
      signal,
      versions: { kanrecon: programVersion() },
    } as const;
    const { resumeRun, startRun } = await import('@kanrecon/training/node');
    const { explainRunFailure } = await import('../cli/run-errors.js');
    const { refuseRunInDataset } = await import('../data/refuse-run-in-dataset.js');
    if (dataset) refuseRunInDataset(out, dataset);
    let summary: Awaited<ReturnType<typeof startRun>>;
    if (options.resume) {
      const fixed = [...given].find((name) => !resumable.includes(name));
      if (fixed)
        throw new UserError(`--${fixed} cannot be changed when resuming; a run keeps the settings it began with.`);
      const changes = {
        ...(given.has('epochs') && { epochs }),
        ...(dataset && { dataset: resolve(dataset) }),
        ...(given.has('stream-workers') && { streamWorkers: options['stream-workers'] }),
      };
      summary = await resumeRun(changes, common).catch(explainRunFailure(out));
    } else {
      const streamed = streamFromFlags(options, given);
      if (!streamed && !dataset)
        throw new UserError(
          'train needs --dataset, a folder made by "kanrecon synth" or the published data set; or --stream, to draw fresh images.',
        );
      const folder = dataset && resolve(dataset);
      const { draw, ...stream } = streamed ?? {};
      const data = streamed
        ? ({ kind: 'stream', ...(stream as Omit<typeof streamed, 'draw'>), ...(folder && { folder }) } as const)
        : ({ kind: 'dataset', folder: folder! } as const);
      const { sceneByName } = await import('@kanrecon/scene');
      const { experimentFromFlags } = await import('../data/experiment-flags.js');
      summary = await startRun(experimentFromFlags(options, data), {
        ...common,
        ...(draw && { draw: { ...draw, scene: sceneByName(draw.scene) } }),
      }).catch(explainRunFailure(out));
    }
    if (!summary.finished) {
      ui.say(`Stopped and saved. Go on with: kanrecon train --out ${out} --resume`);
      return { json: summary, exitCode: exitCodes.interrupted };
    }
    const best = summary.best;
    ui.say(
      `\nDone: ${out}/best is epoch ${best?.epoch}, the lowest validation loss, with R² ${best?.val_r2_visible.toFixed(3)} over the visible parameters.`,
    );
    const { readRunConfig } = await import('@kanrecon/training/node');
    const { runFolder } = await import('@kanrecon/training/node');
    const used = dataset ?? (await readRunConfig(runFolder(out))).experiment.data.folder;
    ui.say(`Next: kanrecon evaluate ${out} --dataset ${used}`);
    return { json: summary };
  },
});

function augmentation(): OptionSpec<string> {
  return {
    about: `Changes to training images, separated by commas: ${augmentationNames.join(', ')}; what would make labels false is refused`,
    value: 'name,…',
    words: augmentationNames,
    default: 'none',
    expected: `one of ${augmentationNames.join(', ')}, or several of them but none, separated by commas`,
    parse(given) {
      const words = [...new Set(given.split(',').map((word) => word.trim()))];
      if (words.length > 1 && words.includes('none')) return undefined;
      return parseAugmentations(given) ? words.join(',') : undefined;
    },
  };
}
