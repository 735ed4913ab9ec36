import type { ModelCard } from '../network/model-card.js';

/** A name on a card, and where it stands. */
export interface NamedPlace {
  readonly place: string;
  readonly name: string;
}

/**
 * The first name of a parameter in what a card says of limits and scores that is none of the targets'. What these fields are belongs to
 * the packages that fill them in; here only names are looked for: in `invisible`, `visible` and `bounds`, in the terms of combinations and
 * invariances, and where there is something for each parameter.
 */
export function strangeName(
  { limits, scores }: ModelCard,
  targets: readonly { readonly name: string }[],
): NamedPlace | undefined {
  const known = new Set(targets.map(({ name }) => name));
  const named = [...namesIn(limits, 'card.limits'), ...namesIn(scores, 'card.scores')];
  return named.find(({ name }) => !known.has(name));
}

function* namesIn(value: unknown, place: string): Generator<NamedPlace> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const here = `${place}.${key}`;
    for (const name of namesOf(key, inner)) if (typeof name === 'string') yield { place: here, name };
    yield* namesIn(inner, here);
  }
}

function namesOf(key: string, value: unknown): readonly unknown[] {
  if (key === 'parameter') return [value];
  if (key.endsWith('_per_parameter')) return typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (!Array.isArray(value)) return [];
  if (['invisible', 'visible', 'bounds'].includes(key)) return value;
  return key === 'perParameter' ? value.map((each) => each?.name) : [];
}
