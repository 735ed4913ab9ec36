/**
 * A card for readers, in Markdown.
 *
 * @param {import('../../src/card.js').PretrainedCard} card
 */
export function cardText({ name, scene, surface, network, training, scores, calibration, halfPrecision, ...rest }) {
  const measured = ({ value, interval95: [low, high] }, digits = 3) =>
    `${value.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
  const count = (value) => value.toLocaleString('en-US');
  const perParameter = Object.entries(scores.perParameter).map(([parameter, r2]) => `${parameter} ${measured(r2)}`);
  const rows = [
    ['images', `scene \`${scene}\`, surface \`${surface}\`, ${rest.imageSize} × ${rest.imageSize} pixels`],
    ['network', `${network}, ${count(rest.parameters)} numbers, ${(rest.bytes / 1e6).toFixed(2)} MB`],
    [
      'trained',
      `recipe \`${training.recipe}\`, seed ${training.seed}, epoch ${training.epoch} of ${training.epochs}, ${count(training.images)} images, ${training.hours} hours on ${training.backend}`,
    ],
    [
      'R², mean',
      `${measured(scores.r2)} on ${count(scores.images)} fresh images${scores.bestR2 === null ? '' : `; best possible ${scores.bestR2}`}`,
    ],
    ['R²', perParameter.join(', ')],
    ...(scores.cameraDegrees ? [['camera, median error', `${measured(scores.cameraDegrees, 1)}°`]] : []),
    [
      'calibration',
      calibration
        ? `on ${count(calibration.images)} images; intervals of 90 % hold ${measured(calibration.held90)} of the real values`
        : 'none: it does not say how sure it is',
    ],
    [
      'half precision',
      `changes R² by ${halfPrecision.r2Change}, an output by ${halfPrecision.largestDifference} of its range at most (${count(halfPrecision.images)} images)`,
    ],
  ];
  return [
    `### ${name}`,
    table(rows),
    'In brackets: 95 % of what other images of the scene would give (bootstrap). Trained again by',
    `\`\`\`sh\n${training.command}\n\`\`\``,
    rest.limits.map((limit) => `- ${limit}`).join('\n'),
  ].join('\n\n');
}

/** As biome and other formatters leave it: columns of one width. */
function table(rows) {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  return [line(['', '']), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
