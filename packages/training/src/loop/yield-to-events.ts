/**
 * Lets what waits on the event loop have its turn: Ctrl-C in Node.js, a click on "stop" in a browser. Timers would do, but take a
 * millisecond in Node.js and four in a browser, where messages come at once.
 */
export function yieldToEvents(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
