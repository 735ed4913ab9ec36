/**
 * The SHA-256 of bytes, hexadecimal, by WebCrypto.
 *
 * @throws where there is none: on pages that are served over plain http from another machine
 */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle)
    throw new Error('sha256: there is no WebCrypto here; expected a page served over https, or from localhost');
  const digest = await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
