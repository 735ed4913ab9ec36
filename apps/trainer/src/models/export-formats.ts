/** What `kanrecon export` writes. */
export const exportFormats = ['onnx', 'safetensors', 'tfjs'] as const;

/** A kind of file. */
export type ExportFormat = (typeof exportFormats)[number];
