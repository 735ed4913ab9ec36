/** What names all models of a package's folder: src/packed-models.ts and README.md. */
export function packageTexts(root: string): Promise<{ source: string; readme: string }>;
