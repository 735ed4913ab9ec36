/** What an archive may hold at most. They keep a hostile one from filling disk and memory, and are far above any real data set. */
export interface ImportLimits {
  /** Number of entries. */
  readonly entries: number;
  /** Bytes of one file that is taken; each is held in memory once. */
  readonly fileBytes: number;
  /** Bytes of all entries. */
  readonly totalBytes: number;
  /** How many times larger the content may be than the archive, as a whole and for each entry of more than 1 MiB. */
  readonly ratio: number;
}

/** A million entries, 64 MiB a file, 256 GiB in all, 200 times the archive (images hardly shrink; labels shrink 20-fold at most). */
export const importLimits: ImportLimits = {
  entries: 1_000_000,
  fileBytes: 64 * 2 ** 20,
  totalBytes: 256 * 2 ** 30,
  ratio: 200,
};
