import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '@kanrecon/files/node';
import type { DatasetProblem } from '../dataset-error.js';
import { showEntry } from './show-entry.js';

/** Name of the file in an imported data set that says what was imported; hidden, so that a scan passes it over. */
export const importStateName = '.import.json';

/** What `.import.json` in an imported data set holds. */
export interface ImportState {
  readonly format: 1;
  /** Base name of the archive or folder. */
  readonly source: string;
  /** Format of the archive, or `folder`. */
  readonly archive: string;
  /** Of the taken entries' targets, sizes and checksums: equal for the same content only. */
  readonly listing: string;
  readonly files: number;
  readonly bytes: number;
  /** Whether every file has been written. */
  readonly complete: boolean;
}

/** @returns the state of a folder, or `undefined` when there is none that can be read */
export async function readImportState(out: string): Promise<ImportState | undefined> {
  try {
    const state = JSON.parse(await readFile(join(out, importStateName), 'utf8')) as ImportState;
    return state.format === 1 && typeof state.listing === 'string' ? state : undefined;
  } catch {
    return undefined;
  }
}

/** The problem of a folder whose import was interrupted; none when it was not, or nothing was imported. */
export async function unfinishedImport(root: string): Promise<DatasetProblem[]> {
  const state = await readImportState(root);
  if (state?.complete !== false) return [];
  const message = `the import of ${showEntry(String(state.source))} was interrupted; run it again ("kanrecon dataset import <archive> --out <this folder>") to finish it`;
  return [{ path: join(root, importStateName), kind: 'unfinished-import', message }];
}

/** Writes the state, atomically. */
export function writeImportState(out: string, state: ImportState): Promise<void> {
  return writeAtomically(join(out, importStateName), `${JSON.stringify(state, null, 2)}\n`, { durable: true });
}
