/** One build of the kernels, as scripts/build-kernels.mjs embeds it. */
export interface KernelBinary {
  base64: string;
  /** Where the flags of the imported memory lie: the one byte that differs between a plain and a shared memory. */
  memoryFlagOffset: number;
}
