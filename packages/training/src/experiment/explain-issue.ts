import type * as v from 'valibot';
import { expectedWords, isWrapper, kindOf, type SchemaNode, schemaNode } from './expected-words.js';

/** What is wrong with a value, in words. */
export interface WrongField {
  /** Where: `optimizer.learningRate`; missing when the whole is wrong. */
  readonly field?: string;
  /** `optimizer.learningRate is wrong; expected a number above 0, got -1`. */
  readonly reason: string;
}

/** Says what a schema has against a value: which field, what is expected there, what was found. */
export function explainIssue(schema: v.GenericSchema, issue: v.BaseIssue<unknown>, whole: string): WrongField {
  const path = issue.path ?? [];
  const keys = path.map(({ key }) => key as string | number);
  const field = keys.join('.');
  const at = field === '' ? {} : { field };
  const root = schemaNode(schema);
  let node: SchemaNode | undefined = root;
  for (const { key, input } of path) node = node && child(node, key, input);
  if (!node) {
    const parent = path
      .slice(0, -1)
      .reduce<SchemaNode | undefined>((up, { key, input }) => up && child(up, key, input), root);
    const names = Object.keys(entriesOf(parent, path.at(-1)?.input) ?? {});
    const near = nearField(root, field);
    const hint = near ? `did you mean ${near}?` : `expected one of ${names.join(', ')}`;
    return { ...at, reason: `unknown field ${field}; ${hint}` };
  }
  const { input } = issue;
  const found = input === undefined ? 'nothing' : (JSON.stringify(input) ?? typeof input);
  return {
    ...at,
    reason: `${field || whole} is wrong; expected ${expectedWords(node)}, got ${shortened(found, input)}`,
  };
}

function shortened(text: string, input: unknown): string {
  // JSON knows no NaN and no infinity.
  if (typeof input === 'number') return String(input);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** The schema of a field; undefined where there is no such field. */
function child(node: SchemaNode, key: unknown, input: unknown): SchemaNode | undefined {
  if (isWrapper(node)) return child(node.wrapped!, key, input);
  if (node.type === 'record') return node.value;
  if (node.item) return node.item;
  if (node.items) return node.items[key as number];
  const entries = entriesOf(node, input);
  if (entries) return Object.hasOwn(entries, key as string) ? entries[key as string] : undefined;
  return node.type === 'variant' && key === node.key ? kindOf(node) : undefined;
}

function entriesOf(node: SchemaNode | undefined, input: unknown): SchemaNode['entries'] {
  if (node && isWrapper(node)) return entriesOf(node.wrapped, input);
  if (node?.type !== 'variant') return node?.entries;
  const kind = (input as Record<string, unknown> | undefined)?.[node.key!];
  return (node.options as SchemaNode[]).find(({ entries }) => entries![node.key!]!.literal === kind)?.entries;
}

/** A field that is spelled nearly so, beside it or elsewhere: `epochs` is `budget.epochs`. */
function nearField(root: SchemaNode, given: string): string | undefined {
  const parent = parentOf(given);
  const wanted = plain(given);
  const fields = fieldPaths(root)
    .map((path) => ({ path, name: plain(path), beside: parentOf(path) === parent }))
    .sort((a, b) => Number(b.beside) - Number(a.beside));
  const exact = fields.find(({ name }) => name === wanted);
  const near = fields.find(
    ({ name }) => Math.min(name.length, wanted.length) > 3 && (name.startsWith(wanted) || wanted.startsWith(name)),
  );
  return (exact ?? near)?.path;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')));
}

/** The last part of a path, however it is spelled. */
function plain(path: string): string {
  return path
    .slice(path.lastIndexOf('.') + 1)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}

function fieldPaths(node: SchemaNode, prefix = ''): string[] {
  if (isWrapper(node)) return fieldPaths(node.wrapped!, prefix);
  const options = node.type === 'variant' ? (node.options as SchemaNode[]) : [node];
  return options.flatMap(({ entries = {} }) =>
    Object.entries(entries).flatMap(([name, entry]) => [`${prefix}${name}`, ...fieldPaths(entry, `${prefix}${name}.`)]),
  );
}
