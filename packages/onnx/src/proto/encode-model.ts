import { version } from '../../package.json';
import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from '../graph/onnx-model.js';
import { ProtoMessage } from './proto-message.js';

/**
 * The version of ONNX' operators that graphs here are written in: of ONNX 1.8 (2020), so that runtimes of any age read them. What it lacks
 * (LayerNormalization, HardSwish) is written out.
 */
export const onnxOpset = 13;

/** The version of the file format that belongs to it. */
const irVersion = 7;

// Numbers of fields and of types: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
const types = { float: 1, int64: 7 } as const;
const attributeTypes = { float: 1, int: 2, ints: 7 } as const;

/** An ONNX file: a `ModelProto`. */
export function encodeModel(model: OnnxModel): Uint8Array {
  const graph = new ProtoMessage();
  for (const node of model.nodes) graph.message(1, nodeProto(node));
  graph.text(2, model.name);
  for (const tensor of model.tensors) graph.message(5, tensorProto(tensor));
  for (const value of model.inputs) graph.message(11, valueProto(value));
  for (const value of model.outputs) graph.message(12, valueProto(value));
  const file = new ProtoMessage()
    .int(1, irVersion)
    .text(2, '@kanrecon/onnx')
    .text(3, version)
    .text(6, model.description)
    .message(7, graph)
    .message(8, new ProtoMessage().text(1, '').int(2, onnxOpset));
  for (const [key, value] of Object.entries(model.metadata)) {
    file.message(14, new ProtoMessage().text(1, key).text(2, value));
  }
  return file.toBytes();
}

function nodeProto({ name, type, inputs, output, attributes }: OnnxNode): ProtoMessage {
  const node = new ProtoMessage();
  for (const input of inputs) node.text(1, input);
  node.text(2, output).text(3, name).text(4, type);
  for (const [key, value] of Object.entries(attributes)) node.message(5, attributeProto(key, value));
  return node;
}

function attributeProto(name: string, value: OnnxAttribute): ProtoMessage {
  const attribute = new ProtoMessage().text(1, name);
  if (typeof value === 'number') return attribute.int(3, value).int(20, attributeTypes.int);
  if ('float' in value) return attribute.float(2, value.float).int(20, attributeTypes.float);
  // Not packed: the format is of the second version of protocol buffers, whose lists are not.
  for (const one of value) attribute.int(8, one);
  return attribute.int(20, attributeTypes.ints);
}

function tensorProto({ name, shape, data }: OnnxTensor): ProtoMessage {
  const tensor = new ProtoMessage();
  for (const side of shape) tensor.int(1, side);
  return tensor
    .int(2, data instanceof Float32Array ? types.float : types.int64)
    .text(8, name)
    .bytes(9, littleEndian(data));
}

/** Every machine that JavaScript runs on has the lowest byte first, as the format wants it. */
function littleEndian({ buffer, byteOffset, byteLength }: Float32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function valueProto({ name, shape, description }: OnnxValue): ProtoMessage {
  const sides = new ProtoMessage();
  for (const side of shape) {
    const dimension = new ProtoMessage();
    sides.message(1, typeof side === 'number' ? dimension.int(1, side) : dimension.text(2, side));
  }
  const tensor = new ProtoMessage().int(1, types.float).message(2, sides);
  const value = new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
  return description === undefined ? value : value.text(3, description);
}
