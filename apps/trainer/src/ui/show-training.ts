import type { EpochRecord, OnTrainingEvent, TrainingInit, TrainingNotice, TrainingStarted } from '@kanrecon/training';
import { countOf } from './count-of.js';
import { fixed } from './fixed.js';
import { formatDuration } from './format-duration.js';
import type { Progress } from './progress.js';
import type { Ui } from './ui.js';

const stages = {
  drawing: { label: 'Rendering', unit: 'images' },
  decoding: { label: 'Decoding', unit: 'images' },
  features: { label: 'Computing features', unit: 'images' },
  limits: { label: 'Looking at what images tell', unit: 'objects' },
} as const;

/** Shows a training's events: progress bars, a line an epoch, notices and warnings. */
export function showTraining(ui: Ui): OnTrainingEvent {
  let started: TrainingStarted | undefined;
  let progress: { readonly of: string; readonly bar: Progress } | undefined;
  const stop = () => {
    progress?.bar.stop();
    progress = undefined;
  };
  const show = (of: string, options: Parameters<Ui['progress']>[0], done: number, detail?: string) => {
    if (progress?.of !== of) {
      stop();
      progress = { of, bar: ui.progress(options) };
    }
    progress.bar.update(done, detail);
  };
  return (event) => {
    switch (event.type) {
      case 'progress': {
        const { stage, done, total } = event;
        show(stage, { ...stages[stage], total }, done);
        if (done === total) stop();
        return;
      }
      case 'started':
        stop();
        started = event;
        for (const line of describeStart(event)) ui.note(line);
        return;
      case 'step': {
        const { epoch, images, loss, imageSize } = event;
        const { epochs, images: total, resumed, batchSize } = started!;
        const initial = resumed && resumed.epoch + 1 === epoch ? resumed.step * batchSize : 0;
        const label = `Epoch ${epoch}/${epochs}${imageSize === undefined ? '' : ` (${imageSize} pixels)`}`;
        show(label, { label, total, initial, unit: 'images' }, images, `loss ${loss.toFixed(4)}`);
        return;
      }
      case 'validation':
      case 'checkpoint':
        return;
      case 'epoch':
        stop();
        ui.say(describeEpoch(event.record, event.epochs));
        return;
      case 'notice':
        stop();
        showNotice(event.notice, ui);
        return;
      case 'finished':
      case 'failed':
        stop();
    }
  };
}

function describeStart(event: TrainingStarted): string[] {
  const { growth, name, parameters, imageSize, images, fresh, validationImages, batchSize, workers, steps, resumed } =
    event;
  return [
    `${name}: ${parameters.trainable.toLocaleString('en')} trainable parameters, ${imageSize} × ${imageSize} pixels.`,
    `${fresh ? `${countOf(images, 'fresh image')} an epoch` : `${images} training`} and ${countOf(validationImages, 'validation image')}, batches of ${batchSize}${workers > 1 ? `, divided among ${workers} workers` : ''}.`,
    ...(growth ? [describeGrowth(growth)] : []),
    ...(resumed
      ? [`Resuming after ${countOf(resumed.epoch, 'epoch')} and ${resumed.step} of ${countOf(steps, 'step')}.`]
      : []),
  ];
}

/** "Images grow: 32 pixels for 2 epochs, 48 for 2, 64 for 2; validated at 64." */
function describeGrowth(phases: NonNullable<TrainingStarted['growth']>): string {
  const [first, ...rest] = phases;
  const parts = [
    `${first!.imageSize} pixels for ${countOf(first!.epochs, 'epoch')}`,
    ...rest.map(({ imageSize, epochs }) => `${imageSize} for ${epochs}`),
  ];
  return `Images grow: ${parts.join(', ')}; the network is validated at its own size.`;
}

