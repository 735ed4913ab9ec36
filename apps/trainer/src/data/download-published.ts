import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type DownloadedFile, downloadDataset, explainNoUnrar } from '@kanrecon/dataset-import/node';
import { UserError } from '../cli/user-error.js';
import { countOf } from '../ui/count-of.js';
import type { Progress } from '../ui/progress.js';
import type { Ui } from '../ui/ui.js';
import { importArchive } from './import-archive.js';

export interface DownloadRequest {
  /** Folder of the data set; archives lie in a hidden folder in it until they are imported. */
  out: string;
  doi: string;
  baseUrl: string;
  /** Name of the one file that is wanted. */
  file?: string;
  sha256?: string;
  /** Whether to make a data set of what was fetched, or to leave it in `out` as it is. */
  importing: boolean;
  /** Whether to delete the archive afterwards. */
  remove: boolean;
}

/** Fetches a published data set with progress, and imports it. */
export async function downloadPublished(request: DownloadRequest, ui: Ui, signal: AbortSignal) {
  const { out, doi, baseUrl, file, sha256, importing, remove } = request;
  const dir = importing ? join(out, '.download') : out;
  const noUnrar = importing ? await explainNoUnrar() : undefined;
  let progress: Progress | undefined;
  const start = performance.now();
  try {
    const { record, files } = await downloadDataset({
      dir,
      doi,
      baseUrl,
      ...(file && { files: [file] }),
      ...(file && sha256 && { sha256: { [file]: sha256 } }),
      signal,
      onRetry: (reason) => ui.note(`Once more: ${reason}.`),
      onRecord({ title, license, files: wanted }) {
        const megabytes = wanted.reduce((sum, { size }) => sum + size, 0) / 1e6;
        ui.note(
          `${title || doi} (${license ?? 'no licence given'}): ${countOf(wanted.length, 'file')}, ${megabytes.toFixed(1)} MB.`,
        );
        // Before hours of fetching, not after.
        if (!importing) return;
        const { name } = archiveAmong(wanted);
        if (noUnrar && /\.rar$/i.test(name)) {
          throw new UserError(`${name} could not be imported: ${noUnrar}; --download-only fetches it all the same.`);
        }
      },
      onProgress(done, total) {
        const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10;
        progress ??= ui.progress({
          label: 'Downloading',
          total: megabytes(total),
          initial: megabytes(done),
          unit: 'MB',
        });
        progress.update(megabytes(done));
      },
    });
    progress?.stop();
    progress = undefined;
    const { title, license, id } = record;
    const fetched = { doi, record: id, title, license, files, seconds: (performance.now() - start) / 1000 };
    for (const { path, verified } of files)
      ui.say(`${path}: ${verified ? 'checksum is right' : 'no checksum is known'}.`);
    if (!importing) return fetched;
    const archive = archiveAmong(files);
    const { scan, ...summary } = await importArchive(archive.path, { out }, ui, signal);
    await tidyUp(archive, remove, ui);
    return { ...fetched, out, ...summary, counts: scan.counts, problems: scan.problems };
  } finally {
    progress?.stop();
  }
}

/** The one archive that a data set can be made of. */
function archiveAmong<T extends { name: string }>(files: readonly T[]): T {
  const archives = files.filter(({ name }) => /\.(?:rar|zip|tar|tgz|tar\.gz)$/i.test(name));
  const names = files.map(({ name }) => name).join(', ');
  if (archives.length === 1) return archives[0]!;
  throw new UserError(
    archives.length === 0
      ? `the record has no archive to import (${names}); --download-only fetches it all the same.`
      : `the record has ${archives.length} archives (${names}); name one with --file.`,
  );
}

async function tidyUp({ path, size }: DownloadedFile, remove: boolean, ui: Ui): Promise<void> {
  if (remove) {
    await rm(path, { force: true });
    return;
  }
  ui.note(
    `The archive is kept in ${dirname(path)} (${(size / 1e6).toFixed(1)} MB); it is no longer needed, and --remove-archive would delete it.`,
  );
}
