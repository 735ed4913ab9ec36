import { bestPossibleScores, identifiability } from '@kanrecon/identifiability';
import { sceneByName } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { overallScores, spectrumTable, visibilityTable } from './visibility-table.js';

describe('visibilityTable and spectrumTable', () => {
  it('have a row for each parameter and singular value', async () => {
    const study = sceneByName('study');
    const found = await identifiability(study, { draws: 4, size: 48 });
    const table = visibilityTable(found, bestPossibleScores(study.surface, found, { draws: 20_000 }));
    expect(table).toMatch(/^twist_freq +rad\/unit +no trace +– +– +– +– +– +0\.000 +0\.250 +0\.289$/m);
    expect(table).toMatch(
      /^radius +units +tied +0\.000\d+ +0\.0\d+ % +0\.00\d+ +0\.\d+ % +\S+ % +0\.7[12]\d +0\.11\d +0\.15\d$/m,
    );
    // Of an unexplained direction only bounds are known; of an undecided one nothing.
    const best = bestPossibleScores(study.surface, found, { draws: 20_000 });
    const bounds = visibilityTable({ ...found, unexplained: 1 }, best);
    expect(bounds).toMatch(/^twist_freq .* 0\.000 +0\.250 +0\.289$/m);
    expect(bounds).toMatch(/^radius .* ≤ 0\.7[12]\d +≥ 0\.11\d +≥ 0\.15\d$/m);
    expect(overallScores(best, true)).toMatch(/^At most .* R² ≤ 0\.\d+, MAE ≥/);
    const none = { median: null, worst: null, medianShare: null, worstShare: null };
    const alone = { ...found.parameters[0]!, verdict: 'visible', smallestSeenChange: none } as const;
    const parameters = [alone, ...found.parameters.slice(1)];
    expect(visibilityTable({ ...found, parameters, unexplained: 1 }, best)).toMatch(
      /^radius +units +shows .* % +never +never +never +0/m,
    );
    const open = [{ ...alone, verdict: 'undecided' as const }, ...found.parameters.slice(1)];
    expect(visibilityTable({ ...found, parameters: open }, null)).toMatch(/^radius +units +undecided .* \? +\? +\?$/m);
    const lines = spectrumTable(found).split('\n');
    expect(lines).toHaveLength(2 + 6);
    expect(lines[2]).toMatch(/^ +1 +0\.00 +0\.00 +0\.00 +0\.00$/);
  });
});
