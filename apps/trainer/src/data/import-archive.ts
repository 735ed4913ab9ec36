import {
  type ImportDatasetOptions,
  type ImportStage,
  type ImportSummary,
  importDataset,
} from '@kanrecon/dataset-import/node';
import { countOf, countSplits } from '../ui/count-of.js';
import type { Progress } from '../ui/progress.js';
import type { Ui } from '../ui/ui.js';

const stages: Record<ImportStage, { label: string; unit: string }> = {
  list: { label: 'Looking into the archive', unit: 'entries' },
  unpack: { label: 'Unpacking', unit: 'files' },
  check: { label: 'Checking labels', unit: 'labels' },
};

/** Imports a data set with progress, and says what came of it. */
export async function importArchive(
  source: string,
  options: Pick<ImportDatasetOptions, 'out' | 'limits'>,
  ui: Ui,
  signal: AbortSignal,
): Promise<ImportSummary> {
  let progress: Progress | undefined;
  let current: ImportStage | undefined;
  try {
    const summary = await importDataset(source, {
      ...options,
      signal,
      onProgress(stage, done, total) {
        if (stage !== current) {
          progress?.stop();
          // An archive without a directory is listed by the byte.
          const byBytes = stage === 'list' && total > 10_000_000;
          progress = ui.progress({ ...stages[stage], total, initial: done, ...(byBytes && { unit: 'bytes' }) });
          current = stage;
        }
        progress?.update(done);
      },
    });
    progress?.stop();
    progress = undefined;
    report(options.out, summary, ui);
    return summary;
  } finally {
    progress?.stop();
  }
}

function report(out: string, { scan, written, kept, leftOut, bytes }: ImportSummary, ui: Ui): void {
  const { counts, problems } = scan;
  ui.say(`${out}: ${countSplits(counts)}.`);
  const earlier = kept > 0 ? `, ${kept} ${kept === 1 ? 'was' : 'were'} there already` : '';
  ui.say(`${countOf(written, 'file')} unpacked (${(bytes / 1e6).toFixed(1)} MB in all)${earlier}.`);
  if (leftOut.length > 0) ui.note(`Left out, as they do not belong to a data set: ${shown(leftOut, 3)}.`);
  if (problems.length > 0) {
    const lines = problems.slice(0, 5).map(({ path, message }) => `  ${path}: ${message}`);
    if (problems.length > lines.length) lines.push(`  … and ${problems.length - lines.length} more`);
    ui.warn([`${countOf(problems.length, 'file')} of the data set cannot be used:`, ...lines].join('\n'));
  }
  ui.say(`Next: kanrecon dataset check ${out}, then kanrecon train --dataset ${out} --out runs/first`);
}

function shown(names: readonly string[], count: number): string {
  const more = names.length > count ? ` and ${names.length - count} more` : '';
  return names.slice(0, count).join(', ') + more;
}
