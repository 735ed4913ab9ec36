import { checkNesting } from './check-nesting.js';
import { PickleSource } from './pickle-source.js';
import { PickleGlobal, type PickleValue } from './pickle-value.js';
import { showValue } from './show-value.js';

/** What a pickle may ask for. */
export interface PickleContext {
  /** Its name for something outside; throws for all but a closed list. */
  readonly findGlobal: (module: string, name: string) => PickleValue;
  /** What a persistent id stands for: a storage. */
  readonly findPersistent: (id: PickleValue) => PickleValue;
}

interface Machine extends PickleContext {
  readonly source: PickleSource;
  readonly stack: PickleValue[];
  /** Lengths of the stack at open marks. */
  readonly marks: number[];
  readonly memo: Map<number, PickleValue>;
  /** Containers, tensors and the like so far. */
  made: number;
  /** Charges for what a call copies: no more items than the pickle has had bytes so far. */
  readonly charge: (items: number) => void;
}

/** Beyond this nothing of torch's is. */
const MAX_PROTOCOL = 5;

/** Containers, tensors and kept values, each. An instruction of one byte makes a dictionary of some hundred; networks need thousands. */
const MAX_VALUES = 1_000_000;

/**
 * Reads one pickle. Only the instructions below exist: those that make numbers, texts, lists, tuples and dictionaries, and names and
 * calls from the context's closed list. There is none that makes an object of a class, sets what belongs to one or gets at a module,
 * so that nothing a file says can run anything. Each instruction puts at most one value on the stack, what calls copy is charged
 * against the pickle's length and containers are counted, so that memory and time stay within what that length allows.
 *
 * Instructions: Python's `pickletools`, protocols 2 to 5.
 *
 * @returns the value, and where the pickle ended
 * @throws RangeError in one clause that says what is wrong, and where
 */
export function readPickle(bytes: Uint8Array, context: PickleContext, start = 0): { value: PickleValue; end: number } {
  const source = new PickleSource(bytes, start);
  let copied = 0;
  const charge = (items: number) => {
    copied += items;
    if (copied > source.at - start) throw new RangeError('one list is made into dictionaries over and over');
  };
  // Each begins by saying which it is, since protocol 2.
  if (start < bytes.length && bytes[start] !== PROTO) {
    throw new RangeError(
      'its pickle does not say its protocol, so it is of protocol 0 or 1, or none; expected 2 to 5: save it anew without pickle_protocol, torch.save(torch.load(file), file)',
    );
  }
  const machine: Machine = { ...context, source, stack: [], marks: [], memo: new Map(), made: 0, charge };
  for (;;) {
    const at = source.at;
    try {
      const opcode = source.uint8();
      if (opcode === STOP) break;
      const step = instructions[opcode];
      if (!step) {
        const code = opcode.toString(16).padStart(2, '0');
        throw new RangeError(`the instruction 0x${code} is not among those that tensors and plain containers need`);
      }
      step(machine);
    } catch (cause) {
      throw new RangeError(`${(cause as Error).message} (byte ${at} of the pickle)`, { cause });
    }
  }
  const { stack, marks } = machine;
  if (stack.length !== 1 || marks.length > 0) throw new RangeError('the pickle does not end with one value');
  checkNesting(stack[0] as PickleValue);
  return { value: stack[0] as PickleValue, end: source.at };
}

const STOP = 0x2e;
const PROTO = 0x80;

