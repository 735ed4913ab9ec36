/** What earlier versions wrote: the scene, then called preset, among the other fields; format 1 is the plain scene `study`. */
interface EarlierManifest {
  readonly format: 1 | 2;
  readonly preset?: unknown;
  readonly surface?: unknown;
  readonly overrides?: unknown;
}

/** A manifest as this version has it, from what earlier versions wrote. Fields that are wrong stay so, for the check that follows. */
export function upgradeManifest(manifest: { readonly format: number }): object {
  if (manifest.format !== 1 && manifest.format !== 2) return manifest;
  const { format, preset: name, surface, overrides: changes, ...rest } = manifest as EarlierManifest;
  const scene = defined({ name: format === 1 ? 'study' : name, surface, changes });
  // One that names nothing at all is missing, and said to be.
  return { ...rest, format: 3, ...(Object.keys(scene).length > 0 && { scene }) };
}

function defined(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
