import { engine, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';

/** One recorded operation, as tfjs' engine keeps it. */
export interface TapeNode {
  kernelName: string;
  inputs: Record<string, Tensor>;
  outputs: Tensor[];
  saved: Tensor[];
  gradient?(outputGradients: (Tensor | null)[]): Record<string, () => Tensor>;
}

/** The part of tfjs-core's engine (4.22) that records operations and counts tensors; the functions are the engine's own. */
export interface RecordingEngine {
  state: {
    activeTape: TapeNode[] | null;
    gradientDepth: number;
    activeScope: { track: Tensor[] };
    tensorInfo: WeakMap<object, { backend: unknown }>;
  };
  backendInstance: unknown;
  registeredVariables: Record<string, Variable>;
  startTape(): void;
  endTape(): void;
  startScope(name?: string): void;
  endScope(result?: Tensor[]): void;
  clone(x: Tensor): Tensor;
  makeTensor(values: unknown, shape: number[], dtype?: string, backend?: unknown): Tensor;
  moveData(backend: WasmBackend, dataId: object): void;
  gradients(f: () => Tensor, xs: Tensor[], dy?: Tensor, allowNoGradients?: boolean): { value: Tensor; grads: Tensor[] };
  disposeTensor(tensor: Tensor): void;
  disposeVariable(variable: Variable): void;
  incRef(tensor: Tensor, backend: unknown): void;
  removeDataId(dataId: object, backend: unknown): void;
}

/** tfjs' engine, with the members that its types keep private. */
export function recordingEngine(): RecordingEngine {
  return engine() as unknown as RecordingEngine;
}
