import { signal } from '@preact/signals';
import type { ObjectView } from '../object/object-view.js';

/** The 3D view, while there is one on the page. */
export const objectView = signal<ObjectView | undefined>(undefined);
