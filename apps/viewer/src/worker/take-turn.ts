/** Lets messages in between two steps of a long task. @throws the signal's reason if one of them has stopped it */
export async function takeTurn(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  signal.throwIfAborted();
}
