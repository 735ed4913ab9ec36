/** A field of a protocol buffer: an integer, or bytes (a text, a message, packed numbers). */
type Field = number | Uint8Array;

/** The fields of a message by number, in their order. Written from the format's description, apart from the writer. */
export function readProto(bytes: Uint8Array): Map<number, Field[]> {
  const fields = new Map<number, Field[]>();
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const take = (length: number) => {
    if (at + length > bytes.length) throw new Error('readProto: the message is cut off');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const key = varint();
    const wire = key % 8;
    const value = wire === 0 ? varint() : take(wire === 2 ? varint() : wire === 5 ? 4 : 8);
    const number = Math.floor(key / 8);
    fields.set(number, [...(fields.get(number) ?? []), value]);
  }
  return fields;
}

/** A text field; the first where there are several. */
export function textOf(message: Uint8Array, field: number): string {
  return new TextDecoder().decode(readProto(message).get(field)?.[0] as Uint8Array | undefined);
}

/** The `metadata_props` of an ONNX file. */
export function metadataOf(file: Uint8Array): Record<string, string> {
  const entries = (readProto(file).get(14) ?? []) as Uint8Array[];
  return Object.fromEntries(entries.map((entry) => [textOf(entry, 1), textOf(entry, 2)]));
}
