/** What earlier versions wrote: the scene, then called preset, among the other fields; format 1 is the plain scene `study`. */
interface EarlierManifest {
  readonly format: 1 | 2;
  readonly preset?: unknown;
  readonly surface?: unknown;
  readonly overrides?: unknown;
  readonly versions?: Readonly<Record<string, string>>;
}

/** A manifest as this version has it, from what earlier versions wrote. Fields that are wrong stay so, for the check that follows. */
export function upgradeManifest(manifest: { readonly format: number }): object {
  if (manifest.format !== 1 && manifest.format !== 2) return manifest;
  const { format, preset: name, surface, overrides: changes, versions, ...rest } = manifest as EarlierManifest;
  const scene = defined({ name: format === 1 ? 'study' : name, surface, changes });
  // One that names nothing at all is missing, and said to be.
  return {
    ...rest,
    ...defined({ versions: withScene(versions) }),
    format: 3,
    ...(Object.keys(scene).length > 0 && { scene }),
  };
}

/** What draws scenes was a part of the package dataset then: the same code, so what it drew can be gone on with. */
function withScene(versions: EarlierManifest['versions']): EarlierManifest['versions'] {
  const dataset = versions?.['@kanrecon/dataset'];
  return dataset === undefined ? versions : { ...versions, '@kanrecon/scene': dataset };
}

function defined(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
