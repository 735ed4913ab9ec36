// R², errors, coverage and distances of refined images.
import { cpus, loadavg } from 'node:os';
import {
  combinationValue,
  lawPosterior,
  moveAlong,
  orientationDistance,
  posteriorTime,
} from '@kanrecon/identifiability';
import { coverageByWidth, intervalCoverage } from '@kanrecon/metrics';
import { compareReconstruction } from '@kanrecon/reconstruction';

/** What the rows of one scene say. @param limits of the scene @param distances of how many images */
export function summarise(scene, rows, limits, distanced) {
  const { parameters } = scene.surface;
  const scaled = (value, { min, max }) => (value - min) / (max - min);
  const believed = rows.filter(({ found }) => found.found);
  const perParameter = Object.fromEntries(
    parameters.map((parameter, j) => {
      const { name } = parameter;
      const truth = rows.map((row) => row.truth[j]);
      const mean = rows.map(({ found }) => scaled(found.estimates[name].mean, parameter));
      const of = (key) =>
        intervals(
          believed,
          (row) => row.truth[j],
          (row) => row.found.estimates[name][key].map((end) => scaled(end, parameter)),
        );
      const errors = rows.map((row, i) => Math.abs(mean[i] - row.truth[j])).sort((a, b) => a - b);
      return [
        name,
        {
          r2_start: r2(
            truth,
            rows.map((row) => row.start[j]),
          ),
          r2: r2(truth, mean),
          r2_possible: r2(
            truth,
            rows.map((row) => bestMeans(scene, row, limits)[j]),
          ),
          r2_peak: r2(
            truth,
            rows.map(({ found }) => found.normalized[j]),
          ),
          median_error: round(middle(errors)),
          rms_error: round(rms(mean.map((value, i) => value - truth[i]))),
          rms_start: round(rms(rows.map((row) => row.start[j] - row.truth[j]))),
          inside_50: of('interval50').coverage,
          inside_90: of('interval90').coverage,
          inside_90_by_width: of('interval90').byWidth,
          told: share(rows, ({ found }) => found.estimates[name].told),
        },
      ];
    }),
  );
  const names = Object.keys(rows[0].found.combinations);
  const average = (key) =>
    round(parameters.reduce((sum, { name }) => sum + perParameter[name][key], 0) / parameters.length);
  const degrees = rows
    .map(({ view, found }) => (180 / Math.PI) * orientationDistance(scene, view.cameraAngles, found.view.cameraAngles))
    .sort((a, b) => a - b);
  const worst = (row) =>
    Math.max(
      ...Object.values(row.found.estimates).map((one, j) =>
        one.told ? Math.abs(scaled(one.mean, parameters[j]) - row.truth[j]) : 0,
      ),
    );
  return {
    images: rows.length,
    r2_start: average('r2_start'),
    r2: average('r2'),
    r2_possible: average('r2_possible'),
    r2_peak: average('r2_peak'),
    found: share(rows, ({ found }) => found.found),
    found_but_off_by_a_tenth: some(rows.filter((row) => row.found.found && worst(row) > 0.1)),
    not_found: some(rows.filter(({ found }) => !found.found)),
    per_parameter: perParameter,
    combinations: Object.fromEntries(names.map((name) => [name, combination(scene, rows, name, limits)])),
    camera_degrees: { median: round(middle(degrees)), p95: round(degrees[Math.floor(0.95 * degrees.length)]) },
    hausdorff: distances(scene, rows.slice(0, distanced)),
    seconds: {
      median: round(middle(rows.map((row) => row.seconds).sort((a, b) => a - b))),
      mean: round(rows.reduce((sum, row) => sum + row.seconds, 0) / rows.length),
    },
    renderings: round(rows.reduce((sum, { found }) => sum + found.renderings, 0) / rows.length),
    machine: {
      node: process.version,
      cpu: cpus()[0].model,
      load: round(loadavg()[0]),
      date: new Date().toISOString().slice(0, 10),
    },
  };
}

