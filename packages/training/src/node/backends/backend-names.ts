/** The backends the program can run on, as `--backend` names them, the usually fastest first. */
export const backendNames = ['node-gpu', 'webgpu', 'wasm', 'node', 'cpu'] as const;

export type BackendName = (typeof backendNames)[number];
