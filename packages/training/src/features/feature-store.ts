/** Features of a set of images, as far as they have been computed. */
export interface FeatureRows {
  /** Whether the rows `from` … `to` − 1 are there, sound. */
  has(from: number, to: number): boolean;
  /** Keeps rows that have been computed. */
  write(from: number, rows: Float32Array): void | Promise<void>;
  /** Rows that are there, [n, width], in the order of `indices`. */
  read(indices: Uint32Array): Float32Array;
  close(): void;
}

/** Where features are kept: in memory, or in a folder (`featureFolder` of the Node.js entry). */
export interface FeatureStore {
  /**
   * @param key says what features these are: of which backbone, preprocessing and images. Features of another key are others.
   * @param count images
   * @param width numbers an image
   */
  open(key: string, count: number, width: number): FeatureRows | Promise<FeatureRows>;
}

/** Keeps features in memory, for as long as the store itself is kept. */
export function memoryFeatureStore(): FeatureStore {
  const sets = new Map<string, FeatureRows>();
  return {
    open(key, count, width) {
      const rows = sets.get(key) ?? memoryRows(count, width);
      sets.set(key, rows);
      return rows;
    },
  };
}

/** Features in memory. */
export function memoryRows(count: number, width: number): FeatureRows {
  const values = new Float32Array(count * width);
  const present = new Uint8Array(count);
  return {
    has: (from, to) => present.subarray(from, to).every(Boolean),
    write(from, rows) {
      values.set(rows, from * width);
      present.fill(1, from, from + rows.length / width);
    },
    read(indices) {
      const out = new Float32Array(indices.length * width);
      indices.forEach((index, i) => {
        out.set(values.subarray(index * width, (index + 1) * width), i * width);
      });
      return out;
    },
    close: () => {},
  };
}
