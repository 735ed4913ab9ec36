import type { TorchTensor } from '../torch-tensor.js';
import { elementFormat, isElementType } from './element-types.js';

/** Bytes that tensors lie in; several may share them. A legacy checkpoint brings them after the tensors. */
export interface TensorStorage {
  /** By safetensors' names. Of a type that is not read, a tensor has a name, a shape and no data. */
  readonly type: string;
  /** Elements. */
  readonly count: number;
  bytes?: Uint8Array;
}

/** Where in its storage a tensor lies, in elements. */
export interface TensorPlace {
  readonly storage: TensorStorage;
  readonly offset: number;
  readonly shape: readonly number[];
  /** Row-major and without gaps where left out. */
  readonly strides?: readonly number[];
}

/** Axes that a tensor has at most. (torch allows 64; kernels have 4.) */
export const MAX_AXES = 16;

/**
 * Elements that an expanded tensor, of which several lie in one place, has at most where its storage has fewer: a few bytes could ask for any
 * amount of memory. Twenty times the largest weight of the networks here.
 */
export const MAX_EXPANDED = 2 ** 24;

/**
 * A tensor of a file, row-major. Its numbers are taken out of the file's bytes when they are asked for: what is in the file but not
 * needed, such as an optimizer's moments, costs nothing.
 */
export class StoredTensor implements TorchTensor {
  readonly shape: readonly number[];
  /** By safetensors' names: F32, F16, …; others than {@link ElementType} are not read. */
  readonly type: string;
  /** Elements. */
  readonly length: number;
  /** Elements beyond those of its storage, of an expanded tensor: torch's `expand`. */
  readonly expandedBy: number;
  private readonly place: TensorPlace;
  private numbers: ArrayLike<number> | undefined;

  /** @throws one clause for a place that is not inside its storage; the caller says which tensor */
  constructor(place: TensorPlace) {
    const { storage, offset } = place;
    checkAxes(place.shape);
    // Copies: a list of the caller's may change after it was checked.
    const shape = [...place.shape];
    this.length = checkShape(shape);
    const strides = place.strides && copyStrides(place.strides, shape);
    this.shape = shape;
    this.type = storage.type;
    this.place = { storage, offset, shape, ...(strides && { strides }) };
    if (!isCount(offset)) throw new RangeError(`its offset is ${offset}`);
    const end = this.length === 0 ? 0 : offset + extentOf(shape, strides ?? rowMajor(shape));
    if (!(end <= storage.count)) {
      throw new RangeError(`it needs ${end} numbers of its storage, which holds ${storage.count}`);
    }
    this.expandedBy = Math.max(0, this.length - storage.count);
    if (this.expandedBy > MAX_EXPANDED) {
      throw new RangeError(
        `it has ${this.length} elements in a storage of ${storage.count}; at most ${MAX_EXPANDED} more are read`,
      );
    }
  }

  /** Whether the elements are numbers with a fraction, of a type that is read. */
  get floating(): boolean {
    return isElementType(this.type) && elementFormat(this.type).floating;
  }

  /** @throws RangeError for a type that is not read */
  get data(): ArrayLike<number> {
    this.numbers ??= this.read();
    return this.numbers;
  }

  private read(): ArrayLike<number> {
    const { storage, offset, shape, strides } = this.place;
    if (!storage.bytes) throw new Error('StoredTensor: the bytes of its storage are missing');
    const { Bits, size, decode } = elementFormat(this.type);
    const whole = strides !== undefined && strides.join() !== rowMajor(shape).join();
    const [from, count] = whole ? [0, storage.count] : [offset, this.length];
    let { buffer, byteOffset } = storage.bytes.subarray(from * size, (from + count) * size);
    if (byteOffset % size !== 0) {
      buffer = buffer.slice(byteOffset, byteOffset + count * size);
      byteOffset = 0;
    }
    let bits = new Bits(buffer, byteOffset, count);
    if (whole) bits = gather(bits, new Bits(this.length), { offset, shape, strides });
    return decode ? decode(bits as never) : (bits as unknown as ArrayLike<number>);
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** Before anything looks at the sizes, of which a file may give any number. */
function checkAxes(shape: readonly number[]): void {
  if (shape.length > MAX_AXES) throw new RangeError(`it has ${shape.length} axes; at most ${MAX_AXES} are read`);
}

/** @returns the number of elements */
function checkShape(shape: readonly number[]): number {
  const length = shape.reduce((product, side) => product * side, 1);
  // Each side as well: 0 times anything is 0.
  if (!shape.every(isCount) || !isCount(length)) throw new RangeError(`its shape is [${shape}]`);
  return length;
}

function rowMajor(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis] as number;
  }
  return strides;
}

/** One for each axis, whether or not the tensor is empty. */
function copyStrides(strides: readonly number[], shape: readonly number[]): number[] {
  if (strides.length !== shape.length) {
    throw new RangeError(`it has ${strides.length} strides for a shape of [${shape}]`);
  }
  if (!strides.every(isCount)) throw new RangeError(`its strides are [${strides}] for a shape of [${shape}]`);
  return [...strides];
}

/** Elements from the first to behind the last. */
function extentOf(shape: readonly number[], strides: readonly number[]): number {
  return shape.reduce((extent, side, axis) => extent + (side - 1) * (strides[axis] as number), 1);
}

function gather<T extends { [at: number]: number | bigint; readonly length: number }>(
  source: T,
  out: T,
  { offset, shape, strides }: { offset: number; shape: readonly number[]; strides: readonly number[] },
): T {
  const at = shape.map(() => 0);
  let from = offset;
  for (let to = 0; to < out.length; to++) {
    out[to] = source[from] as number;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis] as number;
      at[axis] = (at[axis] as number) + 1;
      if ((at[axis] as number) < (shape[axis] as number)) break;
      from -= (at[axis] as number) * (strides[axis] as number);
      at[axis] = 0;
    }
  }
  return out;
}
