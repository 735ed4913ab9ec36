const SECTION_NAMES = {
  1: 'type',
  2: 'import',
  3: 'function',
  4: 'table',
  5: 'memory',
  6: 'global',
  7: 'export',
  8: 'start',
  9: 'element',
  10: 'code',
  11: 'data',
  12: 'dataCount',
};
const MEMORY_IMPORT = 2;

/**
 * Reads a WebAssembly module's section table, without compiling it (this Node may not know relaxed SIMD).
 *
 * @param {Uint8Array} binary
 * @returns {{ sections: string[], imports: number, memoryFlagOffset?: number }} names of the sections, how many imports,
 *   and where the flag byte of the imported memory lies when the first import is a memory (1 = has a maximum,
 *   3 = has a maximum and is shared)
 */
export function describeModule(binary) {
  const sections = [];
  let imports = 0;
  let memoryFlagOffset;
  let at = 8;
  while (at < binary.length) {
    const id = binary[at++];
    const size = readUnsigned();
    const end = at + size;
    if (id !== 0) sections.push(SECTION_NAMES[id] ?? `section ${id}`);
    if (SECTION_NAMES[id] === 'import') {
      imports = readUnsigned();
      skipName();
      skipName();
      if (binary[at] === MEMORY_IMPORT) memoryFlagOffset = at + 1;
    }
    at = end;
  }
  return { sections, imports, memoryFlagOffset };

  function skipName() {
    const length = readUnsigned();
    at += length;
  }

  function readUnsigned() {
    let value = 0;
    let shift = 0;
    let byte = 0;
    do {
      byte = binary[at++];
      value += (byte & 127) * 2 ** shift;
      shift += 7;
    } while (byte & 128);
    return value;
  }
}