/** How many, and the first of them. */
function some(rows) {
  return { count: rows.length, first: rows.slice(0, 20).map(({ number }) => number) };
}

function combination(scene, rows, name, limits) {
  const truths = rows.map(({ shape }) => combinationOf(scene, name, shape, limits));
  const means = rows.map(({ found }) => found.combinations[name].mean);
  const off = truths.map((truth, i) => Math.abs(means[i] / truth - 1)).sort((a, b) => a - b);
  const inside = intervals(
    rows.filter(({ found }) => found.found),
    ({ shape }) => combinationOf(scene, name, shape, limits),
    ({ found }) => found.combinations[name].interval90,
  );
  return {
    r2: r2(truths, means),
    median_relative_error: round(middle(off)),
    inside_90: inside.coverage,
    inside_90_by_width: inside.byWidth,
  };
}

function combinationOf(scene, name, shape, { combinations }) {
  return combinationValue(
    combinations.find((one) => one.name === name),
    scene.surface.parameters.map((one) => shape.parameters[one.name]),
  );
}

/**
 * The answer with the least squared error to be hoped for, given all that an image like this one shows without noise, scaled to [0, 1]: the mean
 * over the laws along which images do not change. What other images of the same bench are possible is not its R² on average, but on these.
 */
function bestMeans(scene, { shape }, { invisible, invariances }) {
  const { parameters } = scene.surface;
  const at = Float64Array.from(parameters, ({ name }) => shape.parameters[name]);
  const means = Float64Array.from(at);
  for (const law of invariances) {
    const posterior = lawPosterior(law, at, parameters);
    const moved = Array.from({ length: 400 }, (_, i) => moveAlong(law, at, posteriorTime(posterior, (i + 0.5) / 400)));
    for (const { index } of law.terms) means[index] = moved.reduce((sum, one) => sum + one[index], 0) / moved.length;
  }
  return parameters.map(({ name, min, max }, j) => (invisible.includes(name) ? 0.5 : (means[j] - min) / (max - min)));
}

/** Shares of truths that lie inside, over all and in four groups by width. */
function intervals(rows, truth, ends) {
  if (rows.length === 0) return { coverage: null, byWidth: [] };
  const truths = rows.map(truth);
  const lower = rows.map((row) => ends(row)[0]);
  const upper = rows.map((row) => ends(row)[1]);
  return {
    coverage: round(intervalCoverage(truths, lower, upper).coverage),
    byWidth: coverageByWidth(truths, lower, upper, Math.min(4, rows.length)).map(({ coverage }) => round(coverage)),
  };
}

/** Vertex Hausdorff distance to the real object in shares of its size, as found and after the best scale: medians. */
function distances(scene, rows) {
  const all = rows.map(({ shape, found }) => compareReconstruction(scene, found.parameters, shape.parameters));
  const median = (of) => round(middle(all.map(of).sort((a, b) => a - b)));
  if (all.length === 0) return null;
  return {
    images: all.length,
    as_found: median(({ size, asFound }) => asFound.hausdorff / size),
    scaled: median(({ size, scaled }) => scaled.hausdorff / size),
  };
}

function r2(truths, predictions) {
  const mean = truths.reduce((sum, value) => sum + value, 0) / truths.length;
  const left = truths.reduce((sum, value, i) => sum + (value - predictions[i]) ** 2, 0);
  return round(1 - left / truths.reduce((sum, value) => sum + (value - mean) ** 2, 0));
}

function share(rows, is) {
  return round(rows.filter(is).length / rows.length);
}

function middle(sorted) {
  return sorted[sorted.length >> 1];
}

function round(value) {
  return Number(value.toPrecision(4));
}

function rms(list) {
  return Math.sqrt(list.reduce((sum, value) => sum + value * value, 0) / list.length);
}
