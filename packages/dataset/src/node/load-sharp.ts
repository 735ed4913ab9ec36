/** The function that the package sharp is. */
export type Sharp = typeof import('sharp')['default'];

let loaded: Promise<Sharp> | undefined;

/** sharp is an optional peer: it is loaded when the first image is decoded. @throws if it is not installed or does not load */
export function loadSharp(): Promise<Sharp> {
  loaded ??= import('sharp').then(
    (module) => module.default,
    (cause) => {
      loaded = undefined;
      throw new Error(
        `decodeImage: decoding images needs the package "sharp", which cannot be loaded (${(cause as Error).message.split('\n')[0]}); install it with "npm install sharp"`,
        { cause },
      );
    },
  );
  return loaded;
}
