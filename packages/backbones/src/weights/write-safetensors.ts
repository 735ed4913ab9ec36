import type { TorchTensor } from '../torch-tensor.js';

/** The header is filled up with blanks, so that the numbers begin at a multiple of it. */
const ALIGNMENT = 8;

/**
 * A safetensors file of tensors in single precision, in their order.
 *
 * Format: https://github.com/huggingface/safetensors#format
 *
 * @param metadata texts that are kept in the file's header
 * @returns the file's bytes
 * @throws TypeError if the metadata are no texts; RangeError if a tensor has not as many numbers as its shape says, or is named
 *   `__metadata__`
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, TorchTensor & { readonly data: Float32Array }>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  checkMetadata('writeSafetensors', metadata);
  const header: Record<string, unknown> = { __metadata__: metadata };
  let length = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const count = shape.reduce((product, side) => product * side, 1);
    if (name === '__metadata__' || count !== data.length) {
      throw new RangeError(
        `writeSafetensors: the tensor ${name} cannot be written; expected ${count} numbers for the shape [${shape}] under another name than __metadata__, got ${data.length}`,
      );
    }
    header[name] = { dtype: 'F32', shape, data_offsets: [length, length + data.byteLength] };
    length += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = 8 + Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const file = new Uint8Array(start + length);
  new DataView(file.buffer).setUint32(0, start - 8, true);
  file.fill(0x20, 8, start);
  file.set(json, 8);
  let at = start;
  for (const { data } of Object.values(tensors)) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

/** @throws TypeError if metadata are no object of texts */
export function checkMetadata(caller: string, metadata: unknown): asserts metadata is Record<string, string> {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    throw new TypeError(`${caller}: metadata is wrong; expected an object of texts`);
  }
  for (const [key, text] of Object.entries(metadata)) {
    if (typeof text === 'string') continue;
    throw new TypeError(`${caller}: metadata ${key} is wrong; expected a text, got ${typeof text}`);
  }
}
