/** What a task is given besides its input. */
export interface TaskContext<E> {
  readonly signal: AbortSignal;
  tell(event: E): void;
}
