/** A parameter's range and unit, as a model's card tells them. */
export interface KnownRange {
  readonly name: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
}

/** The ranges that a model learned, from its `config.json`; undefined where it tells none, as a run's own `config.json` does not. */
export function readRanges(config: string): readonly KnownRange[] | undefined {
  let read: unknown;
  try {
    read = JSON.parse(config);
  } catch {
    return undefined;
  }
  const { format, targets } = (read ?? {}) as Record<string, unknown>;
  if (format !== 'kanrecon-reconstructor' || !Array.isArray(targets) || !targets.every(isRange)) return undefined;
  return targets.map(({ name, unit = '', min, max }) => ({ name, unit, min, max }));
}

/** The camera's targets have no unit. */
function isRange(target: unknown): target is Omit<KnownRange, 'unit'> & { readonly unit?: string } {
  const { name, unit, min, max } = (target ?? {}) as Record<string, unknown>;
  return (
    typeof name === 'string' &&
    (unit === undefined || typeof unit === 'string') &&
    Number.isFinite(min) &&
    Number.isFinite(max) &&
    (min as number) < (max as number)
  );
}
