import { pointOutline } from '@kanrecon/training/report';
import type { JSX } from 'preact';

/** Colour and shape by which a run is told from others. */
export function SeriesMark({ color }: { color: number }): JSX.Element {
  return (
    <svg class={`series-mark series-${color}`} viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      <path d={pointOutline(color, 7, 7, 4.6)} />
    </svg>
  );
}
