import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';
import type { RecordingEngine } from './recording-engine.js';

/**
 * The values that variables had when a step began: the buffers are held until it has succeeded, and put back when it does not fit
 * into the heap. So a refused step leaves weights, BatchNorm's moving statistics and the optimizer's moments as they were.
 */
export class VariableLog {
  private readonly buffers = new Map<Variable, object>();
  /** Whether values were given up for want of memory, so that there is no way back. */
  isGivenUp = false;

  constructor(
    private readonly engine: RecordingEngine,
    private readonly backend: WasmBackend,
  ) {}

  /** To be called before a variable gets another buffer. */
  note(variable: Variable): void {
    const { dataId } = variable;
    if (this.isGivenUp || this.buffers.has(variable)) return;
    if (this.engine.state.tensorInfo.get(dataId)?.backend !== this.backend || !this.backend.dataIdMap.has(dataId))
      return;
    this.backend.incRef(dataId);
    this.buffers.set(variable, dataId);
  }

  /** Frees the old values: the step has succeeded. */
  commit(): void {
    for (const dataId of this.buffers.values()) this.release(dataId);
    this.buffers.clear();
  }

  /** Frees the old values although the step goes on: there is no room for both. */
  giveUp(): void {
    if (this.buffers.size === 0) return;
    this.isGivenUp = true;
    this.commit();
  }

  /** Puts the old values back. */
  rollBack(): void {
    for (const [variable, dataId] of this.buffers) {
      if (!variable.isDisposed) {
        this.engine.disposeTensor(variable);
        (variable as Tensor).dataId = dataId;
        this.engine.incRef(variable, null);
      }
      this.release(dataId);
    }
    this.buffers.clear();
  }

  private release(dataId: object): void {
    if (this.backend.disposeData(dataId)) this.engine.removeDataId(dataId, this.backend);
  }
}
