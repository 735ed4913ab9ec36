/** The part of node-unrar-js' extractor that its unpacker calls while it writes; not in its types. */
export interface ExtractorHooks {
  readonly unrar: { readonly HEAPU8: Uint8Array };
  create(name: string): number;
  write(file: number, pointer: number, length: number): boolean;
  closeFile(file: number): void;
  tell(file: number): number;
  seek(file: number, position: number, method: string): boolean;
  closeArc(): void;
}

/** Above the number of any file that is really open. */
const outputFile = 0x3fffffff;

/** Takes the place of the files that the unpacker would write: one file's content in memory, of no more than an agreed length. */
export class CollectedOutput {
  /** Bytes collected. */
  length = 0;
  /** Whether more came than was agreed. */
  overflowed = false;
  #chunks: Uint8Array[] = [];
  #limit = 0;

  constructor(hooks: ExtractorHooks) {
    const { closeFile, tell, seek } = hooks;
    Object.assign(hooks, {
      create: () => outputFile,
      write: (_file: number, pointer: number, length: number) =>
        this.#write(hooks.unrar.HEAPU8.subarray(pointer, pointer + length)),
      closeFile: (file: number) => {
        if (file !== outputFile) closeFile.call(hooks, file);
      },
      tell: (file: number) => (file === outputFile ? this.length : tell.call(hooks, file)),
      // The output is written from its start to its end; nothing else can be asked for.
      seek: (file: number, position: number, method: string) =>
        file === outputFile ? true : seek.call(hooks, file, position, method),
    });
  }

  /** Starts a new file of at most `limit` bytes. */
  begin(limit: number): void {
    this.take();
    this.#limit = limit;
    this.overflowed = false;
  }

  /** What was collected; forgotten here. */
  take(): Uint8Array {
    const data = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.length = 0;
    return data;
  }

  #write(bytes: Uint8Array): boolean {
    this.length += bytes.length;
    if (this.length > this.#limit) {
      this.overflowed = true;
      return false;
    }
    this.#chunks.push(bytes.slice());
    return true;
  }
}
