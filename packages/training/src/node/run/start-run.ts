import { resolve } from 'node:path';
import { checkWritable, removeTemporaryFiles, withFolder } from '@kanrecon/files/node';
import { checkOptions } from '@kanrecon/geometry';
import { imageLimits } from '@kanrecon/identifiability';
import { createReconstructor, type ModelCard, type Reconstructor } from '@kanrecon/model';
import { type Scene, sceneToJson } from '@kanrecon/scene';
import { checkAugmentation } from '../../augmentation/check-augmentation.js';
import { experimentTargets } from '../../camera/experiment-targets.js';
import { tellingFailure } from '../../events/telling-failure.js';
import { type Experiment, type ExperimentOptions, modelOf } from '../../experiment/experiment.js';
import { modelCard } from '../../experiment/model-card.js';
import { parseExperiment } from '../../experiment/parse-experiment.js';
import { wrongExperiment } from '../../experiment/wrong-experiment.js';
import type { BackboneWeights } from '../../init/backbone-weights.js';
import { beginFromWeights } from '../../init/begin-from-weights.js';
import { beginTraining } from '../../init/begin-training.js';
import { prepareWeights } from '../../init/prepare-weights.js';
import { createOptimizer } from '../../loop/create-optimizer.js';
import { initialState } from '../../loop/training-state.js';
import type { RunSummary } from '../../run/run-summary.js';
import { TrainingError } from '../../training-error.js';
import { chooseBackend } from '../backends/choose-backend.js';
import { makeFixedSet } from '../data/make-fixed-set.js';
import { scanSplits } from '../data/open-split-data.js';
import { trainingScene } from '../data/training-scene.js';
import { wantedSplits } from '../data/wanted-splits.js';
import { checkWorkers } from '../workers/start-step-runner.js';
import { saveCheckpoint } from './checkpoint.js';
import { explainFullDisk } from './explain-full-disk.js';
import { lockRun } from './lock-run.js';
import { programVersions } from './program-versions.js';
import type { RunConfig } from './run-config.js';
import { createRunFolder } from './run-folder.js';
import { type RunOptions, runOptionNames } from './run-options.js';
import { trainInFolder } from './train-in-folder.js';

/** Options of {@link startRun}. */
export interface StartRunOptions extends RunOptions {
  /** For streamed images without a data set: what is drawn, and how many images are made in the run's folder to validate and test with. */
  readonly draw?: { readonly scene: Scene; readonly validationImages: number };
  /**
   * A trained network to begin from in place of random weights: `loadNetwork` has one. What fits by name and shape is taken over, see
   * `beginFrom` of @kanrecon/model; what does not is told in a notice `begun-from`. It stays as it is, and the caller's. The run goes on
   * without it.
   */
  readonly initFrom?: Reconstructor;
  /**
   * Weights of the backbone that were trained elsewhere, such as ImageNet's by `fetchPretrained` of @kanrecon/backbones: the head begins
   * anew, and images are normalised as these weights need it unless the experiment says how. Told in a notice `begun-from`, and kept by name and
   * checksum; the run goes on without the file. Not beside `initFrom`. A function is called when everything else has been looked at that
   * takes no time (the folder, the backend, the data set's labels): for weights that are fetched.
   */
  readonly pretrained?: BackboneWeights | (() => Promise<BackboneWeights>);
}

/**
 * Starts a run: makes its folder and trains. A folder that stays empty because something is wrong is taken away again.
 *
 * @throws TrainingError as its code says; DatasetError if the data set cannot be used
 */
export async function startRun(experiment: ExperimentOptions, options: StartRunOptions): Promise<RunSummary> {
  checkOptions('startRun', options, { ...runOptionNames, draw: 1, initFrom: 1, pretrained: 1 });
  const { out, onEvent } = options;
  return tellingFailure(onEvent, () =>
    withFolder(out, async () => {
      const release = lockRun(resolve(out));
      try {
        return await startIn(parseExperiment(experiment), options).catch(explainFullDisk(out));
      } finally {
        release();
      }
    }),
  );
}

async function startIn(given: Experiment, options: StartRunOptions): Promise<RunSummary> {
  const { onEvent = () => {}, signal, draw, initFrom } = options;
  if (initFrom && options.pretrained) throw wrongExperiment('startRun', 'pretrained', 'expected none beside initFrom');
  let experiment = given;
  const folder = await createRunFolder(options.out);
  await removeTemporaryFiles(folder.path); // of a start that was killed
  await checkWritable(folder.path);
  const { name: backend } = await chooseBackend(options.backend, onEvent, signal);
  checkWorkers(experiment.workers, backend);
  const pretrained = await weightsOf(experiment, options);
  if (pretrained) experiment = prepareWeights(experiment, pretrained);
  if (draw && experiment.data.kind === 'stream') {
    const { scene, validationImages: images } = draw;
    const imageSize = experiment.model.imageSize ?? scene.imageSize;
    const made = await makeFixedSet({ out: folder.path, scene, imageSize, images, onEvent, ...(signal && { signal }) });
    experiment = { ...experiment, data: { ...experiment.data, folder: made } };
  }
  const dataset = experiment.data.folder;
  if (dataset === undefined) {
    const reason = 'data.folder is missing; expected the folder of a data set, or the option draw';
    throw new TrainingError('wrong-experiment', { field: 'data.folder', reason }, `startRun: ${reason}`);
  }
  const scene = await trainingScene(dataset);
  // Before anything is decoded.
  checkAugmentation(experiment.augmentation, scene, experiment.camera);
  const limits = await imageLimits(scene, {
    onProgress: (done, total) => onEvent({ type: 'progress', stage: 'limits', done, total }),
    ...(signal && { signal }),
  });
  const card = modelCard({ scene: sceneToJson(scene), limits, experiment });
  const reconstructor = createReconstructor({
    ...modelOf(experiment),
    targets: experimentTargets(experiment, scene),
    card,
  });
  const init = initFrom
    ? await beginTraining(reconstructor, initFrom, onEvent)
    : pretrained && (await beginFromWeights(reconstructor, pretrained, onEvent));
  const config: RunConfig = {
    format: 2,
    name: reconstructor.name,
    experiment,
    scene: sceneToJson(scene),
    backend,
    versions: programVersions(options.versions),
    ...(init && { init }),
  };
  const start = { reconstructor, optimizer: createOptimizer(experiment, reconstructor), state: initialState() };
  // What it began from is in its first checkpoint, before the first step: nothing else could go on from there with the same numbers.
  const keep = (written: ModelCard) => saveCheckpoint(folder, 'last', start, written);
  return trainInFolder(folder, config, start, { ...options, backend, ...(init && { mend: keep }) });
}

/** What the backbone begins with; where it is to be fetched, mistakes that are found without it come first. */
async function weightsOf(
  experiment: Experiment,
  { pretrained, draw, onInvalid, signal }: StartRunOptions,
): Promise<BackboneWeights | undefined> {
  if (typeof pretrained !== 'function') return pretrained;
  const { data, augmentation, camera } = experiment;
  const drawn = data.kind === 'stream' ? draw?.scene : undefined;
  const dataset = drawn ? undefined : data.folder;
  if (!drawn && dataset === undefined) return undefined; // refused below
  const scene = drawn ?? (await trainingScene(dataset!));
  checkAugmentation(augmentation, scene, camera);
  experimentTargets(experiment, scene);
  if (dataset !== undefined) {
    const splits = wantedSplits(data);
    await scanSplits({ dataset, splits, surface: scene.surface, onInvalid, ...(signal && { signal }) });
  }
  signal?.throwIfAborted();
  return pretrained();
}
