/**
 * A table of scores.
 *
 * @param rows HTML
 * @param kind `scores`, whose first measures a narrow screen leaves out, or `spread`
 */
export function scoreTable(
  header: readonly string[],
  rows: readonly string[],
  kind: 'scores' | 'spread' = 'scores',
): string {
  return `<div class="card scroll"><table class="${kind}">
<thead><tr>${header.map((cell) => `<th>${cell}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>`;
}
