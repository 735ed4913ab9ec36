import { resolve } from 'node:path';
import { modelByName } from '@kanrecon/model/names';
import type { EpochRecord, ExperimentOptions } from '@kanrecon/training';
import type { RunSummary } from '@kanrecon/training/node';
import { backendChoices } from '../backends/backend-choices.js';
import { defineCommand } from '../cli/define-command.js';
import { exitCodes } from '../cli/exit-codes.js';
import { refuseBesideModel } from '../cli/model-option.js';
import { choice, flag, text } from '../cli/option-types.js';
import { UserError } from '../cli/user-error.js';
import {
  type ExperimentFlags,
  experimentFromFlags,
  experimentOptions,
  recipeFlags,
  withRecipe,
} from '../data/experiment-flags.js';
import { pretrainedOptions, refuseBesidePretrained } from '../data/pretrained-options.js';
import { dataFromFlags, streamOptions } from '../data/stream-options.js';
import { lowerLoss } from '../evaluation/lower-loss.js';
import { countOf } from '../ui/count-of.js';
import { formatDuration } from '../ui/format-duration.js';
import { formatRate } from '../ui/progress.js';
import { showTraining } from '../ui/show-training.js';
import type { Ui } from '../ui/ui.js';

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
      of: recipeFlags,
      default: 'none',
    }),
    ...experimentOptions,
    'init-from': text({
      about:
        'Begin from the weights of a trained network, a run or a model, as far as they fit; it also says the network',
      value: 'run',
      expected: "a run's folder, a model's, or the address of one",
      default: undefined,
    }),
    ...pretrainedOptions,
    ...streamOptions,
    backend: choice({ about: 'What computes (see "kanrecon backends")', of: backendChoices, default: 'auto' }),
    'on-invalid': choice({ about: 'Broken or missing labels and images', of: ['refuse', 'skip'], default: 'refuse' }),
    resume: flag({ about: 'Continue the run in --out with the same numbers as if it had never stopped' }),
  },
  examples: [
    'kanrecon train --recipe small --dataset data/observable --out runs/observable',
    'kanrecon train --dataset data --out runs/first --epochs 20',
    'kanrecon train --dataset data --out runs/kan --backbone efficientnet --head efficient --image-size 224 --augment study',
    'kanrecon train --recipe study --model EFFNETB0_UNLOCK_NODROP_FSTK_16 --dataset data --out runs/fstk',
    'kanrecon train --stream observable --epoch-images 8000 --epochs 20 --image-size 64 --out runs/fresh',
    'kanrecon train --recipe best --stream observable --out runs/best',
    'kanrecon train --init-from runs/observable --dataset data --out runs/adapted --epochs 5',
    'kanrecon train --pretrained imagenet --backbone efficientnet --image-size 224 --dataset data --out runs/fine',
    'kanrecon train --out runs/first --resume',
  ],
  makesFiles: true,
  goesOn: () => true,
  async run({ options: flags, given, ui, signal }) {
    const options = withRecipe(flags, flags.recipe, given);
    const { out, dataset, backend, epochs } = options;
    refuseBesideModel(options.model, given);
    refuseIdleFlags(options, given);
    refuseBestOnStored(options);
    refuseBesidePretrained(options, given);
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
    const { readRunConfig, readRunLog, resumeRun, runFolder, startRun } = await import('@kanrecon/training/node');
    const { explainRunFailure } = await import('../cli/run-errors.js');
    const { refuseRunInDataset } = await import('../data/refuse-run-in-dataset.js');
    const { refuseOutFolder } = await import('../data/refuse-out-folder.js');
    if (dataset) refuseRunInDataset(out, dataset);
    refuseOutFolder(out, 'run');
    let summary: RunSummary;
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
      const { data, draw } = dataFromFlags(options, given);
      const { sceneByName } = await import('@kanrecon/scene');
      const { openInitFrom, partOfSource } = await import('../data/init-from.js');
      const source = options['init-from'] === undefined ? undefined : await openInitFrom(options['init-from']);
      const part = source && partOfSource(source, given, flags.recipe !== 'none', options['image-size']);
      const experiment = experimentFromFlags(options, data, given, part);
      const { pretrained } = options;
      if (pretrained === undefined && !source) warnOfRandomBackbone(experiment, ui);
      const { openPretrained } = await import('../data/open-pretrained.js');
      const weights = pretrained && (await openPretrained({ ...options, pretrained }, experiment, ui, signal));
      summary = await startRun(experiment, {
        ...common,
        ...(source && { initFrom: source }),
        ...(weights && { pretrained: weights }),
        ...(draw && { draw: { ...draw, scene: sceneByName(draw.scene) } }),
      }).catch(explainRunFailure(out));
    }
    const json = { ...summary, run: out };
    if (!summary.finished) {
      ui.say(`Stopped and saved. Go on with: kanrecon train --out ${out} --resume`);
      return { json, exitCode: exitCodes.interrupted };
    }
    ui.say(`\nDone: ${describeBest(out, summary, await readRunLog(runFolder(out)))}`);
    const { seconds, images_per_second: rate } = summary;
    if (rate !== null) {
      ui.say(
        `${formatDuration(seconds)} of training steps over all epochs, ${formatRate(rate)} images/s; validation and saving are not counted.`,
      );
    }
    const used = dataset ?? (await readRunConfig(runFolder(out))).experiment.data.folder;
    ui.say(`Next: kanrecon evaluate ${out} --dataset ${used}`);
    return { json };
  },
});

