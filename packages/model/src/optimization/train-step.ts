import { checkOptions } from '@kanrecon/image';
import {
  dispose,
  type NamedTensorMap,
  type Optimizer,
  type Scalar,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { featuresToTensor, refuseTrained } from '../network/features.js';
import type { Reconstructor } from '../network/reconstructor.js';
import { NonFiniteLossError } from './non-finite-loss-error.js';
import { seedDropout } from './seed-dropout.js';

/** Options of {@link trainStep}. */
export interface TrainStepOptions {
  /** The step's number in the whole training, from 0: with the seed it determines the dropout masks. */
  readonly step: number;
  /**
   * Computes the loss and its gradients: TensorFlow.js' `variableGrads` (default), or one that does the same with less memory,
   * `leanVariableGrads` of @kanrecon/tfjs-wasm-training.
   */
  readonly variableGrads?: (
    loss: () => Scalar,
    variables: Variable[],
  ) => {
    value: Scalar;
    grads: NamedTensorMap;
  };
  /**
   * Runs the model in training mode where the backbone is trained: by default `model.apply(input, { training: true })`, or
   * something faster that does the same, `fusedApply` of @kanrecon/tfjs-wasm-training.
   */
  readonly apply?: (model: LayersModel, input: Tensor) => Tensor | Tensor[];
}

/** What `apply` is when it is left out. */
export function applyInTraining(model: LayersModel, input: Tensor): Tensor | Tensor[] {
  return model.apply(input, { training: true }) as Tensor;
}

const defaults = { variableGrads, apply: applyInTraining };

/**
 * One step of training: forward in training mode, the head's loss (mean squared error for a head that predicts numbers), gradients, one step of the optimizer.
 *
 * Dropout masks depend only on the configuration's seed, the layer and `step`, so training resumed from a saved state gives the
 * same numbers as training without a break (on one backend). BatchNorm uses the batch's statistics and updates its moving ones;
 * a frozen backbone runs in inference mode, outside the gradient.
 *
 * @param images RGB bytes [n, imageSize, imageSize, 3]
 * @param targets normalised [n, targets]
 * @returns the loss before the step
 * @throws if sizes do not fit, the backend lacks a kernel for training, or the loss is not finite; the trained weights are then left
 *   as they were (BatchNorm's moving averages have seen the batch, unless it did not fit into the memory)
 */
export async function trainStep(
  reconstructor: Reconstructor,
  optimizer: Optimizer,
  images: Uint8Array | Uint8ClampedArray,
  targets: Float32Array,
  options: TrainStepOptions,
): Promise<number> {
  return takeStep('trainStep', reconstructor, optimizer, targets, options, () => {
    const input = reconstructor.imagesToTensor(images);
    if (reconstructor.config.trainBackbone) return input;
    try {
      return tidy(() => reconstructor.backbone.apply(input, { training: false }) as Tensor);
    } finally {
      input.dispose();
    }
  });
}

/**
 * The same for a frozen backbone whose features are known, as `computeFeatures` gives them: only the head is computed. The same numbers,
 * within rounding, as {@link trainStep} has of the images that the features are of.
 *
 * @param features [n, features]
 * @param targets normalised [n, targets]
 * @returns the loss before the step
 * @throws as {@link trainStep}; and if the backbone is trained, so that its features change
 */
export async function trainHeadStep(
  reconstructor: Reconstructor,
  optimizer: Optimizer,
  features: Float32Array,
  targets: Float32Array,
  options: TrainStepOptions,
): Promise<number> {
  return takeStep('trainHeadStep', reconstructor, optimizer, targets, options, () => {
    refuseTrained('trainHeadStep', reconstructor);
    return featuresToTensor('trainHeadStep', reconstructor, features);
  });
}

/** @param makeInput the input of what is trained, disposed here: images for the whole network, features for the head alone */
async function takeStep(
  caller: string,
  reconstructor: Reconstructor,
  optimizer: Optimizer,
  targets: Float32Array,
  options: TrainStepOptions,
  makeInput: () => Tensor,
): Promise<number> {
  checkOptions(caller, options, { ...defaults, step: 0 });
  const { step, variableGrads = defaults.variableGrads, apply = defaults.apply } = options;
  if (!Number.isSafeInteger(step) || step < 0) {
    throw new Error(`${caller}: step is wrong; expected a whole number from 0, got ${step}`);
  }
  const input = explainKernels(caller, makeInput);
  const held: Tensor[] = [input];
  try {
    const count = input.shape[0]!;
    if (count === 0 || targets.length !== count * reconstructor.targets.length) {
      throw new Error(
        `${caller}: images and targets do not fit; expected ${reconstructor.targets.length} targets for each of at least one image, got ${targets.length} targets and ${count} images`,
      );
    }
    seedDropout(reconstructor, step);
    const wanted = tensor2d(targets, [count, reconstructor.targets.length]);
    held.push(wanted);
    const { head, trainableVariables } = reconstructor;
    const { value, grads } = explainKernels(caller, () =>
      variableGrads(() => head.loss(forward(reconstructor, input, apply), wanted), trainableVariables),
    );
    held.push(value, ...Object.values(grads));
    const loss = (await value.data())[0];
    if (!Number.isFinite(loss)) {
      throw new NonFiniteLossError(loss, step);
    }
    optimizer.applyGradients(grads);
    return loss;
  } finally {
    dispose(held);
  }
}

function explainKernels<T>(caller: string, compute: () => T): T {
  try {
    return compute();
  } catch (cause) {
    // By tfjs' words: its error has no code, and which kernels a network needs is known only by running it. An error in other words passes
    // as it is, without the advice.
    const [, kernel, backend] = /Kernel '(\w+)' not registered for backend '(\w+)'/.exec(String(cause)) ?? [];
    if (!kernel) throw cause;
    const advice = backend === 'wasm' ? '; call enableWasmTraining() of @kanrecon/tfjs-wasm-training first' : '';
    throw new Error(`${caller}: the backend "${backend}" cannot train: it lacks the kernel ${kernel}${advice}`, {
      cause,
    });
  }
}

/** The trained part in training mode. */
function forward(
  { config, model, headLayers }: Reconstructor,
  input: Tensor,
  apply: Required<TrainStepOptions>['apply'],
): Tensor2D {
  if (config.trainBackbone) return apply(model, input) as Tensor2D;
  return headLayers.reduce((x, layer) => layer.apply(x, { training: true }) as Tensor, input) as Tensor2D;
}
