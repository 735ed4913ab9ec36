/** The archives that can be read; `folder` is a plain folder seen as one. */
export type ArchiveFormat = 'folder' | 'zip' | 'rar' | 'tar' | 'tar.gz';

/** What an entry is. Only files and folders are ever taken. */
export type EntryKind = 'file' | 'folder' | 'symbolic link' | 'hard link' | 'device';

/** One entry of an archive, as the archive itself describes it: nothing here can be trusted. */
export interface ArchiveEntry {
  /** Place in the archive, from 0. */
  readonly index: number;
  /** As stored. */
  readonly path: string;
  readonly kind: EntryKind;
  /** Declared size of the content in bytes. */
  readonly size: number;
  /** Bytes that the content takes in the archive, where the format tells it for a single entry. */
  readonly packedSize?: number;
  /** CRC-32 of the content, where the format has one. */
  readonly crc32?: number;
  readonly encrypted: boolean;
  /** Why the content cannot be read, in words that follow "it"; left out when it can. */
  readonly unreadable?: string;
}

/** Options of {@link ArchiveReader.list} and {@link ArchiveReader.read}. */
export interface ReadOptions {
  /** Told how much of the archive has been read, in bytes. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** The content of an entry. */
export interface EntryContent {
  readonly index: number;
  readonly data: Uint8Array;
}

/**
 * An open archive. Both methods may be called in turn, never at the same time. They throw a DatasetError that names the archive,
 * and the entry where there is one, when it is truncated, damaged or of a kind that cannot be read.
 */
export interface ArchiveReader {
  readonly format: ArchiveFormat;
  /** Bytes of the archive itself; of all files of a folder, once they have been listed. */
  readonly size: number;
  /** All entries in their order. */
  list(options?: ReadOptions): AsyncIterable<ArchiveEntry>;
  /**
   * The content of the wanted entries in their order, each checked against its declared size and its checksum. No content gets
   * longer than it was declared: that is stopped while unpacking.
   */
  read(wanted: ReadonlyMap<number, ArchiveEntry>, options?: ReadOptions): AsyncIterable<EntryContent>;
  close(): Promise<void>;
}