/** Flags that would do nothing. */
function refuseIdleFlags(
  { schedule, model, 'grow-sizes': sizes }: Pick<ExperimentFlags, 'schedule' | 'model' | 'grow-sizes'>,
  given: ReadonlySet<string>,
): void {
  if (given.has('backbone-rate') && model !== undefined && !modelByName(model).trainBackbone) {
    throw new UserError(`--backbone-rate goes with a backbone that is trained, and that of ${model} is frozen (LOCK).`);
  }
  if (given.has('grow-share') && !sizes?.length) {
    throw new UserError('--grow-share goes with --grow-sizes only; add that, for example --grow-sizes 32,48.');
  }
  const idle = ['step-epochs', 'step-gamma'].find((name) => given.has(name));
  if (!idle || schedule === 'step') return;
  throw new UserError(`--${idle} goes with --schedule step only, and the schedule is ${schedule}.`);
}

/** The recipe for going on without end needs images without end. */
function refuseBestOnStored({
  recipe,
  stream,
  resume,
}: {
  recipe: string;
  stream: string | undefined;
  resume: boolean;
}) {
  if (recipe !== 'best' || stream !== undefined || resume) return;
  throw new UserError(
    '--recipe best is for fresh images, none of which is seen twice; add --stream, for example --stream observable, or --stream dataset for images like those of --dataset.',
  );
}

/** What a name with LOCK asks for: features that nothing was ever trained on. */
function warnOfRandomBackbone({ model }: ExperimentOptions, ui: Ui): void {
  if (model.trainBackbone !== false) return;
  const published = model.backbone === 'smallCnn' ? '' : "--pretrained imagenet begins with ImageNet's weights, ";
  ui.warn(
    `The backbone is frozen (LOCK) with random weights: ${published}--init-from with those of a network that was trained here.`,
  );
}

function describeBest(out: string, { best, epochs }: RunSummary, history: readonly EpochRecord[]): string {
  if (!best) return `${countOf(epochs, 'epoch')}; ${out}/best is missing, ${out}/last is the network of the last one.`;
  const score =
    best.val_r2_visible === null
      ? 'R² is not defined for so few validation images'
      : `with R² ${best.val_r2_visible.toFixed(3)} over the visible parameters`;
  const lower = lowerLoss(history, best.epoch);
  const why = lower
    ? `the best that is left (epoch ${lower.epoch} had a lower validation loss, but its network is lost)`
    : 'the lowest validation loss';
  return `${out}/best is epoch ${best.epoch}, ${why}, ${score}.`;
}
