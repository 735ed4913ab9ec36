import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatasetError } from '@kanrecon/dataset';
import { DownloadError, requestPatience } from '@kanrecon/files/download';
import {
  checkOptions,
  downloadFile,
  explainFileError,
  explainNoRoom,
  type FileChecksums,
  makeFolder,
  type OptionNames,
  partPath,
} from '@kanrecon/files/node';
import type { RecordContext } from './record-context.js';
import { type PublishedFile, type PublishedRecord, readZenodoRecord } from './zenodo-record.js';

/** The data set of "Parametric reconstruction of 3D object with KAN". */
export const publishedDoi = '10.5281/zenodo.15819213';

/** Options of {@link downloadDataset}. */
export interface DownloadDatasetOptions {
  /** Folder for the files; made when it is not there. */
  readonly dir: string;
  /** Of a Zenodo record; the study's data set when left out. */
  readonly doi?: string;
  /** Where the record is asked for; https://zenodo.org when left out. */
  readonly baseUrl?: string;
  /** Names of the files that are wanted; all when left out. */
  readonly files?: readonly string[];
  /** SHA-256 that a file must have, by name, beside the MD5 that the record tells. */
  readonly sha256?: Readonly<Record<string, string>>;
  /** Attempts in a row without any progress before giving up. */
  readonly attempts?: number;
  /** Wait before the second attempt, milliseconds; it doubles with each. */
  readonly retryDelayMs?: number;
  /** After so many milliseconds without a byte the connection counts as broken. */
  readonly stallMs?: number;
  /** In place of the platform's own. */
  readonly fetch?: typeof fetch;
  /** Told what the record says before the first file is fetched. */
  readonly onRecord?: (record: PublishedRecord) => void;
  /** Told how many bytes of all files are there. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Told in a sentence why something is tried again. */
  readonly onRetry?: (reason: string) => void;
  /** Stops at once; what is there is kept, and the same call later goes on from there. */
  readonly signal?: AbortSignal;
}

/** A file that {@link downloadDataset} has fetched or found. */
export interface DownloadedFile extends FileChecksums {
  readonly name: string;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Whether a checksum was known to compare with. */
  readonly verified: boolean;
}

/** What {@link downloadDataset} did. */
export interface DownloadSummary {
  readonly record: PublishedRecord;
  readonly files: readonly DownloadedFile[];
}

const defaults = {
  doi: publishedDoi,
  baseUrl: 'https://zenodo.org/',
} as const;

const optionNames: OptionNames<DownloadDatasetOptions> = {
  ...defaults,
  attempts: 1,
  retryDelayMs: 1,
  stallMs: 1,
  dir: 1,
  files: 1,
  sha256: 1,
  fetch: 1,
  onRecord: 1,
  onProgress: 1,
  onRetry: 1,
  signal: 1,
};

/**
 * Fetches the files of a published data set by its DOI, one after the other, checks them against the record's sizes and
 * checksums, and goes on where an earlier call stopped. The only function of this package that uses the network.
 *
 * It uses the platform's `fetch`: a proxy works as far as that knows it (Node 24 and later with `NODE_USE_ENV_PROXY=1` and
 * `HTTPS_PROXY`; before that a `fetch` with a proxy agent can be passed).
 *
 * @throws RangeError if a number is wrong; DatasetError if the record or a file is not there, a checksum stays wrong, the network or the disk refuses;
 *   `signal.reason` when aborted
 */
export async function downloadDataset(options: DownloadDatasetOptions): Promise<DownloadSummary> {
  checkOptions('downloadDataset', options, optionNames);
  const { signal } = options;
  const baseUrl = options.baseUrl ?? defaults.baseUrl;
  if (!URL.canParse(baseUrl) || !/^https?:/.test(baseUrl)) {
    throw new DatasetError(
      `downloadDataset: baseUrl must begin with https:// or http://, got ${JSON.stringify(baseUrl)}`,
    );
  }
  const context: RecordContext = {
    baseUrl: baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`,
    fetch: options.fetch ?? fetch,
    ...requestPatience('downloadDataset', options),
    signal,
    onRetry: options.onRetry,
  };
  return download(options, context).catch(inWords);
}

/** What the shared downloader says, in this package's errors. */
function inWords(error: unknown): never {
  if (!(error instanceof DownloadError)) throw error;
  const rest = error.code === 'unreachable' ? '; what has been downloaded stays, the same command goes on' : '';
  throw new DatasetError(`downloadDataset: ${error.message}${rest}`, [], { cause: error });
}

async function download(options: DownloadDatasetOptions, context: RecordContext): Promise<DownloadSummary> {
  const { dir, sha256, onProgress } = options;
  const record = await readZenodoRecord(options.doi ?? defaults.doi, context);
  const wanted = wantedFiles(record, options.files);
  options.onRecord?.({ ...record, files: wanted });
  const total = wanted.reduce((sum, { size }) => sum + size, 0);
  const files: DownloadedFile[] = [];
  let before = 0;
  try {
    await makeFolder(dir);
    for (const file of wanted) {
      const path = join(dir, file.name);
      await refuseFullDisk(dir, path, file);
      const known = sha256?.[file.name];
      const progress = (done: number) => onProgress?.(before + done, total);
      const sums = await downloadFile({ ...file, sha256: known }, { path, onProgress: progress }, context);
      files.push({ name: file.name, path, size: file.size, verified: Boolean(file.md5 ?? known), ...sums });
      before += file.size;
    }
  } catch (error) {
    const isOurs = error instanceof DatasetError || error instanceof DownloadError;
    const reason = isOurs ? undefined : explainFileError(error);
    if (!reason) throw error;
    throw new DatasetError(
      `downloadDataset: cannot write to ${dir}: ${reason}; what is there stays, the same command goes on`,
      [],
      {
        cause: error,
      },
    );
  }
  return { record, files };
}

function wantedFiles({ files }: PublishedRecord, names: readonly string[] | undefined): readonly PublishedFile[] {
  for (const name of names ?? []) {
    if (files.some((file) => file.name === name)) continue;
    const known = files.map((file) => file.name).join(', ');
    throw new DatasetError(`downloadDataset: the record has no file "${name}"; expected one of ${known}`);
  }
  return names ? files.filter(({ name }) => names.includes(name)) : files;
}

async function refuseFullDisk(dir: string, path: string, { name, size }: PublishedFile): Promise<void> {
  const sizes = await Promise.all(
    [path, partPath(path)].map((place) =>
      stat(place).then(
        (found) => found.size,
        () => 0,
      ),
    ),
  );
  const needed = size - Math.max(...sizes);
  const lack = needed > 0 ? await explainNoRoom(dir, needed) : undefined;
  if (lack) throw new DatasetError(`downloadDataset: the disk of ${dir} has not enough room for ${name}: ${lack}`);
}
