import { type AdamW, beginFrom, createReconstructor, NonFiniteLossError, type Reconstructor } from '@kanrecon/model';
import type { Experiment } from '../experiment/experiment.js';
import { createOptimizer } from '../loop/create-optimizer.js';
import type { StepRunner } from '../loop/step-runner.js';

/** A network and its optimizer. */
export interface Trained {
  readonly reconstructor: Reconstructor;
  readonly optimizer: AdamW;
}

/** The steps of one image size. */
interface Stage extends Trained {
  readonly imageSize: number;
  readonly runner: StepRunner;
}

/**
 * Carries out steps on images of whatever size each batch has. Of a size that is not the network's it trains a copy of the network, which
 * has the same weights behind another input, and brings weights, statistics and optimizer back at {@link StepRunner.synchronise} and
 * when the size changes: no number is lost or rounded on the way.
 *
 * @param trained the training's network and optimizer
 * @param start starts what carries out the steps of one size
 */
export function growingStepRunner(
  experiment: Experiment,
  trained: Trained,
  start: (trained: Trained) => StepRunner | Promise<StepRunner>,
): StepRunner {
  const { targets, config } = trained.reconstructor;
  let stage: Stage | undefined;
  let ahead = false;
  const synchronise = async () => {
    if (!stage || !ahead) return;
    await stage.runner.synchronise();
    if (stage.reconstructor !== trained.reconstructor) await copyTraining(stage, trained);
    ahead = false;
  };
  const close = async () => {
    const old = stage;
    stage = undefined;
    await old?.runner.close();
    if (old && old.reconstructor !== trained.reconstructor) disposeBoth(old);
  };
  const open = async (imageSize: number): Promise<Stage> => {
    await synchronise();
    await close();
    if (imageSize === config.imageSize) return { ...trained, imageSize, runner: await start(trained) };
    const copy = copyAt(experiment, trained, imageSize);
    try {
      await copyTraining(trained, copy);
      return { ...copy, imageSize, runner: await start(copy) };
    } catch (error) {
      disposeBoth(copy);
      throw error;
    }
  };
  return {
    async step(images, targetsOfBatch, position) {
      const imageSize = Math.sqrt((images.length * targets.length) / (3 * targetsOfBatch.length));
      if (stage?.imageSize === imageSize) {
        ahead = true;
        return stage.runner.step(images, targetsOfBatch, position);
      }
      // The next batch may be made in these arrays meanwhile.
      const kept = [images.slice(), targetsOfBatch.slice()] as const;
      stage = await open(imageSize);
      ahead = true;
      return stage.runner.step(...kept, position);
    },
    synchronise,
    close,
  };
}

/** The network at another size with an optimizer of its own, both before their first step. */
function copyAt(experiment: Experiment, { reconstructor }: Trained, imageSize: number): Trained {
  const { config, targets } = reconstructor;
  const copy = createReconstructor({ ...config, imageSize, targets });
  return { reconstructor: copy, optimizer: createOptimizer(experiment, copy) };
}

/** Weights, statistics, moments and averages, bit for bit. */
async function copyTraining(from: Trained, to: Trained): Promise<void> {
  const { fresh, unused } = await beginFrom(to.reconstructor, from.reconstructor);
  const [other] = [...fresh, ...unused];
  if (other) {
    const sizes = [from, to].map(({ reconstructor }) => reconstructor.config.imageSize).join(' and ');
    throw new Error(
      `growingStepRunner: ${other.name} hangs on the images' size; expected the same weights at ${sizes} pixels`,
    );
  }
  const state = await from.optimizer.getState();
  for (const { firstMoment, secondMoment } of state.slots) {
    // A step may ruin the weights after its own loss was fine.
    const ruined = [firstMoment, secondMoment].flatMap(
      (values) => values.find((value) => !Number.isFinite(value)) ?? [],
    );
    if (ruined.length > 0) throw new NonFiniteLossError(ruined[0], state.iterations);
  }
  to.optimizer.setState(state);
}

function disposeBoth({ reconstructor, optimizer }: Trained): void {
  optimizer.dispose();
  reconstructor.dispose();
}
