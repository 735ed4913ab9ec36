/** A network, or a part of it, that ONNX files are not written of; the message names it. */
export class OnnxExportError extends Error {
  override readonly name = 'OnnxExportError';
}
