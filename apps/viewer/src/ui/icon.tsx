import type { JSX } from 'preact';

// Drawn for this page on a grid of 20, with lines of 1.6.
const paths = {
  undo: 'M4 8h8a4 4 0 0 1 0 8H8M4 8l4-4M4 8l4 4',
  redo: 'M16 8H8a4 4 0 0 0 0 8h4M16 8l-4-4M16 8l-4 4',
  link: 'M8.5 11.5a3 3 0 0 0 4.2 0l3-3a3 3 0 0 0-4.2-4.2l-1 1M11.5 8.5a3 3 0 0 0-4.2 0l-3 3a3 3 0 0 0 4.2 4.2l1-1',
  locked: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  free: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 5.8-1',
  close: 'M5 5l10 10M15 5L5 15',
  reset: 'M15.5 12.5A6 6 0 1 1 15 7M15.5 3.5V7H12',
  shuffle: 'M3 6h3l8 8h3M3 14h3l2.5-2.5M11.5 8.5L14 6h3M15 4l2 2-2 2M15 12l2 2-2 2',
  save: 'M10 3v10M6 9.5l4 4 4-4M4 17h12',
  sun: 'M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M15.7 4.3l-1.1 1.1M5.4 14.6l-1.1 1.1',
  moon: 'M16 12A6.5 6.5 0 0 1 8 4a6.5 6.5 0 1 0 8 8z',
  camera: 'M3 7h3l1.5-2h5L14 7h3v9H3zM10 9a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z',
  upload: 'M10 14V4M6 7.5l4-4 4 4M4 17h12',
} as const;

export type IconName = keyof typeof paths;

/** A small picture beside or in place of words that are there for screen readers. */
export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
