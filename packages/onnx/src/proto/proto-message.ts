const encoder = new TextEncoder();

/**
 * One message of protocol buffers being written: fields go in one after the other, in any order. Large bytes are kept as they are until
 * {@link toBytes} copies them, once.
 *
 * Format: https://protobuf.dev/programming-guides/encoding
 */
export class ProtoMessage {
  private readonly parts: Uint8Array[] = [];
  /** Bytes so far. */
  length = 0;

  /** An integer of 64 bits (also an enumeration): `value` must be a safe integer. Negative ones are written as their two's complement. */
  int(field: number, value: number): this {
    return this.append(key(field, 0)).append(varint(value));
  }

  /** A number of single precision. */
  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.append(key(field, 5)).append(bytes);
  }

  /** Bytes as they are. */
  bytes(field: number, value: Uint8Array): this {
    return this.append(key(field, 2)).append(varint(value.length)).append(value);
  }

  text(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  /** A message within this one; what is put into it later is not in here. */
  message(field: number, value: ProtoMessage): this {
    this.append(key(field, 2)).append(varint(value.length));
    for (const part of value.parts) this.append(part);
    return this;
  }

  toBytes(): Uint8Array {
    const bytes = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  private append(part: Uint8Array): this {
    this.parts.push(part);
    this.length += part.length;
    return this;
  }
}

function key(field: number, wireType: number): Uint8Array {
  return varint(field * 8 + wireType);
}

/** Seven bits a byte, the lowest first; the top bit says that more follow. */
function varint(value: number): Uint8Array {
  if (!Number.isSafeInteger(value)) throw new RangeError(`ProtoMessage: expected a whole number, got ${value}`);
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest >= 128n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
