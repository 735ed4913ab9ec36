import type { PickleValue } from './pickle-value.js';
import { showValue } from './show-value.js';
import { MAX_EXPANDED, StoredTensor } from './stored-tensor.js';

/** Where the weights stand in a checkpoint that holds more than them, in this order. */
const KEYS = ['model_state_dict', 'state_dict', 'model'] as const;

/** Names of moving averages of the weights: `ema_state_dict`, `state_dict_ema`, `model_ema`, `swa_model`, `ema.shadow`, … */
const AVERAGE = /(^|[_.])(ema|swa|avg|average|averages|averaged)([_.]|$)/i;

/** Dictionaries that are told by name. */
const few = 8;

/**
 * The weights among the values of a checkpoint. Where it holds a moving average of the weights beside them, the two are different networks,
 * and nothing in the file tells which is wanted: that is for the caller to say.
 *
 * @param chosen the key of the dictionary that is wanted, `ema.shadow` for one inside another
 * @throws RangeError in one clause
 */
export function stateDictOf(value: PickleValue, chosen: string | undefined): Record<string, StoredTensor> {
  if (!(value instanceof Map)) throw new RangeError('it holds no dictionary; expected a state dict');
  const { dict, where } = chosen === undefined ? usual(value) : named(value, chosen);
  const wrong = [...dict].find(([name, one]) => typeof name !== 'string' || !(one instanceof StoredTensor));
  if (wrong) {
    throw new RangeError(
      `${showValue(wrong[0])} in ${where} is no tensor; expected a state dict, or a dictionary with one as ${KEYS.join(', ')}`,
    );
  }
  const tensors = dict as Map<string, StoredTensor>;
  // A tensor may repeat a number of its file any number of times, and so may many.
  const more = [...tensors.values()].reduce((sum, { expandedBy }) => sum + expandedBy, 0);
  if (more > MAX_EXPANDED) {
    throw new RangeError(
      `its expanded tensors have ${more} elements more than the file; at most ${MAX_EXPANDED} are read; save them whole: tensor.contiguous()`,
    );
  }
  return Object.fromEntries(tensors);
}

type Dict = Map<string | number | boolean | null, PickleValue>;

interface Found {
  readonly dict: Dict;
  /** For messages. */
  readonly where: string;
}

function usual(value: Dict): Found {
  // Under its key first: a loss or a generator's state beside it is a tensor too.
  const key = KEYS.find((name) => holdsTensors(value.get(name)));
  const averages = [...stateDicts(value).keys()].filter((name) => AVERAGE.test(name));
  if (key !== undefined && averages.length > 0) throw ambiguous([key, ...averages], 'the weights and their average');
  if (key !== undefined) return { dict: value.get(key) as Dict, where: key };
  if (holdsTensors(value)) return { dict: value, where: 'its dictionary' };
  const others = [...stateDicts(value)];
  const [only] = others;
  if (only && others.length === 1 && averages.length === 1) return { dict: only[1], where: only[0] };
  if (only) {
    const what = others.length === 1 ? 'a state dict under no usual name' : `${others.length} state dicts`;
    throw ambiguous(
      others.map(([name]) => name),
      what,
    );
  }
  const empty = KEYS.find((name) => value.get(name) instanceof Map);
  return empty === undefined
    ? { dict: value, where: 'its dictionary' }
    : { dict: value.get(empty) as Dict, where: empty };
}

function named(value: Dict, chosen: string): Found {
  const direct = value.get(chosen);
  const dict = holdsTensors(direct) ? (direct as Dict) : stateDicts(value).get(chosen);
  if (dict) return { dict, where: chosen };
  const there = [...stateDicts(value).keys()];
  const rest = there.length > 0 ? `expected one of ${listOf(there)}` : 'it holds no state dict under any name';
  throw new RangeError(`it has no state dict ${showValue(chosen)}; ${rest}`);
}

function ambiguous(names: readonly string[], what: string): RangeError {
  return new RangeError(
    `it holds ${what}; expected the option stateDict, one of ${listOf(names)}, or a file of that one alone (torch.save of it)`,
  );
}

function listOf(names: readonly string[]): string {
  return `${names.slice(0, few).map(showValue).join(', ')}${names.length > few ? ', …' : ''}`;
}

/** Dictionaries of nothing but tensors by name, also one inside another's (`ema.shadow`). */
function stateDicts(value: Dict): Map<string, Dict> {
  const found = new Map<string, Dict>();
  // A file may refer to one dictionary any number of times.
  const known = new Map<Dict, boolean>();
  const add = (name: string, one: PickleValue): boolean => {
    if (!(one instanceof Map)) return false;
    const is = known.get(one) ?? isStateDict(one);
    known.set(one, is);
    if (is) found.set(name, one);
    return is;
  };
  const seen = new Set<Dict>();
  for (const [key, one] of value) {
    if (typeof key !== 'string' || add(key, one) || !(one instanceof Map) || seen.has(one)) continue;
    seen.add(one);
    for (const [inner, deep] of one) if (typeof inner === 'string') add(`${key}.${inner}`, deep);
  }
  return found;
}

function isStateDict(value: Dict): boolean {
  for (const [name, one] of value) {
    if (typeof name !== 'string' || !(one instanceof StoredTensor)) return false;
  }
  return value.size > 0;
}

function holdsTensors(value: PickleValue | undefined): boolean {
  return value instanceof Map && [...value.values()].some((one) => one instanceof StoredTensor);
}
