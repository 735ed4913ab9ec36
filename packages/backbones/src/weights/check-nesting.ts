import type { PickleValue } from './pickle-value.js';

/** torch nests a handful of containers. */
const MAX_DEPTH = 64;

/**
 * Refuses a value that contains itself or is nested too deep to be walked. Each container is looked into once, however often it is
 * referred to.
 */
export function checkNesting(root: PickleValue): void {
  const done = new Set<object>();
  const open: { value: object; rest: Iterator<PickleValue> }[] = [];
  const enter = (value: PickleValue) => {
    const items = Array.isArray(value) ? value : value instanceof Map ? value.values() : undefined;
    if (!items || done.has(value as object)) return;
    if (open.some((outer) => outer.value === value)) throw new RangeError('the pickle has a container inside itself');
    if (open.length >= MAX_DEPTH) throw new RangeError(`the pickle nests more than ${MAX_DEPTH} containers`);
    open.push({ value: value as object, rest: items[Symbol.iterator]() });
  };
  enter(root);
  while (open.length > 0) {
    const { value, rest } = open.at(-1) as (typeof open)[0];
    const next = rest.next();
    if (!next.done) enter(next.value);
    else {
      done.add(value);
      open.pop();
    }
  }
}
