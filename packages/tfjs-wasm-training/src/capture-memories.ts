/** Memories that WebAssembly modules were given since {@link captureMemories} was called. */
export interface MemoryCapture {
  memories: WebAssembly.Memory[];
  /** Stops watching. */
  stop(): void;
}

/**
 * Notes every memory that is handed to a WebAssembly module from now on. tfjs' multi-threaded build makes its memory
 * itself and shows it nowhere, so this is the only way to find it; it works only while the backend starts.
 */
export function captureMemories(): MemoryCapture {
  const memories: WebAssembly.Memory[] = [];
  const { instantiate, instantiateStreaming } = WebAssembly;
  const note = (imports: WebAssembly.Imports | undefined) => {
    for (const values of Object.values(imports ?? {})) {
      for (const value of Object.values(values)) if (value instanceof WebAssembly.Memory) memories.push(value);
    }
  };
  const watch =
    <Source>(original: (source: Source, imports?: WebAssembly.Imports) => unknown) =>
    (source: Source, imports?: WebAssembly.Imports) => {
      note(imports);
      return original.call(WebAssembly, source, imports);
    };
  WebAssembly.instantiate = watch(instantiate as never) as typeof instantiate;
  if (instantiateStreaming) {
    WebAssembly.instantiateStreaming = watch(instantiateStreaming) as typeof instantiateStreaming;
  }
  return {
    memories,
    stop() {
      WebAssembly.instantiate = instantiate;
      if (instantiateStreaming) WebAssembly.instantiateStreaming = instantiateStreaming;
    },
  };
}
