/** What a worker thread is started with (its `workerData`). */
export interface ReplicaStart {
  readonly replica: { readonly rank: number; readonly workers: number; readonly setup: unknown };
}

/** From the main thread to a worker; each is answered by one {@link Reply} with the same number. */
export type Command = { readonly id: number } & (
  | { readonly kind: 'begin'; readonly buffer: SharedArrayBuffer }
  /** `weights`: each worker's part of the batch, 1 in all; `share` is missing where that is 0. */
  | { readonly kind: 'step'; readonly weights: readonly number[]; readonly share?: unknown; readonly common: unknown }
  | { readonly kind: 'checksum' }
  | { readonly kind: 'ask'; readonly question: unknown }
);

/** A command without its number. */
export type CommandBody = Command extends infer Each ? (Each extends Command ? Omit<Each, 'id'> : never) : never;

/** From a worker to the main thread. Number 0 says that the replica is built ({@link ReplicaReady}) or why not. */
export type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: SentError };

/** An error on its way between threads: its class is lost, its plain properties such as `code` are not. */
export interface SentError {
  readonly message: string;
  readonly stack?: string;
  readonly properties: Readonly<Record<string, string | number | boolean>>;
}

/** What a worker says of its new replica. */
export interface ReplicaReady {
  /** Numbers to exchange: elements of parameters and statistics. */
  readonly floats: number;
  readonly checksum: string;
}
