import { getKernelsForBackend, type KernelConfig } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';
import type { GuardedAllocator } from './guard-allocation.js';
import { OutOfMemoryError } from './out-of-memory-error.js';
import { recordingEngine } from './recording-engine.js';
import { withRoomInside } from './room-inside.js';

/** What {@link guardKernels} has set up. */
export interface KernelGuard {
  /** Runs code that makes outputs outside of kernels: those that no tensor owns are freed when it throws. */
  freeOutputs<T>(action: () => T): T;
  /** Undoes it all. */
  restore(): void;
}

/**
 * Sees to it that a kernel that throws leaves nothing behind (outputs and shared buffers belong to nobody before it returns), and
 * that one whose own C++ code found no room throws: tfjs prints a warning then, and goes on with numbers that nobody has computed.
 * Covers every kernel of the backend that is registered at the time.
 *
 * @param replaced names of kernels that are not the stock ones
 */
export function guardKernels(
  backend: WasmBackend,
  allocator: GuardedAllocator,
  replaced: ReadonlySet<string>,
): KernelGuard {
  const engine = recordingEngine();
  const { set } = backend.dataIdMap;
  const { incRef, disposeData } = backend;
  /** Buffers of which the running kernels have taken a reference (1) or given one back (−1). */
  const taken: object[] = [];
  const counts: number[] = [];
  let depth = 0;
  /** Buffers that were made outside of kernels, while anyone asks for them. */
  let outputs: object[] | undefined;

  function note(dataId: object, count: number): void {
    taken.push(dataId);
    counts.push(count);
  }

  backend.dataIdMap.set = (dataId, data) => {
    // A tensor of the user's that moves here from another backend is not the kernel's.
    if (depth > 0 && !engine.state.tensorInfo.has(dataId)) note(dataId, 1);
    else outputs?.push(dataId);
    set.call(backend.dataIdMap, dataId, data);
  };
  backend.incRef = (dataId) => {
    if (depth > 0) note(dataId, 1);
    incRef.call(backend, dataId);
  };
  backend.disposeData = (dataId, force) => {
    if (depth > 0) note(dataId, -1);
    return disposeData.call(backend, dataId, force);
  };

  function giveBack(since: number): void {
    const open = new Map<object, number>();
    for (let i = since; i < taken.length; i++) open.set(taken[i]!, (open.get(taken[i]!) ?? 0) + counts[i]!);
    for (const [dataId, count] of open) for (let i = 0; i < count; i++) disposeData.call(backend, dataId);
  }

  const guard =
    (kernelFunc: KernelConfig['kernelFunc']): KernelConfig['kernelFunc'] =>
    (args) => {
      if (args.backend !== backend) return kernelFunc(args);
      const since = taken.length;
      depth++;
      try {
        const result = kernelFunc(args);
        if (allocator.hasFailedInside()) {
          throw new OutOfMemoryError('what a kernel needs while it runs', backend.wasm.HEAPU8.length);
        }
        return result;
      } catch (error) {
        giveBack(since);
        throw error;
      } finally {
        depth--;
        // What a kernel that was called by another has made is its tensors' from here on.
        taken.length = since;
        counts.length = since;
      }
    };

  const restores = getKernelsForBackend('wasm').map((config) => {
    const { kernelName, kernelFunc } = config;
    config.kernelFunc = guard(
      replaced.has(kernelName) ? kernelFunc : withRoomInside(kernelName, kernelFunc, allocator),
    );
    return () => {
      config.kernelFunc = kernelFunc;
    };
  });
  return {
    freeOutputs(action) {
      if (outputs) return action();
      const made: object[] = [];
      outputs = made;
      try {
        return action();
      } catch (error) {
        for (const dataId of made) if (!engine.state.tensorInfo.has(dataId)) backend.disposeData(dataId, true);
        throw error;
      } finally {
        outputs = undefined;
      }
    },
    restore() {
      for (const restore of restores) restore();
      // The originals are on the prototypes.
      delete (backend.dataIdMap as Partial<typeof backend.dataIdMap>).set;
      for (const name of ['incRef', 'disposeData'] as const) delete (backend as Partial<WasmBackend>)[name];
    },
  };
}
