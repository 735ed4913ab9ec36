import type { ReconstructorArtifacts } from '@kanrecon/model';
import type { EpochRecord, TrainingEvent, TrainingInit } from '@kanrecon/training';
import type { KeptTraining, LossPoint } from '../../storage/kept-model.js';
import { thinned } from './thinned.js';
import type { TrainNews } from './train-protocol.js';
import type { TrainSettings } from './train-settings.js';

/** Milliseconds between two news of steps: faster than eyes follow. */
const pause = 200;
/** Steps that the speed is measured over, in milliseconds. */
const recent = 5000;

/** What a training's events come to: news for the page, and what is kept of it. */
export class Progress {
  private history: EpochRecord[];
  private curve: LossPoint[];
  private possible: number | null;
  private init: TrainingInit | undefined;
  private steps: number;
  private place: { epoch: number; step: number };
  /** Σ loss · images of the epoch in work as of the last news, with its images and when that was. */
  private told = { sum: 0, images: 0, at: 0 };
  /** Moments with the images until then, the oldest first, as far as the speed is measured back. */
  private clock: { at: number; images: number }[] = [];

  constructor(
    private readonly settings: TrainSettings,
    private readonly tell: (news: TrainNews) => void,
    before: KeptTraining | undefined,
  ) {
    this.history = [...(before?.history ?? [])];
    this.curve = [...(before?.curve ?? [])];
    this.possible = before?.possible ?? null;
    this.init = before?.init;
    this.steps = before?.steps ?? 0;
    this.place = { epoch: before?.epoch ?? 0, step: before?.step ?? 0 };
  }

  hear(event: TrainingEvent): void {
    if (event.type === 'progress') this.tell({ kind: 'preparing', done: event.done, total: event.total });
    else if (event.type === 'started') this.started(event.steps, event.parameters.total);
    else if (event.type === 'step') this.step(event);
    else if (event.type === 'epoch') this.epoch(event.record);
    else if (event.type === 'notice' && event.notice.code === 'begun-from') this.begun(event.notice);
  }

  /** Notes what only a checkpoint knows: the best possible score, and what the epoch in work has come to. */
  saved({ manifest: { card, extra } }: ReconstructorArtifacts): void {
    const limits = card['limits'] as
      | {
          best?: { perParameter: { name: string; r2: number }[]; bounds?: string[] } | null;
          invisible?: readonly string[];
        }
      | undefined;
    const shown = limits?.best?.perParameter.filter(({ name }) => !limits.invisible?.includes(name)) ?? [];
    if (shown.length > 0) this.possible = shown.reduce((sum, { r2 }) => sum + r2, 0) / shown.length;
    const { training } = extra as { training: { epoch: number; step: number; history: EpochRecord[] } };
    this.place = { epoch: training.epoch, step: training.step };
    this.history = training.history;
  }

  /** What is kept of the training. */
  kept(): KeptTraining {
    const { settings, history, curve, possible, steps, init } = this;
    return { settings, ...this.place, steps, history, possible, curve: thinned(curve), ...(init && { init }) };
  }

  private begun({ name, taken, fresh, unused }: TrainingInit): void {
    this.init = { name, taken, fresh, unused };
    this.tell({ kind: 'begun', init: this.init });
  }

  private started(steps: number, weights: number): void {
    const { batchSize } = this.settings;
    this.steps = steps;
    // Points beyond the checkpoint that it goes on from are drawn once more.
    const begun = this.imagesAt(this.place.epoch, this.place.step);
    this.curve = this.curve.filter(({ images }) => images <= begun);
    this.told = { sum: 0, images: 0, at: performance.now() };
    this.tell({ kind: 'started', steps, batchSize, weights, possible: this.possible });
  }

  private step({ epoch, step, images, loss }: Extract<TrainingEvent, { type: 'step' }>): void {
    const now = performance.now();
    const total = this.imagesAt(epoch - 1, step);
    const last = step === this.steps;
    this.clock.push({ at: now, images: total });
    while (this.clock.length > 2 && now - this.clock[0]!.at > recent) this.clock.shift();
    if (!last && now - this.told.at < pause) return;
    // After a pause in the middle of an epoch its mean is that from its beginning.
    const fresh = images > this.told.images ? this.told : { sum: 0, images: 0 };
    const mean = (loss * images - fresh.sum) / (images - fresh.images);
    this.curve.push({ images: total, loss: mean });
    const [first] = this.clock;
    const imagesPerSecond = (1000 * (total - first!.images)) / (now - first!.at);
    this.tell({ kind: 'steps', epoch: epoch - 1, step, images: total, loss: mean, imagesPerSecond });
    this.told = last ? { sum: 0, images: 0, at: now } : { sum: loss * images, images, at: now };
  }

  private epoch(record: EpochRecord): void {
    // Validation is no training time.
    this.clock = [];
    this.tell({ kind: 'epoch', record });
  }

  private imagesAt(epoch: number, step: number): number {
    return (epoch * this.steps + step) * this.settings.batchSize;
  }
}
