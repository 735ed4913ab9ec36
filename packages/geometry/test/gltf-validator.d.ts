/** The part that tests use; the package brings no types. */
declare module 'gltf-validator' {
  export function validateBytes(bytes: Uint8Array): Promise<{
    readonly issues: { readonly messages: readonly { readonly code: string; readonly severity: 0 | 1 | 2 | 3 }[] };
    readonly info: { readonly totalTriangleCount: number };
  }>;
}
