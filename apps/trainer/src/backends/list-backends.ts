import { type BackendTrial, backendNames, backendTable, measuredStep, tryBackend } from '@kanrecon/training/node';
import { formatTable } from '../ui/format-table.js';
import type { Ui } from '../ui/ui.js';

/** Tries every backend in turn, prints the table and returns it, the fastest first. */
export async function listBackends(ui: Ui, signal?: AbortSignal) {
  const rows: (BackendTrial & { about: string; howToGet?: string })[] = [];
  for (const name of backendNames) {
    if (signal?.aborted) break;
    const { about, howToGet } = backendTable[name];
    if (backendTable[name].find().usable) ui.note(`Measuring ${name} …`);
    const trial = await tryBackend(name, signal);
    rows.push({ ...trial, about, ...(trial.usable ? {} : { howToGet }) });
  }
  const time = (row: (typeof rows)[number]) => (row.usable ? row.millisecondsPerImage : Number.POSITIVE_INFINITY);
  rows.sort((a, b) => time(a) - time(b));
  const { network, imageSize, batchSize } = measuredStep;
  const usable = rows.flatMap((row) => (row.usable ? [row] : []));
  ui.say(
    formatTable(
      ['backend', 'ms/image', 'what it is'],
      usable.map((row) => [row.name, row.millisecondsPerImage.toFixed(2), row.description]),
    ),
  );
  ui.say(`\nTraining steps of ${network}, ${imageSize} × ${imageSize} pixels, batch ${batchSize}.`);
  ui.say(`"--backend auto" takes the first: ${usable[0]?.name ?? 'none'}.`);
  for (const row of rows) {
    if (!row.usable)
      ui.say(
        `\n${row.name}: ${row.about}.\n  Not usable: ${row.reason}.\n  To get it: ${backendTable[row.name].howToGet}.`,
      );
  }
  return { step: measuredStep, fastest: usable[0]?.name, backends: rows };
}
