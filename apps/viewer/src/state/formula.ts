import { signal } from '@preact/signals';
import { firstSurfaceText } from '../surfaces/parse-surface-text.js';

// The formula box of "Surfaces".

/** Whether it is open: a surface of one's own is shown. */
export const formulaOpen = signal(false);

/** What stands in it. */
export const formulaText = signal(firstSurfaceText);

/** What the surface was made of that was drawn last: what is typed may not be one yet. */
export const drawnFormula = signal(firstSurfaceText);
