import { DatasetError } from '@kanrecon/dataset';
import { request } from '@kanrecon/files/download';
import type { RecordContext } from './record-context.js';

/** One file of a published record. */
export interface PublishedFile {
  /** Base name. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal, where the record tells it. */
  readonly md5?: string;
  readonly url: string;
}

/** What a published record says of itself. */
export interface PublishedRecord {
  readonly id: string;
  readonly doi: string;
  readonly title: string;
  /** Identifier of the licence, such as `cc-by-4.0`; `undefined` when the record tells none. */
  readonly license?: string;
  readonly files: readonly PublishedFile[];
}

/**
 * The record of a DOI, from Zenodo's record interface (`/api/records/<id>`; the DOIs that Zenodo gives out end with the record's
 * number). The DOI of all versions of a record leads to the newest one.
 *
 * @throws DatasetError if there is no such record, its files are not public, or the answer is none
 */
export async function readZenodoRecord(doi: string, context: RecordContext): Promise<PublishedRecord> {
  const id = recordId(doi);
  const url = new URL(`api/records/${id}`, context.baseUrl).href;
  const response = await request(url, { headers: { accept: 'application/json' } }, context, async (answer) => {
    const text = await answer.text();
    return { status: answer.status, text };
  });
  if (response.status === 404 || response.status === 410) {
    throw new DatasetError(`downloadDataset: ${url} knows no record of the DOI ${doi} (${response.status})`);
  }
  let json: unknown;
  try {
    json = JSON.parse(response.text);
  } catch (cause) {
    throw unexpected(url, 'it is not JSON', cause);
  }
  return parseRecord(json, doi, url);
}

/** The number at the end of a Zenodo DOI; takes the DOI with or without `https://doi.org/` and `doi:`. */
function recordId(doi: string): string {
  const match = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:)?10\.\d{4,9}\/zenodo\.(\d{1,12})$/i.exec(doi.trim());
  if (!match) {
    throw new DatasetError(
      `downloadDataset: "${doi}" is no DOI of a Zenodo record; expected one such as 10.5281/zenodo.15819213`,
    );
  }
  return match[1];
}

function parseRecord(json: unknown, doi: string, url: string): PublishedRecord {
  const record = asObject(json);
  const metadata = asObject(record?.['metadata']);
  const list = record?.['files'];
  if (!record || !metadata) throw unexpected(url, 'it describes no record');
  if (!Array.isArray(list) || list.length === 0) {
    throw new DatasetError(`downloadDataset: the record of the DOI ${doi} has no public files`);
  }
  const license = asObject(metadata['license'])?.['id'];
  return {
    id: printable(String(record['id'])),
    doi: typeof record['doi'] === 'string' ? printable(record['doi']) : doi,
    title: typeof metadata['title'] === 'string' ? printable(metadata['title']) : '',
    ...(typeof license === 'string' && { license: printable(license) }),
    files: list.map((file) => parseFile(file, url)),
  };
}

function parseFile(value: unknown, url: string): PublishedFile {
  const file = asObject(value);
  const name = file?.['key'];
  const size = file?.['size'];
  const link = asObject(file?.['links'])?.['self'];
  if (typeof name !== 'string' || typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    throw unexpected(url, 'a file has no name or no size');
  }
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_ .()+-]{0,200}$/u.test(name)) {
    throw unexpected(url, `a file has the name ${JSON.stringify(name)}, which cannot be used here`);
  }
  if (typeof link !== 'string' || !/^https?:\/\//.test(link) || !URL.canParse(link))
    throw unexpected(url, `"${name}" has no address`);
  const md5 = /^md5:([0-9a-f]{32})$/i.exec(String(file?.['checksum']))?.[1].toLowerCase();
  return { name, size, url: new URL(link).href, ...(md5 && { md5 }) };
}

/** Such as `ESC [ 3 1 m`. */
const escapeSequence = /\p{Cc}\[[0-?]*[ -/]*[@-~]/gu;

/**
 * Text of a server's without control characters, which could rewrite what a terminal shows, and in one line. Escape sequences go
 * whole.
 */
function printable(text: string): string {
  return text
    .replace(escapeSequence, '')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim();
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function unexpected(url: string, message: string, cause?: unknown): DatasetError {
  return new DatasetError(`downloadDataset: ${url} gives an answer that cannot be used: ${message}`, [], { cause });
}
