import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '@kanrecon/files/node';
import * as v from 'valibot';
import type { DatasetProblem } from '../dataset-error.js';
import { showEntry } from './show-entry.js';

/** Name of the file in an imported data set that says what was imported; hidden, so that a scan passes it over. */
export const importStateName = '.import.json';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const schema = v.object({
  format: v.literal(1),
  /** Base name of the archive or folder. */
  source: v.string(),
  /** Format of the archive, or `folder`. */
  archive: v.string(),
  /** Of the taken entries' targets, sizes and checksums: equal for the same content only. */
  listing: v.string(),
  files: count,
  bytes: count,
  /** Whether every file has been written. */
  complete: v.boolean(),
});

/** What the hidden file `.import.json` of an imported data set holds. */
export interface ImportState extends Readonly<v.InferOutput<typeof schema>> {}

/** @returns the state of a folder, or `undefined` when there is none that can be read */
export async function readImportState(out: string): Promise<ImportState | undefined> {
  try {
    return v.parse(schema, JSON.parse(await readFile(join(out, importStateName), 'utf8')));
  } catch {
    return undefined;
  }
}

/** The problem of a folder whose import was interrupted; none when it was not, or nothing was imported. */
export async function unfinishedImport(root: string): Promise<DatasetProblem[]> {
  const state = await readImportState(root);
  if (state?.complete !== false) return [];
  const message = `the import of ${showEntry(state.source)} was interrupted; run it again ("kanrecon dataset import <archive> --out <this folder>") to finish it`;
  return [{ path: join(root, importStateName), kind: 'unfinished-import', message }];
}

/** Writes the state, atomically. */
export function writeImportState(out: string, state: ImportState): Promise<void> {
  return writeAtomically(join(out, importStateName), `${JSON.stringify(state, null, 2)}\n`, { durable: true });
}
