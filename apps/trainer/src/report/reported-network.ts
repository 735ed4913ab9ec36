import { parseReconstructorConfig, type Reconstructor } from '@kanrecon/model';
import { type Experiment, parseExperiment } from '@kanrecon/training';
import { readRunConfig, runFolder } from '@kanrecon/training/node';
import type { Evaluation } from '../evaluation/evaluation.js';
import { countOf } from '../ui/count-of.js';
import { readTraining, type TrainingTold } from './read-training.js';

/** What a report says of the network, and of how it was trained. */
export interface ReportedNetwork {
  readonly training: TrainingTold;
  /** For the small print. */
  readonly details: Readonly<Record<string, string>>;
}

/** What a run's files tell of its network. */
export async function networkOfRun({ run }: Pick<Evaluation, 'run'>): Promise<ReportedNetwork> {
  const folder = runFolder(run);
  const { experiment, versions } = await readRunConfig(folder);
  return {
    training: await readTraining(folder),
    details: {
      network: networkWords(parseReconstructorConfig(experiment.model)),
      training: trainingWords(experiment),
      versions: Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    },
  };
}

/** What a model by itself tells: its training, where this program trained it, but no curves. */
export function networkOfModel({ config, card }: Pick<Reconstructor, 'config' | 'card'>): ReportedNetwork {
  const experiment = experimentOf(card.experiment);
  return {
    training: {
      history: [],
      notes: ['The curves of training are not known: this is a model by itself, which has none; its run has them.'],
    },
    details: { network: networkWords(config), ...(experiment && { training: trainingWords(experiment) }) },
  };
}

/** @returns undefined where the card has none, or one of another version */
function experimentOf(json: unknown): Experiment | undefined {
  try {
    // Where its data lay is not on it.
    const { data, ...experiment } = json as Experiment;
    return parseExperiment({ ...experiment, data: data.kind === 'dataset' ? { ...data, folder: '.' } : data });
  } catch {
    return undefined;
  }
}

function networkWords({ backbone, imageSize, head }: Reconstructor['config']): string {
  return `${backbone} at ${imageSize} × ${imageSize} pixels, head ${head.type} ${JSON.stringify(head.widths)}`;
}

function trainingWords({ optimizer, budget, batchSize, schedule, augmentation, seed }: Experiment): string {
  const { learningRate, backboneRate, weightDecay, clipNorm, averageDecay } = optimizer;
  const backbone = backboneRate === undefined ? '' : ` (backbone ${backboneRate})`;
  return [
    `${countOf(budget.epochs, 'epoch')}, batch ${batchSize}, AdamW ${learningRate}${backbone}, decay ${weightDecay}`,
    ...(clipNorm === undefined ? [] : [`gradients clipped at ${clipNorm}`]),
    ...(averageDecay === undefined ? [] : [`averaged at ${averageDecay}`]),
    ...[schedule, `augmentation ${augmentation.join(', ') || 'none'}`, `seed ${seed}`],
  ].join(', ');
}
