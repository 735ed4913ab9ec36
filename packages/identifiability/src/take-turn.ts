/** Lets others run between two pieces of work, and stops if asked to. @throws the signal's reason */
export async function takeTurn(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  signal?.throwIfAborted();
}
