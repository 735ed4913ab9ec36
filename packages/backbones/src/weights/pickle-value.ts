import type { StoredTensor, TensorStorage } from './stored-tensor.js';

/** What a pickle names by module and name: one of a closed list. */
export class PickleGlobal {
  constructor(
    readonly name: string,
    /**
     * What calling it makes; undefined for a name that only stands for a type. What it copies is charged first, by items, so that one
     * list that is copied over and over cannot fill the memory.
     */
    readonly call?: (args: readonly PickleValue[], charge: (items: number) => void) => PickleValue,
  ) {}
}

/** A storage that a pickle refers to. */
export class PickleStorage {
  constructor(readonly storage: TensorStorage) {}
}

/** All that a pickle can make here: numbers, texts, lists (tuples too), dictionaries, tensors. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PickleValue[]
  | Map<string | number | boolean | null, PickleValue>
  | StoredTensor
  | PickleStorage
  | PickleGlobal;
