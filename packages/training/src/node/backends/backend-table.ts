import type { BackendName } from './backend-names.js';
import type { BackendSpec } from './backend-spec.js';
import { cpuBackend } from './cpu-backend.js';
import { nativeBackend } from './native-backend.js';
import { wasmBackend } from './wasm-backend.js';
import { webgpuBackend } from './webgpu-backend.js';

/** Every backend by its name on the command line. */
export const backendTable: Record<BackendName, BackendSpec> = {
  wasm: wasmBackend,
  cpu: cpuBackend,
  node: nativeBackend('node'),
  'node-gpu': nativeBackend('node-gpu'),
  webgpu: webgpuBackend,
};