function showNotice(notice: TrainingNotice['notice'], ui: Ui): void {
  switch (notice.code) {
    case 'backend':
      ui.note(`Backend: ${notice.name} (${notice.description})${notice.chosen ? ', chosen automatically' : ''}.`);
      return;
    case 'backends-measuring':
      ui.detail(`Measuring ${notice.names.join(', ')} …`);
      return;
    case 'backend-measured': {
      const { name, millisecondsPerImage, reason } = notice;
      ui.detail(`  ${name}: ${millisecondsPerImage ? `${millisecondsPerImage.toFixed(1)} ms per image` : reason}`);
      return;
    }
    case 'skipped-files':
      ui.warn(describeSkipped(notice.problems));
      return;
    case 'other-scene':
      ui.warn(
        `${notice.dataset} looks otherwise than what the run began with (scene ${notice.found}, not ${notice.trained}).`,
      );
      return;
    case 'other-length':
      ui.warn(
        `The ${notice.schedule} learning rate follows the new length of ${countOf(notice.epochs, 'epoch')} (${notice.before} before) from here on.`,
      );
      return;
    case 'other-backend':
      ui.warn(
        `The run began on the backend ${notice.before}; on ${notice.name} its numbers go on slightly differently.`,
      );
      return;
    case 'features-cached': {
      const { images, computed } = notice;
      const of = computed === images ? 'computed once' : computed === 0 ? 'found' : `found, or computed (${computed})`;
      ui.note(`The backbone is frozen: features of ${countOf(images, 'image')} ${of}, the head is trained on them.`);
      return;
    }
    case 'features-not-kept':
      ui.warn(`Features of the frozen backbone are not kept for other runs: ${notice.reason}.`);
      return;
    case 'features-not-cached': {
      const instead = notice.because === 'stream' ? 'on a data set (--dataset, no --stream)' : 'without --augment';
      ui.note(`The backbone is frozen, but every epoch has other images; ${instead} their features are computed once.`);
      return;
    }
    case 'begun-from':
      for (const line of describeInit(notice)) ui.note(line);
      return;
    case 'last-missing':
      ui.warn(
        `The last checkpoint (last/) is missing; it is made from the best one, epoch ${notice.epoch}, with an optimizer that starts anew.`,
      );
      return;
    case 'best-missing': {
      const { lost, kept } = notice;
      const now = kept === undefined ? 'the next epoch becomes the best' : `the best that is left is epoch ${kept}`;
      ui.warn(`The best checkpoint (best/), epoch ${lost}, is missing; ${now}.`);
      return;
    }
    case 'log-kept':
      ui.warn(`The log told of epochs that no checkpoint knows of; it is kept as ${notice.file}.`);
  }
}

/** What a training began from, and which weights did not fit: the first of them, `--json` has all. */
function describeInit({ name, taken, fresh, unused }: TrainingInit): string[] {
  const weights = countOf(taken + fresh.length, 'weight');
  return [
    `Begun from ${name}: ${taken} of ${weights} fit and ${taken === 1 ? 'is' : 'are'} taken over.`,
    ...(fresh.length > 0 ? [`  Begun anew: ${listOf(fresh)}.`] : []),
    ...(unused.length > 0 ? [`  Left there: ${listOf(unused)}.`] : []),
  ];
}

function listOf(weights: TrainingInit['fresh']): string {
  const most = 12;
  const texts = weights.slice(0, most).map(({ name, shape, there }) => {
    const other = there && (`${there}` === `${shape}` ? ' (with its layer)' : ` (there ${shapeText(there)})`);
    return `${name} ${shapeText(shape)}${other ?? ''}`;
  });
  const more = weights.length - most;
  return [...texts, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

function shapeText(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}

function describeSkipped(problems: readonly { readonly path: string; readonly message: string }[]): string {
  const shown = problems.slice(0, 5).map(({ path, message }) => `  ${path}: ${message}`);
  const more = problems.length > shown.length ? [`  … and ${problems.length - shown.length} more`] : [];
  const are = problems.length === 1 ? 'is' : 'are';
  return [`${countOf(problems.length, 'file')} of the data set ${are} skipped:`, ...shown, ...more].join('\n');
}

function describeEpoch(record: EpochRecord, epochs: number): string {
  const { epoch, train_loss, val_loss, val_r2_visible, val_camera_degrees, images_per_second, seconds } = record;
  const parts = [
    `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`,
    `train loss ${train_loss.toFixed(4)}`,
    `val loss ${val_loss.toFixed(4)}`,
    `R² (visible) ${fixed(val_r2_visible, 3)}`,
    ...(val_camera_degrees?.['rotation'] === undefined ? [] : [`camera ${fixed(val_camera_degrees['rotation'], 1)}°`]),
    ...(record.image_size === undefined ? [] : [`${record.image_size} pixels`]),
    `${fixed(images_per_second, 0)} images/s`,
    formatDuration(seconds),
  ];
  return parts.join('  ') + (record.best ? '  *' : '');
}
