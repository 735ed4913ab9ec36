/**
 * Runs `load` without the greetings and "already registered" warnings that TensorFlow.js prints while its packages load
 * (a second copy of its core shares the engine of the first, which is what we want).
 */
export async function quietImport<T>(load: () => T | Promise<T>): Promise<T> {
  const { warn, info, log } = console;
  console.warn = console.info = console.log = () => {};
  try {
    return await load();
  } finally {
    Object.assign(console, { warn, info, log });
  }
}
