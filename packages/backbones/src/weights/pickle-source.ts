/** The bytes of a pickle, from the first to the last, never beyond. */
export class PickleSource {
  private readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    public at = 0,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  uint8(): number {
    return this.view.getUint8(this.skip(1));
  }

  uint16(): number {
    return this.view.getUint16(this.skip(2), true);
  }

  uint32(): number {
    return this.view.getUint32(this.skip(4), true);
  }

  int32(): number {
    return this.view.getInt32(this.skip(4), true);
  }

  /** A count; beyond 2⁵³ it is beyond any file too. */
  uint64(): number {
    return this.uint32() + this.uint32() * 2 ** 32;
  }

  float64BigEndian(): number {
    return this.view.getFloat64(this.skip(8), false);
  }

  /** A whole number of `count` bytes, little-endian, two's complement. */
  integer(count: number): number | bigint {
    if (count === 0) return 0;
    const digits = Array.from(this.take(count), (byte) => byte.toString(16).padStart(2, '0'));
    const value = BigInt.asIntN(8 * count, BigInt(`0x${digits.reverse().join('')}`));
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }

  text(count: number): string {
    const start = this.skip(count);
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.bytes.subarray(start, this.at));
    } catch {
      throw new RangeError('a text is not UTF-8');
    }
  }

  /** Up to the end of the line. */
  line(): string {
    const end = this.bytes.indexOf(10, this.at);
    if (end < 0) throw new RangeError('it is cut off inside a name');
    const text = this.text(end - this.at);
    this.at++;
    return text;
  }

  /** That many bytes, not copied. */
  take(count: number): Uint8Array {
    const start = this.skip(count);
    return this.bytes.subarray(start, start + count);
  }

  private skip(count: number): number {
    if (!(count <= this.bytes.length - this.at)) {
      throw new RangeError(`it is cut off: ${count} bytes are announced, ${this.bytes.length - this.at} are left`);
    }
    const start = this.at;
    this.at += count;
    return start;
  }
}
