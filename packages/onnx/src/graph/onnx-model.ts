/** Numbers of a graph that do not change: weights, shapes. Row-major. */
export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Single precision, or 64-bit integers (shapes and axes). */
  readonly data: Float32Array | BigInt64Array;
}

/** A node's setting: an integer, a list of them, or a number of single precision. */
export type OnnxAttribute = number | readonly number[] | { readonly float: number };

/** One operation of a graph. */
export interface OnnxNode {
  readonly name: string;
  /** `Conv`, `MatMul`, … */
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** An input or output of a graph, of single precision. */
export interface OnnxValue {
  readonly name: string;
  /** Sizes; a text names one that is open. */
  readonly shape: readonly (number | string)[];
  readonly description?: string;
}

/** What an ONNX file holds. */
export interface OnnxModel {
  readonly name: string;
  readonly description: string;
  /** In the order in which they can be computed. */
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly metadata: Readonly<Record<string, string>>;
}
