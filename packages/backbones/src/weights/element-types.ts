import { fromBfloat16, fromFloat16 } from './half-precision.js';

type Bits =
  | Float64Array
  | Float32Array
  | Uint16Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Int8Array;

/** How the elements of one type are stored, little-endian. */
interface ElementFormat {
  /** Bytes of an element. */
  readonly size: number;
  /** Whether it is a number with a fraction: a weight can be nothing else. */
  readonly floating: boolean;
  readonly Bits: {
    readonly BYTES_PER_ELEMENT: number;
    new (buffer: ArrayBufferLike, byteOffset: number, length: number): Bits;
    new (length: number): Bits;
  };
  /** Numbers of the bits, where these are not numbers themselves. */
  readonly decode?: (bits: never) => ArrayLike<number>;
}

/** An element type that is read, by safetensors' name. */
export type ElementType = 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'I16' | 'I8' | 'U8' | 'BOOL';

const elementTypes: Readonly<Record<ElementType, ElementFormat>> = {
  F64: { size: 8, floating: true, Bits: Float64Array },
  F32: { size: 4, floating: true, Bits: Float32Array },
  F16: { size: 2, floating: true, Bits: Uint16Array, decode: fromFloat16 },
  BF16: { size: 2, floating: true, Bits: Uint16Array, decode: fromBfloat16 },
  // Above 2⁵³ a count of steps would be rounded; nothing else is stored so.
  I64: {
    size: 8,
    floating: false,
    Bits: BigInt64Array,
    decode: (bits: BigInt64Array) => Float64Array.from(bits, Number),
  },
  I32: { size: 4, floating: false, Bits: Int32Array },
  I16: { size: 2, floating: false, Bits: Int16Array },
  I8: { size: 1, floating: false, Bits: Int8Array },
  U8: { size: 1, floating: false, Bits: Uint8Array },
  BOOL: { size: 1, floating: false, Bits: Uint8Array },
};

export function isElementType(type: string): type is ElementType {
  return Object.hasOwn(elementTypes, type);
}

/**
 * The same table, of formats that are not told apart.
 *
 * @throws RangeError for a type that is not in it
 */
export function elementFormat(type: string): ElementFormat {
  if (isElementType(type)) return elementTypes[type];
  throw new RangeError(
    `the elements are of a type that is not read; expected one of ${Object.keys(elementTypes).join(', ')}, got ${type}`,
  );
}
