/** What may be another when a training is resumed: how long it goes on, and threads that change no numbers. */
const changeable = ['budget.epochs', 'data.workers'];

/** A setting in which two experiments differ. */
export interface OtherSetting {
  readonly field: string;
  /** As JSON. */
  readonly before: string;
  readonly now: string;
}

/** The first setting in which two experiments differ, of those that must stay as they are. */
export function otherSetting(before: unknown, now: unknown, field = ''): OtherSetting | undefined {
  if (changeable.includes(field)) return undefined;
  if (!isRecord(before) || !isRecord(now)) {
    const [was, is] = [before, now].map((value) => JSON.stringify(value) ?? 'nothing') as [string, string];
    return was === is ? undefined : { field, before: was, now: is };
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const other = otherSetting(before[key], now[key], field === '' ? key : `${field}.${key}`);
    if (other) return other;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
