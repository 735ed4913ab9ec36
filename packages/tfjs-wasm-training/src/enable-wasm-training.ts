import {
  engine,
  findBackend,
  type GradConfig,
  getGradient,
  getKernel,
  type KernelConfig,
  type KernelFunc,
  registerGradient,
  registerKernel,
  unregisterGradient,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { captureMemories } from './capture-memories.js';
import { setRuntime } from './current-runtime.js';
import { explainMissingKernels } from './explain-missing-kernels.js';
import { findWasmMemory } from './find-wasm-memory.js';
import { addDilatedFusedGradients } from './gradients/dilated-fused.js';
import { gradientReplacements, ownGradients } from './gradients/index.js';
import { guardAllocation } from './heap/guard-allocation.js';
import { guardKernels } from './heap/guard-kernels.js';
import { guardModels } from './heap/guard-models.js';
import { guardSteps } from './heap/guard-steps.js';
import { withRoomInside } from './heap/room-inside.js';
import { KernelRuntime } from './kernel-runtime.js';
import { kernelReplacements } from './kernels/index.js';
import { loadKernels } from './load-kernels.js';
import type { WasmBackend } from './wasm-backend.js';

/** What {@link enableWasmTraining} has set up. */
export interface WasmTrainingInfo {
  /** Whether the build with fused multiply-add (relaxed SIMD) runs; it is about a fifth faster. */
  relaxedSimd: boolean;
  /** Names of the kernels that are now registered for the 'wasm' backend. */
  kernels: string[];
}

interface Enabled {
  runtime: KernelRuntime;
  info: WasmTrainingInfo;
  restore(): void;
}

let enabled: Enabled | undefined;
let starting: Promise<WasmTrainingInfo> | undefined;

/**
 * Gives tfjs' 'wasm' backend the kernels that training a CNN needs. Call it before or after `setBackend('wasm')` (with
 * tfjs' multi-threaded build, in a browser that is cross-origin isolated, only before), any number of times: it starts
 * the backend if nothing has (without making it the current one), so `setWasmPaths` and `setThreadsCount`, where you use
 * them, must come first. If the backend was removed and made anew, call it again.
 *
 * @throws if '@tensorflow/tfjs-backend-wasm' was not imported, cannot start, or the engine has no WebAssembly SIMD
 */
export function enableWasmTraining(): Promise<WasmTrainingInfo> {
  // Calls that overlap share one run: it watches WebAssembly.instantiate, and two watchers would undo each other.
  starting ??= enable().finally(() => {
    starting = undefined;
  });
  return starting;
}

async function enable(): Promise<WasmTrainingInfo> {
  const capture = captureMemories();
  const backend = await startWasmBackend().finally(capture.stop);
  if (enabled?.runtime.backend === backend) return enabled.info;
  disableWasmTraining();
  const memory = findWasmMemory(backend.wasm, capture.memories);
  const { kernels, relaxedSimd } = await loadKernels(memory);
  const runtime = new KernelRuntime(backend, memory, kernels);
  // Gradients first: should tfjs not have registered its own yet, this throws before anything has changed.
  const restores = gradientReplacements.map(({ kernelName, create }) => replaceGradient(kernelName, create));
  const allocator = guardAllocation(backend.wasm, memory);
  restores.push(
    ...kernelReplacements.map(({ kernelName, create }) =>
      replaceKernel(
        kernelName,
        (stock) => create(runtime, stock && withRoomInside(kernelName, stock, allocator)),
        backend,
      ),
    ),
    ...ownGradients.map(addGradient),
    addDilatedFusedGradients(),
    explainMissingKernels(),
  );
  const replaced = new Set(kernelReplacements.map(({ kernelName }) => kernelName));
  const kernelGuard = guardKernels(backend, allocator, replaced);
  restores.push(
    allocator.restore,
    kernelGuard.restore,
    guardSteps(backend, allocator, kernelGuard),
    guardModels(backend),
  );
  const info = { relaxedSimd, kernels: kernelReplacements.map(({ kernelName }) => kernelName) };
  const restore = () => {
    for (const undo of restores.reverse()) undo();
  };
  enabled = { runtime, info, restore };
  setRuntime(runtime);
  return info;
}

/** Puts the stock kernels and gradients back. Does nothing when training was not enabled. */
export function disableWasmTraining(): void {
  if (!enabled) return;
  enabled.restore();
  if (enabled.runtime.backend.wasm) enabled.runtime.dispose();
  enabled = undefined;
  setRuntime(undefined);
}

async function startWasmBackend(): Promise<WasmBackend> {
  if (!engine().registryFactory['wasm']) {
    throw new Error(
      "enableWasmTraining: there is no 'wasm' backend; expected `import '@tensorflow/tfjs-backend-wasm'` before this call, got the backends " +
        `[${Object.keys(engine().registryFactory).join(', ')}].`,
    );
  }
  // A first call starts the backend and returns null while it loads; a backend that is starting is not started twice.
  for (let attempt = 0; attempt < 2; attempt++) {
    const pending = engine() as unknown as { pendingBackendInit: Promise<boolean> | null };
    if (pending.pendingBackendInit) await pending.pendingBackendInit;
    const backend = findBackend('wasm') as WasmBackend | null;
    if (backend) return backend;
    await pending.pendingBackendInit;
  }
  const backend = findBackend('wasm') as WasmBackend | null;
  if (backend) return backend;
  throw new Error(
    "enableWasmTraining: the 'wasm' backend did not start; its .wasm files must be reachable (in a browser, see setWasmPaths in @tensorflow/tfjs-backend-wasm). tfjs printed the reason above.",
  );
}

function replaceKernel(
  kernelName: string,
  create: (stock: KernelFunc | undefined) => KernelFunc,
  backend: WasmBackend,
): () => void {
  const stock = getKernel(kernelName, 'wasm') as KernelConfig | undefined;
  const own = create(stock?.kernelFunc);
  if (stock) unregisterKernel(kernelName, 'wasm');
  registerKernel({
    ...stock,
    kernelName,
    backendName: 'wasm',
    kernelFunc: (args) => {
      if (args.backend !== backend) {
        throw new Error(
          `${kernelName}: the 'wasm' backend was made anew since enableWasmTraining(); call enableWasmTraining() again.`,
        );
      }
      // Inputs that lie on another backend are copied here first: that may move the memory's buffer away from under a kernel's views.
      for (const input of Object.values(args.inputs)) if (input) backend.dataIdMap.get(input.dataId);
      return own(args);
    },
  });
  return () => {
    unregisterKernel(kernelName, 'wasm');
    if (stock) registerKernel(stock);
  };
}

function replaceGradient(kernelName: string, create: (stock: GradConfig) => GradConfig): () => void {
  const stock = getGradient(kernelName) as GradConfig | undefined;
  if (!stock) {
    throw new Error(
      `enableWasmTraining: tfjs has no gradient for ${kernelName} yet; expected an import of '@tensorflow/tfjs-layers', '@tensorflow/tfjs' or '@tensorflow/tfjs-core/dist/register_all_gradients' before this call.`,
    );
  }
  const own = create(stock);
  unregisterGradient(kernelName);
  registerGradient(own);
  return () => {
    unregisterGradient(kernelName);
    registerGradient(stock);
  };
}

function addGradient(gradient: GradConfig): () => void {
  registerGradient(gradient);
  return () => unregisterGradient(gradient.kernelName);
}
