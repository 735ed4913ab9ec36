import type { OnnxNode, OnnxTensor } from './onnx-model.js';

/**
 * A graph being written: nodes in the order in which they are computed, and the numbers that do not change. What it gives out are names of
 * values, unique in the graph, which begin with that of the layer they belong to.
 */
export class GraphBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly tensors: OnnxTensor[] = [];
  private readonly taken = new Set<string>();
  private readonly shared = new Map<string, string>();

  /** What names begin with: the layer that is being written. */
  scope = '';

  /** @param reserved names that inputs and outputs of the graph have */
  constructor(reserved: readonly string[]) {
    for (const name of reserved) this.taken.add(name);
  }

  /** Adds an operation. @returns the name of its one output */
  node(type: string, inputs: readonly string[], attributes: OnnxNode['attributes'] = {}): string {
    const name = this.free(`${this.scope}/${type}`);
    this.nodes.push({ name, type, inputs, output: name, attributes });
    return name;
  }

  /** Gives a value the name that an output of the graph has. */
  output(name: string, value: string): void {
    this.nodes.push({
      name: this.free(`${name}/Identity`),
      type: 'Identity',
      inputs: [value],
      output: name,
      attributes: {},
    });
  }

  /** Adds numbers of single precision. */
  tensor(label: string, shape: readonly number[], data: Float32Array | readonly number[]): string {
    const name = this.free(`${this.scope}/${label}`);
    this.tensors.push({ name, shape, data: data instanceof Float32Array ? data : Float32Array.from(data) });
    return name;
  }

  /** One number that is broadcast. */
  scalar(value: number): string {
    return this.once(`number ${value}`, () => ({ shape: [], data: Float32Array.of(value) }));
  }

  /** A shape, or axes. */
  ints(values: readonly number[]): string {
    return this.once(`integers ${values.join(' ')}`, () => ({
      shape: [values.length],
      data: BigInt64Array.from(values, BigInt),
    }));
  }

  add = (a: string, b: string): string => this.node('Add', [a, b]);
  sub = (a: string, b: string): string => this.node('Sub', [a, b]);
  mul = (a: string, b: string): string => this.node('Mul', [a, b]);
  div = (a: string, b: string): string => this.node('Div', [a, b]);
  square = (a: string): string => this.node('Mul', [a, a]);
  matMul = (a: string, b: string): string => this.node('MatMul', [a, b]);

  /** A value times a number, as it is where that is 1. */
  times(value: string, factor: number): string {
    return factor === 1 ? value : this.mul(value, this.scalar(factor));
  }

  /** @param shape 0 keeps a side, one −1 takes what is left */
  reshape(value: string, shape: readonly number[]): string {
    return this.node('Reshape', [value, this.ints(shape)]);
  }

  clip(value: string, low: number, high: number): string {
    return this.node('Clip', [value, this.scalar(low), this.scalar(high)]);
  }

  transpose(value: string, axes: readonly number[]): string {
    return this.node('Transpose', [value], { perm: axes });
  }

  /** [rows, inputs] as [rows, 1, inputs], to be broadcast over functions or units. */
  unsqueeze(value: string): string {
    return this.node('Unsqueeze', [value, this.ints([1])]);
  }

  /** Part of a value along its second axis. */
  slice(value: string, begin: number, end: number): string {
    return this.node('Slice', [value, this.ints([begin]), this.ints([end]), this.ints([1])]);
  }

  concat(values: readonly string[], axis: number): string {
    return values.length === 1 ? values[0]! : this.node('Concat', values, { axis });
  }

  private once(key: string, make: () => Omit<OnnxTensor, 'name'>): string {
    const known = this.shared.get(key);
    if (known !== undefined) return known;
    const name = this.free(key);
    this.shared.set(key, name);
    this.tensors.push({ name, ...make() });
    return name;
  }

  private free(wanted: string): string {
    let name = wanted;
    for (let n = 2; this.taken.has(name); n++) name = `${wanted}_${n}`;
    this.taken.add(name);
    return name;
  }
}
