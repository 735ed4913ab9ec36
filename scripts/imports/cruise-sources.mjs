import { cruise } from 'dependency-cruiser';
import { packagesUnder } from './packages-under.mjs';

/** Tests, and what is not source. */
const outside = '(^|/)(node_modules|dist)/|\\.test\\.ts$';

/**
 * Reads the imports of all sources (`src` of every package, without tests), those of types too.
 *
 * @param {string} root the workspace's folder
 * @param {{ name: string, folder: string }[]} packages
 * @param {Record<string, string[]>} table who may import whom
 * @returns {Promise<{ files: { source: string, imports: string[] }[], problems: string[] }>} `imports` are the names of packages and
 *   Node.js modules; a problem is an import circle, or one against the table
 */
export async function cruiseSources(root, packages, table) {
  const { output } = await cruise(
    packages.map(({ folder }) => `${folder}/src`),
    {
      baseDir: root,
      tsPreCompilationDeps: true,
      doNotFollow: { path: outside },
      exclude: { path: '\\.test\\.ts$' },
      enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
      validate: true,
      ruleSet: { forbidden: [circles, ...packages.map((item) => arrowRule(item, packages, table))] },
    },
  );
  const files = output.modules
    .filter(({ source }) => packages.some(({ folder }) => source.startsWith(`${folder}/src/`)))
    .map(({ source, dependencies }) => ({
      source,
      imports: dependencies
        .filter(({ module }) => !module.startsWith('.'))
        .map(({ dependencyTypes, module }) =>
          dependencyTypes.includes('core') ? `node:${module.replace(/^node:/, '')}` : module,
        ),
    }));
  return { files, problems: problemsOf(output.summary.violations) };
}

const circles = { name: 'circle', severity: 'error', from: {}, to: { circular: true } };

/** A package may import what lies under it: by name, whether built (a path into its folder) or not (its name). */
function arrowRule({ name, folder, manifest }, packages, table) {
  const allowed = [name, ...packagesUnder(table, name)];
  const others = packages.filter((other) => !allowed.includes(other.name));
  const places = others.map((other) => `^(${literally(other.folder)}|${literally(other.manifest.name)})(/|$)`);
  return {
    name: `${manifest.name} imports what does not lie under it; it may import ${list(allowed.slice(1))}`,
    severity: 'error',
    from: { path: `^${literally(folder)}/src/` },
    to: { path: places.length > 0 ? places : '^$' },
  };
}

/** Sentences, each circle once, whichever of its files the cruiser began with. */
function problemsOf(violations) {
  const sentences = violations.map(({ from, to, rule, cycle }) => {
    if (rule.name !== 'circle') return `${from} imports ${to}: ${rule.name}`;
    const files = cycle.map(({ name }) => name);
    const first = files.indexOf([...files].sort()[0]);
    const round = [...files.slice(first), ...files.slice(0, first)];
    return `import circle: ${[...round, round[0]].join(' → ')}`;
  });
  return [...new Set(sentences)];
}

const list = (names) => (names.length > 0 ? names.join(', ') : 'none of ours');

const literally = (text) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
