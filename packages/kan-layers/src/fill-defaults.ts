/** The arguments over their defaults; undefined and null (what saving makes of undefined) count as absent. */
export function fillDefaults<A extends object, D extends object>(
  args: A,
  defaults: D,
): A & Required<Pick<A, keyof A & keyof D>> {
  const given = Object.entries(args).filter(([, value]) => value !== undefined && value !== null);
  return { ...defaults, ...Object.fromEntries(given) } as unknown as A & Required<Pick<A, keyof A & keyof D>>;
}
