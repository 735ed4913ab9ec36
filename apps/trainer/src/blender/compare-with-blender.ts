import { join } from 'node:path';
import {
  type ComparedImages,
  type ComparedView,
  type CompareRenderersOptions,
  compareRenderers,
  type RendererComparison,
} from '@kanrecon/blender/node';
import { checkWritable, OutputFiles, withFolder } from '@kanrecon/files/node';
import { encodePng } from '../prediction/encode-png.js';
import { countOf } from '../ui/count-of.js';
import { formatTable } from '../ui/format-table.js';
import type { Ui } from '../ui/ui.js';
import { comparisonSheet, sheetColumns } from './comparison-sheet.js';

/** Rows of the sheet: the views that differ most. */
const shownViews = 12;

/** What `kanrecon synth --compare` is asked for. */
export interface CompareWithBlenderOptions extends Omit<CompareRenderersOptions, 'onView' | 'signal'> {
  readonly shapes: number;
  readonly viewsPerShape: number;
  /** Folder for `comparison.json` and the sheet `comparison.png`. */
  readonly out: string;
}

/**
 * Renders views with both renderers, says how far they agree, and writes that and a sheet of pictures. Nothing is kept of a comparison
 * that is stopped.
 */
export async function compareWithBlender(options: CompareWithBlenderOptions, ui: Ui, signal: AbortSignal) {
  const files = new OutputFiles();
  await files.check(['comparison.png', 'comparison.json'].map((name) => ({ path: join(options.out, name) })));
  return withFolder(options.out, async () => {
    await checkWritable(options.out);
    return await compareAndWrite(options, files, ui, signal);
  });
}

async function compareAndWrite(
  { out, ...options }: CompareWithBlenderOptions,
  files: OutputFiles,
  ui: Ui,
  signal: AbortSignal,
) {
  const shown: { view: ComparedView; images: ComparedImages }[] = [];
  const onView = (view: ComparedView, images: ComparedImages) => {
    shown.push({ view, images });
    shown.sort((a, b) => b.view.rgbDifference - a.view.rgbDifference);
    shown.length = Math.min(shown.length, shownViews);
  };
  const progress = ui.progress({
    label: 'Comparing',
    total: options.shapes * options.viewsPerShape,
    unit: 'views',
  });
  let comparison: RendererComparison;
  try {
    comparison = await compareRenderers({
      ...options,
      signal,
      onView: (view, images, done) => {
        onView(view, images);
        progress.update(done);
      },
    });
  } finally {
    progress.stop();
  }
  const [sheet, file] = [join(out, 'comparison.png'), join(out, 'comparison.json')];
  await files.write({ path: sheet }, await encodePng(comparisonSheet(shown.map(({ images }) => images))));
  await files.write({ path: file }, `${JSON.stringify(comparison, null, 2)}\n`);
  say(comparison, sheet, file, ui);
  return { ...comparison, sheet, file };
}

function say(comparison: RendererComparison, sheet: string, file: string, ui: Ui): void {
  const { blender, views, imageSize, maskIoU, rgbDifference, plainRgbDifference } = comparison;
  const seen = `${countOf(views.length, 'view')} of ${imageSize} × ${imageSize} pixels`;
  ui.say(`Our renderer and Blender ${blender.version} (Cycles, ${blender.samples} paths a pixel), ${seen}:\n`);
  const rows = [
    ['mask IoU', maskIoU.median.toFixed(4), maskIoU.worst.toFixed(4)],
    ['RGB difference inside, of 255', rgbDifference.median.toFixed(2), rgbDifference.worst.toFixed(2)],
    ['… without occlusion and bounces', plainRgbDifference.median.toFixed(2), plainRgbDifference.worst.toFixed(2)],
  ];
  ui.say(formatTable(['', 'median', 'worst'], rows));
  ui.say(
    "\nBlender's ambient light is kept off by the object itself and bounces between its walls, ours reaches everywhere: that makes",
  );
  ui.say('the second line. In the third Blender renders with ambient light as ours.');
  ui.say(`\n${sheet}: the views that differ most; ${sheetColumns.join(' | ')}.`);
  ui.say(`${file}: every view.`);
}
