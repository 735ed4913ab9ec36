import type { DatasetPreset } from '@kanrecon/scene';
import { invisibleParameters } from './invisible-parameters.js';

/** The parameters that images of this look can show at all, found by rendering some. */
export function visibleParameters(look: DatasetPreset): string[] {
  const invisible = invisibleParameters(look, { draws: 6, size: 48 });
  return look.surface.parameters.map(({ name }) => name).filter((name) => !invisible.includes(name));
}
