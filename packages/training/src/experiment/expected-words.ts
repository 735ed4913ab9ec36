import type * as v from 'valibot';

/** A schema as far as it is looked at here: valibot's own types name every kind apart. */
export interface SchemaNode {
  readonly type: string;
  readonly wrapped?: SchemaNode;
  readonly entries?: Readonly<Record<string, SchemaNode>>;
  readonly item?: SchemaNode;
  /** Of a record. */
  readonly value?: SchemaNode;
  readonly items?: readonly SchemaNode[];
  readonly options?: readonly unknown[];
  readonly key?: string;
  readonly literal?: unknown;
  readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[];
}

/** Any schema as a {@link SchemaNode}. */
export function schemaNode(schema: v.GenericSchema): SchemaNode {
  return schema as unknown as SchemaNode;
}

/** What a schema takes, in words: `a whole number from 1 to 64`. */
export function expectedWords(node: SchemaNode): string {
  switch (node.type) {
    case 'optional':
      return expectedWords(node.wrapped!);
    case 'nullable':
      return `${expectedWords(node.wrapped!)} or null`;
    case 'record':
      return `an object, each of whose values is ${expectedWords(node.value!)}`;
    case 'number':
      return numberWords(node);
    case 'never':
      return 'nothing';
    case 'string':
      return 'some text';
    case 'boolean':
      return 'true or false';
    case 'literal':
      return JSON.stringify(node.literal);
    case 'picklist':
      return `one of ${node.options!.map((option) => JSON.stringify(option)).join(', ')}`;
    case 'array':
      return `a list, each ${expectedWords(node.item!)}`;
    case 'strict_tuple':
      return `a list of ${node.items!.length}, each ${expectedWords(node.items![0]!)}`;
    case 'union':
      return (node.options as SchemaNode[]).map(expectedWords).join(' or ');
    case 'variant':
      return `an object whose ${node.key} is ${expectedWords(kindOf(node))}`;
    default:
      return node.entries ? `an object of ${Object.keys(node.entries).join(', ')}` : 'something else';
  }
}

/** Whether a schema only says more of the one in it. */
export function isWrapper({ type }: SchemaNode): boolean {
  return type === 'optional' || type === 'nullable';
}

/** The field that tells a variant's options apart. */
export function kindOf({ options, key }: SchemaNode): SchemaNode {
  return { type: 'union', options: (options as SchemaNode[]).map(({ entries }) => entries![key!]!) };
}

function numberWords({ pipe = [] }: SchemaNode): string {
  const requirement = (type: string) => pipe.find((each) => each.type === type)?.requirement as number | undefined;
  const what = pipe.some(({ type }) => type === 'integer') ? 'a whole number' : 'a number';
  const least = requirement('min_value');
  const most = requirement('max_value');
  if (least !== undefined && most !== undefined && most < Number.MAX_SAFE_INTEGER) {
    return `${what} from ${least} to ${most}`;
  }
  const above = requirement('gt_value');
  const below = requirement('lt_value');
  const bounds = [
    ...(least === undefined ? [] : [`of at least ${least}`]),
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(below === undefined ? [] : [`below ${below}`]),
  ];
  return [what, bounds.join(' and ')].filter(Boolean).join(' ');
}
