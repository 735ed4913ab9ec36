import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
const list = (path: string) => readdirSync(fileURLToPath(new URL(`../${path}`, import.meta.url)));

describe('changesets', () => {
  const manifests = ['packages', 'apps']
    .flatMap((folder) => list(folder).map((name) => `${folder}/${name}/package.json`))
    .map((path) => JSON.parse(read(path)) as { name: string; version: string; private?: boolean })
    .filter((manifest) => !manifest.private);
  const names = manifests.map(({ name }) => name);
  const files = list('.changeset').filter((name) => name.endsWith('.md') && name !== 'README.md');

  // A Markdown formatter takes the front matter for a rule and a heading, and the release then fails.
  it.each(files)('%s names packages of the workspace in its front matter, and says something', (file) => {
    const [, front, text] =
      read(`.changeset/${file}`).match(/^---\n((?:"[^"]+": (?:patch|minor|major)\n)+)---\n\n(.+)/) ?? [];
    expect(front, 'front matter').toBeDefined();
    for (const [, name] of front!.matchAll(/"([^"]+)"/g)) expect(names).toContain(name);
    expect(text!.length).toBeGreaterThan(10);
  });

  it('a package that was never released is named by one: without it, nobody could install what needs it', () => {
    const unreleased = manifests.filter(({ version }) => version === '0.0.0').map(({ name }) => name);
    const texts = files.map((file) => read(`.changeset/${file}`)).join('\n');
    expect(unreleased.filter((name) => !texts.includes(`"${name}": `))).toEqual([]);
  });
});
