import { engine } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from './kernel-runtime.js';

let enabled: KernelRuntime | undefined;

/** Told by `enableWasmTraining` and `disableWasmTraining`. */
export function setRuntime(runtime: KernelRuntime | undefined): void {
  enabled = runtime;
}

/** The runtime of the current backend, for the package's own fused functions; undefined when they must fall back. */
export function currentRuntime(): KernelRuntime | undefined {
  return enabled && engine().backend === enabled.backend ? enabled : undefined;
}
