import { lstatSync, readdirSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { UserError } from '../cli/user-error.js';
import type { ExportFormat } from './export-formats.js';

/** What the names of files end with. */
const endings: Readonly<Record<string, ExportFormat>> = { '.onnx': 'onnx', '.safetensors': 'safetensors' };

/**
 * Refuses a path that holds something already, or whose ending is that of another format.
 *
 * @throws UserError
 */
export function refuseExportPath(out: string, format: ExportFormat): void {
  const other = endings[extname(out).toLowerCase()];
  if (other !== undefined && other !== format) {
    throw new UserError(
      `--out ${out} ends as a file of the format ${other} does, and --format is ${format}; give --format ${other}, or another --out.`,
    );
  }
  if (format !== 'tfjs' && /[/\\]$/.test(out)) {
    throw new UserError(`--out ${out} names a folder; give a file, for example --out ${out}network.${format}.`);
  }
  if (format === 'tfjs' && resolve(out) === process.cwd()) {
    throw new UserError(
      `--out ${out} is the folder that you are in; give a new one, for example --out exported/network.`,
    );
  }
  const found = lstatSync(out, { throwIfNoEntry: false });
  if (!found) return;
  const example = format === 'tfjs' ? 'exported/network' : `exported/network.${format}`;
  if (format === 'tfjs' && found.isDirectory()) {
    const [first] = readdirSync(out).sort();
    if (first === undefined) return;
    throw new UserError(`--out ${out} holds ${first} already; choose a new folder, for example --out ${example}.`);
  }
  const what = found.isDirectory() ? 'is a folder; give a file' : 'is there already; choose another path';
  throw new UserError(`--out ${out} ${what}, for example --out ${example}.`);
}