const instructions: Readonly<Record<number, (machine: Machine) => void>> = {
  128: ({ source }) => {
    const protocol = source.uint8();
    if (protocol > MAX_PROTOCOL) throw new RangeError(`protocol ${protocol}; expected at most ${MAX_PROTOCOL}`);
  },
  149: ({ source }) => void source.uint64(), // FRAME: how much follows, for reading ahead
  40: ({ stack, marks }) => void marks.push(stack.length), // MARK
  78: ({ stack }) => void stack.push(null), // NONE
  136: ({ stack }) => void stack.push(true), // NEWTRUE
  137: ({ stack }) => void stack.push(false), // NEWFALSE
  74: ({ source, stack }) => void stack.push(source.int32()), // BININT
  75: ({ source, stack }) => void stack.push(source.uint8()), // BININT1
  77: ({ source, stack }) => void stack.push(source.uint16()), // BININT2
  138: ({ source, stack }) => void stack.push(source.integer(source.uint8())), // LONG1
  71: ({ source, stack }) => void stack.push(source.float64BigEndian()), // BINFLOAT
  88: ({ source, stack }) => void stack.push(source.text(source.uint32())), // BINUNICODE
  140: ({ source, stack }) => void stack.push(source.text(source.uint8())), // SHORT_BINUNICODE
  85: ({ source, stack }) => void stack.push(source.text(source.uint8())), // SHORT_BINSTRING, of Python 2
  84: ({ source, stack }) => void stack.push(source.text(source.uint32())), // BINSTRING
  125: (machine) => make(machine, new Map()), // EMPTY_DICT
  93: (machine) => make(machine, []), // EMPTY_LIST
  41: (machine) => make(machine, []), // EMPTY_TUPLE
  133: (machine) => makeTuple(machine, 1), // TUPLE1
  134: (machine) => makeTuple(machine, 2), // TUPLE2
  135: (machine) => makeTuple(machine, 3), // TUPLE3
  116: (machine) => make(machine, popMark(machine.stack, machine.marks)), // TUPLE
  97: (machine) => append(machine, [pop(machine)]), // APPEND
  101: (machine) => append(machine, popMark(machine.stack, machine.marks)), // APPENDS
  115: (machine) => setItems(machine, [pop(machine), pop(machine)].reverse()), // SETITEM
  117: (machine) => setItems(machine, popMark(machine.stack, machine.marks)), // SETITEMS
  113: (machine) => put(machine, machine.source.uint8()), // BINPUT
  114: (machine) => put(machine, machine.source.uint32()), // LONG_BINPUT
  148: (machine) => put(machine, machine.memo.size), // MEMOIZE
  104: (machine) => get(machine, machine.source.uint8()), // BINGET
  106: (machine) => get(machine, machine.source.uint32()), // LONG_BINGET
  99: ({ source, stack, findGlobal }) => void stack.push(findGlobal(source.line(), source.line())), // GLOBAL
  // STACK_GLOBAL
  147: (machine) => {
    const [name, module] = [pop(machine), pop(machine)];
    if (typeof name !== 'string' || typeof module !== 'string') throw new RangeError('a name that is no text');
    machine.stack.push(machine.findGlobal(module, name));
  },
  81: (machine) => make(machine, machine.findPersistent(pop(machine))), // BINPERSID
  // REDUCE
  82: (machine) => {
    const [args, callable] = [pop(machine), pop(machine)];
    if (!(callable instanceof PickleGlobal && callable.call)) throw new RangeError('a call of what cannot be called');
    if (!Array.isArray(args)) throw new RangeError(`a call of ${callable.name} without its arguments`);
    make(machine, callable.call(args, machine.charge));
  },
  // BUILD: a state dict is an OrderedDict with one thing of its own, `_metadata`: versions of modules, of no use here.
  98: (machine) => {
    const state = pop(machine);
    if (!(machine.stack.at(-1) instanceof Map && state instanceof Map)) {
      throw new RangeError('something is set on what is no dictionary');
    }
  },
};

function pop({ stack, marks }: Pick<Machine, 'stack' | 'marks'>): PickleValue {
  if (stack.length <= (marks.at(-1) ?? 0)) throw new RangeError('a value is taken where there is none');
  return stack.pop() as PickleValue;
}

function popMark(stack: PickleValue[], marks: number[]): PickleValue[] {
  const mark = marks.pop();
  if (mark === undefined) throw new RangeError('a mark is taken where there is none');
  return stack.splice(mark);
}

/** Puts a container or the like on the stack, and counts it. */
function make(machine: Machine, value: PickleValue): void {
  machine.made++;
  if (machine.made > MAX_VALUES) throw new RangeError(`it makes more than ${MAX_VALUES} containers and tensors`);
  machine.stack.push(value);
}

function makeTuple(machine: Machine, count: number): void {
  make(machine, Array.from({ length: count }, () => pop(machine)).reverse());
}

function append({ stack }: Machine, items: readonly PickleValue[]): void {
  const list = stack.at(-1);
  if (!Array.isArray(list)) throw new RangeError('something is appended to what is no list');
  for (const item of items) list.push(item);
}

function setItems({ stack }: Machine, items: readonly PickleValue[]): void {
  const map = stack.at(-1);
  if (!(map instanceof Map)) throw new RangeError('something is set in what is no dictionary');
  if (items.length % 2 !== 0) throw new RangeError('a key without a value');
  for (let i = 0; i < items.length; i += 2) {
    const key = items[i] as PickleValue;
    if (key !== null && !['string', 'number', 'boolean'].includes(typeof key)) {
      throw new RangeError(
        'a key that is no text or number; save the weights alone: torch.save(model.state_dict(), file)',
      );
    }
    if (map.has(key as string)) throw new RangeError(`the key ${showValue(key)} stands twice in a dictionary`);
    map.set(key as string, items[i + 1] as PickleValue);
  }
}

function put({ stack, marks, memo }: Machine, index: number): void {
  if (stack.length <= (marks.at(-1) ?? 0)) throw new RangeError('a value is kept where there is none');
  if (memo.size >= MAX_VALUES) throw new RangeError(`it keeps more than ${MAX_VALUES} values`);
  memo.set(index, stack.at(-1) as PickleValue);
}

function get({ stack, memo }: Machine, index: number): void {
  if (!memo.has(index)) throw new RangeError(`the value kept as ${index} is asked for, and there is none`);
  stack.push(memo.get(index) as PickleValue);
}
