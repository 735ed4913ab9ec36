import { beforeEach, describe, expect, it } from 'vitest';
import { surfaceCase } from '../state/store.js';
import { firstSurfaceText } from '../surfaces/parse-surface-text.js';
import { surfaceOfText } from './surface-of-text.js';

describe('surfaceOfText', () => {
  beforeEach(() => {
    surfaceCase.value = undefined;
  });

  it('shows the surface', async () => {
    expect(await surfaceOfText(firstSurfaceText, () => false)).toBe('');
    expect(surfaceCase.value?.surface).toBeDefined();
  });

  it('shows nothing where something else was chosen while the parser was loaded', async () => {
    expect(await surfaceOfText(firstSurfaceText, () => true)).toBe('');
    expect(surfaceCase.value).toBeUndefined();
  });
});
