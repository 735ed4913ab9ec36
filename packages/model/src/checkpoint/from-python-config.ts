/**
 * A layer's configuration as TensorFlow.js' classes take it, from how model.json has it, which is Keras' way: `kernel_size` becomes
 * `kernelSize`, as do words that are values (`channels_last`). Names stay.
 */
export function fromPythonConfig(value: unknown): unknown {
  if (typeof value === 'string') return camelCase(value);
  if (Array.isArray(value)) return value.map(fromPythonConfig);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) =>
    key === 'name' && typeof inner === 'string' ? [key, inner] : [camelCase(key), fromPythonConfig(inner)],
  );
  return Object.fromEntries(entries);
}

function camelCase(text: string): string {
  return text.length < 2 ? text : text.replace(/_+(\w|$)/g, (_, next: string) => next.toUpperCase());
}
