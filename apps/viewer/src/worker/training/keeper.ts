import type { ReconstructorArtifacts } from '@kanrecon/model';
import type { KeptModel } from '../../storage/kept-model.js';
import { bytesOf, type KeptState, keep, keepNew } from '../../storage/kept-models.js';
import { sentenceOf } from '../sentence-of.js';
import { type HeldName, holdFreeName } from './hold-name.js';
import type { Progress } from './progress.js';
import type { TrainNews } from './train-protocol.js';

type States = Partial<Record<KeptState, ReconstructorArtifacts>>;

/** Keeps a network in the browser. What cannot be kept is told once, and training goes on. */
export class Keeper {
  private refused = false;
  private readonly bytes: Partial<Record<KeptState, number>> = {};

  constructor(
    /** Its name, which the keeper lets go of. */
    private held: HeldName,
    private readonly progress: Progress,
    private readonly tell: (news: TrainNews) => void,
    /** What is kept of it already; a new one is never put in the place of another. */
    private before: Pick<KeptModel, 'bytes'> | undefined,
  ) {}

  async keep(states: States): Promise<KeptModel> {
    for (const which of ['best', 'last'] as const) {
      const artifacts = states[which];
      if (artifacts) this.bytes[which] = bytesOf(artifacts);
    }
    if (this.refused) return this.model();
    try {
      const model = await this.store(states);
      this.tell({ kind: 'kept', model });
      return model;
    } catch (error) {
      this.refused = true;
      this.tell({ kind: 'unkept', sentence: sentenceOf(error) });
      return this.model();
    }
  }

  /** Another window may train it from now on. */
  async letGo(): Promise<void> {
    await this.held.letGo();
  }

  private async store(states: States): Promise<KeptModel> {
    let model = this.model();
    if (this.before) {
      await keep(model, states);
      return model;
    }
    // Another window may have opened a file under its name since it began.
    while (!(await keepNew(model, states))) {
      const { name, letGo } = this.held;
      this.held = await holdFreeName(name, [name]);
      await letGo();
      this.tell({ kind: 'named', name: this.held.name });
      model = this.model();
    }
    this.before = model;
    return model;
  }

  private model(): KeptModel {
    const { best, last } = this.bytes;
    const bytes = best && last ? best + last : Math.max(this.before?.bytes ?? 0, best ?? last ?? 0);
    return { name: this.held.name, changed: Date.now(), bytes, training: this.progress.kept() };
  }
}
