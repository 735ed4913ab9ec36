import type { Measured, PretrainedEntry } from '@kanrecon/pretrained/names';
import { formatTable } from '../ui/format-table.js';

/** The trained models that come along, as text for the terminal. */
export function shippedModelsTable(models: readonly PretrainedEntry[]): string {
  const rows = models.map(({ name, card }) => {
    const { r2, bestR2, cameraDegrees, images } = card.scores;
    return [
      name,
      card.scene,
      `${card.imageSize} × ${card.imageSize}`,
      between(r2, 3),
      bestR2 === null ? 'unknown' : bestR2.toFixed(3),
      cameraDegrees ? `${cameraDegrees.value.toFixed(1)}°` : 'not found',
      images.toLocaleString('en'),
      `${(card.bytes / 1e6).toFixed(1)} MB`,
    ];
  });
  return formatTable(['trained', 'scene', 'pixels', 'R²', 'best possible', 'camera off by', 'of images', 'size'], rows);
}

/** What `kanrecon models --json` prints of them: their cards, by name. */
export function shippedModelsJson(models: readonly PretrainedEntry[]) {
  return Object.fromEntries(models.map(({ name, card }) => [name, { shipped: true, ...card }]));
}

function between({ value, interval95: [low, high] }: Measured, digits: number): string {
  return `${value.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}
