import type { ModelName } from './model-name.js';

/** The name that is wanted, or where another model has it, the same with a number. */
export function freeName(wanted: string, taken: ReadonlySet<ModelName>): ModelName {
  if (!taken.has(wanted)) return wanted;
  for (let n = 2; ; n++) if (!taken.has(`${wanted} ${n}`)) return `${wanted} ${n}`;
}
