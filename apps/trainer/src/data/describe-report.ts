import type { Split } from '@kanrecon/dataset';
import type { DatasetReport, ParameterHistogram } from '@kanrecon/dataset/node';
import { formatTable } from '../ui/format-table.js';

const splits: readonly Split[] = ['train', 'val', 'test'];
const bars = ' ▁▂▃▄▅▆▇█';
const shownFindings = 20;

/** A data set's report for people, line by line. */
export function describeReport(report: DatasetReport, worst: number): string[] {
  const { root, surface, scene, counts, histograms, compared, findings, problems } = report;
  const parts = histograms[0]?.bins.train.length ?? 0;
  const lines = [
    `${root}: objects "${surface}"${scene ? `, compared with renderings of the scene "${scene}"` : ''}.`,
    '',
    formatTable(
      ['split', 'images', 'shapes'],
      splits.map((split) => [split, String(counts[split].images), String(counts[split].shapes)]),
    ),
    '',
    formatTable(
      ['parameter', 'from', 'to', ...splits],
      histograms.map((histogram) => [
        histogram.name,
        String(histogram.min),
        String(histogram.max),
        ...splits.map((split) => drawBins(histogram.bins[split])),
      ]),
    ),
    `Bars count shapes in ${parts === 1 ? 'the whole range' : `${parts} equal parts of the range`}. Each parameter and split has a scale of its own: its fullest part is as high as the line.`,
  ];
  if (compared.length > 0 && worst > 0) lines.push('', ...describeWorst(report, worst));
  const found = [...problems, ...findings];
  if (found.length === 0) return [...lines, '', 'Nothing is wrong with it.'];
  lines.push('', `Found: ${countKinds(found)}.`);
  for (const { path, message } of found.slice(0, shownFindings)) lines.push(`  ${path}: ${message}`);
  if (found.length > shownFindings) lines.push(`  … and ${found.length - shownFindings} more (--json has them all)`);
  return lines;
}

function describeWorst({ compared, bounds }: DatasetReport, worst: number): string[] {
  const mean = compared.reduce((sum, { iou }) => sum + iou, 0) / compared.length;
  const blender = compared.some(({ apart }) => apart !== undefined);
  const table = formatTable(
    ['IoU', ...(blender ? ['apart'] : []), 'difference', 'image'],
    compared
      .slice(0, worst)
      .map(({ iou, apart, difference, path }) => [
        iou.toFixed(4),
        ...(blender ? [apart?.toFixed(2) ?? ''] : []),
        difference.toFixed(1),
        path,
      ]),
  );
  const asked = blender
    ? `of Blender's images outlines at most ${bounds.maxBlenderApart} pixels apart are asked for`
    : `${bounds.minIou} is asked for, ${bounds.minDrawnIou} of our renderer's own`;
  return [
    `Images and what the renderer draws from their labels overlap by ${mean.toFixed(4)} on average (IoU; ${asked}). The worst:`,
    table,
  ];
}

/** Counts as bars, the tallest as high as a line. */
function drawBins(bins: ParameterHistogram['bins'][Split]): string {
  const most = Math.max(...bins);
  return bins.map((count) => bars[count === 0 ? 0 : Math.max(1, Math.round((8 * count) / most))]).join('');
}

function countKinds(found: readonly { kind: string }[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of found) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
}
