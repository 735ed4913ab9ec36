/** See find-chromium.mjs, which the benchmarks use as it is. */
export declare function findChromium(): string | undefined;
