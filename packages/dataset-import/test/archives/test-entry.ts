/** One entry of an archive made by a test; what is not a plain file has to be asked for. */
export interface TestEntry {
  readonly path: string;
  readonly data?: Uint8Array | string;
  readonly kind?: 'folder' | 'symbolic link' | 'hard link' | 'device';
  /** Where a link leads. */
  readonly target?: string;
  /** Declared instead of the real size. */
  readonly size?: number;
  /** Declared instead of the real checksum. */
  readonly crc32?: number;
  readonly encrypted?: boolean;
  /** Packed with deflate; zip only. */
  readonly deflate?: boolean;
  /** Number of the method that it claims to be packed with; zip only. */
  readonly method?: number;
  /** More general purpose flags; zip only. */
  readonly flags?: number;
  /** Sizes of 64 bits in the directory, or none where they should be; zip only. */
  readonly zip64?: 'sizes' | 'missing';
  /** Another type than its kind's; tar only. */
  readonly type?: string;
}

export const unixModes = {
  file: 0o100644,
  folder: 0o040755,
  'symbolic link': 0o120777,
  'hard link': 0o100644,
  device: 0o020666,
} as const;

/** The content; of a symbolic link its target, as zip and rar 4 store it. */
export function contentOf({ data = '', kind, target = '' }: TestEntry): Buffer {
  return Buffer.from(kind === 'symbolic link' ? target : data);
}
