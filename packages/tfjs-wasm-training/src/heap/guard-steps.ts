import { Optimizer, type Scalar, type Tensor, util, type Variable } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';
import type { GuardedAllocator } from './guard-allocation.js';
import type { KernelGuard } from './guard-kernels.js';
import { OutOfMemoryError } from './out-of-memory-error.js';
import { type RecordingEngine, recordingEngine, type TapeNode } from './recording-engine.js';
import { VariableLog } from './variable-log.js';

/*
 * tfjs' engine has no way back from a kernel that throws: what operations have saved for their gradients stays on a tape that
 * nobody reads again, the loss and the gradients have no owner, and variables may have changed halfway. The functions below wrap
 * the engine's entry points (a gradient, an optimizer's step) for as long as training is enabled. On success they change nothing.
 *
 * Tried: to free everything that is newer than the step's beginning. That takes with it what a loss function keeps for later
 * steps on its first call.
 */

/** A training step (the outermost of nested ones), or the computation of a gradient. */
interface Step {
  /** Clones that operations have saved for their gradients. */
  saved: Tensor[];
  /** Results that depend on the weights and were kept, such as the metrics of tfjs-layers. */
  results: Tensor[];
  variables: VariableLog;
}

let runGradients: (<T>(action: () => T) => T) | undefined;

/**
 * Runs a function that records and computes gradients by itself: when it throws, what it has saved and made is freed, and when
 * that was for want of memory, variables get back their values.
 */
export function runAsStep<T>(action: () => T): T {
  return runGradients ? runGradients(action) : action();
}

/** Wraps the engine's entry points; returns a function that undoes it. */
export function guardSteps(backend: WasmBackend, allocator: GuardedAllocator, kernels: KernelGuard): () => void {
  const engine = recordingEngine();
  const { clone, moveData, gradients, disposeTensor, disposeVariable } = engine;
  const { minimize } = Optimizer.prototype;
  const isOurs = () => engine.backendInstance === backend;
  let step: Step | undefined;
  let gradientsUnderWay = 0;

  function run<T>(action: () => T): T {
    if (step || !isOurs()) return action();
    step = { saved: [], results: [], variables: new VariableLog(engine, backend) };
    const { saved, results, variables } = step;
    // While gradients are computed, a shortage is of activations: what few values have changed would not help.
    allocator.onShortage = () => {
      if (gradientsUnderWay === 0) variables.giveUp();
    };
    try {
      const result = kernels.freeOutputs(() => ownScope(engine, action));
      variables.commit();
      return result;
    } catch (error) {
      step = undefined;
      for (const tensor of saved) tensor.dispose();
      if (error instanceof OutOfMemoryError) {
        for (const tensor of results) tensor.dispose();
        variables.rollBack();
        if (variables.isGivenUp) {
          error.message +=
            ' Some weights had changed already, and there was no room for their old values: load the weights again.';
        }
      } else {
        variables.commit();
      }
      throw error;
    } finally {
      step = undefined;
      allocator.onShortage = undefined;
    }
  }

  function computeGradients<T>(action: () => T): T {
    return run(() => {
      gradientsUnderWay++;
      try {
        return action();
      } finally {
        gradientsUnderWay--;
      }
    });
  }

  engine.gradients = (f, xs, dy, allowNoGradients) => {
    const depth = engine.state.gradientDepth;
    const watched = () => {
      try {
        return f();
      } finally {
        for (const kept of keptResults(engine.state.activeTape ?? [], xs)) step?.results.push(kept);
      }
    };
    return computeGradients(() => {
      try {
        return gradients.call(engine, depth === 0 && step ? watched : f, xs, dy, allowNoGradients);
      } catch (error) {
        if (depth === 0) engine.state.activeTape = null;
        throw error;
      }
    });
  };

  engine.clone = (x) => {
    const y = clone.call(engine, x);
    step?.saved.push(y);
    return y;
  };

  // tfjs frees a tensor on its old backend before it asks the new one for room.
  engine.moveData = (target, dataId) => {
    const data = target === backend ? (engine.state.tensorInfo.get(dataId) as MovedTensor | undefined) : undefined;
    if (data && data.dtype !== 'string') {
      const bytes = util.sizeFromShape(data.shape) * util.bytesPerElement(data.dtype);
      backend.wasm._free(backend.wasm._malloc(bytes));
    }
    moveData.call(engine, target, dataId);
  };

  let isDisposing = false;
  engine.disposeTensor = (tensor) => {
    if (step && !isDisposing && isVariable(tensor)) step.variables.note(tensor);
    disposeTensor.call(engine, tensor);
  };
  engine.disposeVariable = (variable) => {
    isDisposing = true;
    try {
      disposeVariable.call(engine, variable);
    } finally {
      isDisposing = false;
    }
  };

  Optimizer.prototype.minimize = function (this: Optimizer, f, returnCost, variables) {
    const { iterations } = this;
    const isOutermost = step === undefined;
    try {
      return run(() => minimize.call(this, f, returnCost, variables)) as Scalar | null;
    } catch (error) {
      if (isOutermost && error instanceof OutOfMemoryError)
        (this as unknown as { iterations_: number }).iterations_ = iterations;
      throw error;
    }
  };

  runGradients = computeGradients;
  return () => {
    runGradients = undefined;
    const own = engine as Partial<RecordingEngine>;
    // The originals are on the prototype.
    for (const name of names) delete own[name];
    Optimizer.prototype.minimize = minimize;
  };
}

const names = ['gradients', 'clone', 'moveData', 'disposeTensor', 'disposeVariable'] as const;

type MovedTensor = { backend: unknown; shape: number[]; dtype: 'float32' | 'int32' | 'bool' | 'string' };

/** What the action makes and does not free is its caller's if it returns, and freed if it throws. */
function ownScope<T>(engine: RecordingEngine, action: () => T): T {
  engine.startScope('step');
  let left: Tensor[] = [];
  try {
    const result = action();
    left = engine.state.activeScope.track.slice();
    return result;
  } finally {
    engine.endScope(left);
  }
}

function isVariable(tensor: Tensor): tensor is Variable {
  return typeof (tensor as Partial<Variable>).assign === 'function';
}

/** Outputs of recorded operations that depend on `xs` and were kept. */
function keptResults(nodes: readonly TapeNode[], xs: readonly Tensor[]): Tensor[] {
  const dependent = new Set(xs.map(({ id }) => id));
  const kept: Tensor[] = [];
  for (const { inputs, outputs } of nodes) {
    if (!Object.values(inputs).some(({ id }) => dependent.has(id))) continue;
    for (const output of outputs) {
      dependent.add(output.id);
      if ((output as { kept?: boolean }).kept) kept.push(output);
    }
  }
  return kept;
}
