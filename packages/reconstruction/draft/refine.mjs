// ../identifiability/src/best-possible-scores.ts
import { checkOptions } from '@kanrecon/geometry';
import { randomStream } from '@kanrecon/scene';
import { uniformFloat64 as uniformFloat642 } from 'pure-rand/distribution/uniformFloat64';

// ../identifiability/src/invariance.ts
function moveAlong({ terms }, at, t) {
  const moved2 = Float64Array.from(at);
  for (const { index, kind, rate, offset } of terms) {
    moved2[index] = kind === 'shift' ? at[index] + rate * t : (at[index] + offset) * Math.exp(rate * t) - offset;
  }
  return moved2;
}
function evenCoordinate({ kind, offset }, value) {
  return kind === 'shift' ? value : Math.log(Math.abs(value + offset));
}
function evenSpan(term, { min, max }, sign) {
  if (term.kind === 'shift') return [min, max];
  const [a, b] = [sign * (min + term.offset), sign * (max + term.offset)].map((value) => Math.log(Math.max(0, value)));
  return a < b ? [a, b] : [b, a];
}
function invarianceInterval(law, at, ranges) {
  let from = Number.NEGATIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  for (const term of law.terms) {
    const value = at[term.index];
    const sign = value + term.offset < 0 ? -1 : 1;
    const span = evenSpan(term, ranges[term.index], sign);
    const here = evenCoordinate(term, value);
    const times2 = span.map((end) => (end - here) / term.rate);
    from = Math.max(from, Math.min(times2[0], times2[1]));
    to = Math.min(to, Math.max(times2[0], times2[1]));
  }
  return [from, to];
}

// ../identifiability/src/law-posterior.ts
function lawPosterior(law, at, ranges) {
  const [from, to] = invarianceInterval(law, at, ranges);
  let growth = 0;
  for (const { kind, rate } of law.terms) if (kind === 'factor') growth += rate;
  return { from, to, growth };
}
function posteriorTime({ from, to, growth }, share) {
  const width = to - from;
  if (Math.abs(growth * width) < 1e-9) return from + share * width;
  return growth > 0
    ? to + Math.log1p((1 - share) * Math.expm1(-growth * width)) / growth
    : from + Math.log1p(share * Math.expm1(growth * width)) / growth;
}
function posteriorMeans(law, at, posterior, out) {
  const { from, to, growth } = posterior;
  for (const { index, kind, rate, offset } of law.terms) {
    if (kind === 'shift') {
      out[index] = at[index] + rate * (from + (to - from) * meanShare(growth * (to - from)));
      continue;
    }
    const ratio = relativeIntegral(growth + rate, to - from) / relativeIntegral(growth, to - from);
    out[index] = (at[index] + offset) * Math.exp(rate * to) * ratio - offset;
  }
}
function posteriorMedians(law, at, posterior, out) {
  const moved2 = moveAlong(law, at, posteriorTime(posterior, 0.5));
  for (const { index } of law.terms) out[index] = moved2[index];
}
function relativeIntegral(rate, width) {
  return Math.abs(rate * width) < 1e-9 ? width : -Math.expm1(-rate * width) / rate;
}
function meanShare(x) {
  if (Math.abs(x) < 1e-3) return 0.5 + x / 12;
  return -1 / Math.expm1(-x) - 1 / x;
}

// ../identifiability/src/sampled-posterior.ts
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';

var steps = 400;
function sampledPosterior(invariances, at, ranges, random, squares, sizes) {
  const indices = [...new Set(invariances.flatMap(({ terms }) => terms.map(({ index }) => index)))];
  const kept = indices.map(() => new Float64Array(steps));
  let here = at;
  for (let step2 = -steps / 4; step2 < steps; step2++) {
    for (const law of invariances) {
      here = moveAlong(law, here, posteriorTime(lawPosterior(law, here, ranges), uniformFloat64(random)));
    }
    if (step2 >= 0) for (const [i, index] of indices.entries()) kept[i][step2] = here[index];
  }
  for (const [i, index] of indices.entries()) {
    const values = kept[i].sort();
    const mean = values.reduce((sum, value) => sum + value, 0) / steps;
    const median2 = (values[steps / 2 - 1] + values[steps / 2]) / 2;
    squares[index] += values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / steps;
    sizes[index] += values.reduce((sum, value) => sum + Math.abs(value - median2), 0) / steps;
  }
}

// ../identifiability/src/best-possible-scores.ts
var defaults = { draws: 4e5, seed: 1 };
var mostChains = 1e3;
var ceilingStream = 6;
var variance = 1 / 12;
function bestPossibleScores({ parameters }, hidden, options = {}) {
  checkOptions('bestPossibleScores', options, defaults);
  const { invisible, invariances } = hidden;
  const { draws: wanted = defaults.draws, seed = defaults.seed } = options;
  checkArguments(parameters, invisible, wanted);
  const groups = connected(invariances);
  const draws2 = groups.some((group) => group.length > 1) ? Math.min(wanted, mostChains) : wanted;
  const k = parameters.length;
  const random = randomStream(ceilingStream, seed);
  const at = new Float64Array(k);
  const means = new Float64Array(k);
  const medians = new Float64Array(k);
  const squares = new Float64Array(k);
  const sizes = new Float64Array(k);
  for (let draw = 0; draw < draws2; draw++) {
    for (let j = 0; j < k; j++) {
      const { min, max } = parameters[j];
      at[j] = min + (max - min) * uniformFloat642(random);
    }
    for (const group of groups) {
      if (group.length > 1) {
        sampledPosterior(group, at, parameters, random, squares, sizes);
        continue;
      }
      const [law] = group;
      const posterior = lawPosterior(law, at, parameters);
      posteriorMeans(law, at, posterior, means);
      posteriorMedians(law, at, posterior, medians);
      for (const { index } of law.terms) {
        squares[index] += (at[index] - means[index]) ** 2;
        sizes[index] += Math.abs(at[index] - medians[index]);
      }
    }
  }
  const perParameter = parameters.map(({ name, min, max }, j) => {
    if (invisible.includes(name)) return { name, r2: 0, mae: 0.25, mse: variance, rmse: Math.sqrt(variance) };
    const mse = squares[j] / draws2 / (max - min) ** 2;
    return { name, r2: 1 - mse / variance, mae: sizes[j] / draws2 / (max - min), mse, rmse: Math.sqrt(mse) };
  });
  const mean = (key) => perParameter.reduce((sum, row) => sum + row[key], 0) / k;
  return {
    draws: draws2,
    r2: mean('r2'),
    mae: mean('mae'),
    mse: mean('mse'),
    rmse: Math.sqrt(mean('mse')),
    perParameter,
    bounds: boundsOf(hidden, perParameter),
  };
}
function boundsOf({ invisible, unexplained = 0, undecided = 0, parameters }, all) {
  if (unexplained + undecided === 0) return [];
  const shows2 = (name) => parameters?.find((parameter) => parameter.name === name)?.verdict === 'visible';
  return all.map(({ name }) => name).filter((name) => !invisible.includes(name) && !shows2(name));
}
function connected(invariances) {
  let groups = [];
  for (const law of invariances) {
    const touches = (group) =>
      group.some(({ terms }) => terms.some(({ index }) => law.terms.some((term) => term.index === index)));
    const joined = groups.filter(touches).flat();
    groups = [...groups.filter((group) => !touches(group)), [...joined, law]];
  }
  return groups;
}
function checkArguments(parameters, invisible, draws2) {
  if (!Number.isInteger(draws2) || draws2 < 2) {
    throw new Error(`bestPossibleScores: draws is wrong; expected an integer of at least 2, got ${draws2}`);
  }
  const names = parameters.map(({ name }) => name);
  const unknown = invisible.find((name) => !names.includes(name));
  if (unknown === void 0) return;
  throw new Error(`bestPossibleScores: unknown parameter; expected one of ${names.join(', ')}, got "${unknown}"`);
}

// ../identifiability/src/built-in-scene.ts
import { sceneByName, sceneNames, sceneToJson } from '@kanrecon/scene';

function builtInScene(scene) {
  return sceneNames.find((name) => name === scene.name && sameJson(scene, sceneByName(name)));
}
function sameJson(a, b) {
  const ranges = ({ surface }) => JSON.stringify(surface.parameters.map(({ name, min, max }) => [name, min, max]));
  try {
    return a === b || (JSON.stringify(sceneToJson(a)) === JSON.stringify(sceneToJson(b)) && ranges(a) === ranges(b));
  } catch {
    return false;
  }
}

// ../identifiability/src/image-draws.ts
import { parameterRecord } from '@kanrecon/geometry';
import { drawShape, drawView, renderView } from '@kanrecon/scene';

// ../identifiability/src/soften.ts
function soften(values) {
  const size = Math.round(Math.sqrt(values.length / 3));
  const line = new Float32Array(size + 4);
  for (let pass = 0; pass < 2; pass++) {
    for (let row = 0; row < size; row++) for (let c = 0; c < 3; c++) filter(values, 3 * row * size + c, 3, line, size);
    for (let k = 0; k < 3 * size; k++) filter(values, k, 3 * size, line, size);
  }
}
function filter(values, from, stride, line, size) {
  for (let i = 0; i < size; i++) line[i + 2] = values[from + i * stride];
  for (let i = 0; i < size; i++) {
    values[from + i * stride] = (line[i] + line[i + 4] + 4 * (line[i + 1] + line[i + 3]) + 6 * line[i + 2]) / 16;
  }
}

// ../identifiability/src/image-slope.ts
var largestStep = 0.04;
var finest = 6;
var wantedChange = 48;
function imageSlope(image, at, direction, startLevel = 0) {
  const known = /* @__PURE__ */ new Map();
  const measure = (level2) => {
    const found = known.get(level2) ?? difference(image, at, direction, level2);
    known.set(level2, found);
    return found;
  };
  let level = Math.min(startLevel, finest);
  while (level > 0 && measure(level - 1).soft <= wantedChange) level--;
  while (level < finest && measure(level).soft > wantedChange) level++;
  let sharpLevel = level;
  while (sharpLevel <= finest && measure(sharpLevel).sharp > 2 * wantedChange) sharpLevel++;
  const { slope } = measure(level);
  const step2 = stepAt(sharpLevel);
  const noise = measure(level + 1).slope.map((value, i) => value - slope[i]);
  return { slope, noise, largest: measure(sharpLevel).sharp / (2 * step2), step: step2, level };
}
function difference(image, at, direction, level) {
  const step2 = stepAt(level);
  const forward = image(at.map((value, i) => value + step2 * direction[i]));
  const backward = image(at.map((value, i) => value - step2 * direction[i]));
  const slope = Float32Array.from(forward, (byte, i) => byte - backward[i]);
  const sharp = largestOf(slope);
  if (sharp > 0) soften(slope);
  const soft = largestOf(slope);
  for (let i = 0; i < slope.length; i++) slope[i] /= 2 * step2;
  return { slope, sharp, soft };
}
function largestOf(values) {
  let largest2 = 0;
  for (const value of values) largest2 = Math.max(largest2, Math.abs(value));
  return largest2;
}
function stepAt(level) {
  return largestStep / 2 ** level;
}

// ../identifiability/src/image-draws.ts
var imageDrawDefaults = { draws: 8, size: 64, samples: 8, seed: 1, tolerance: 4 };
var limits = {
  draws: [2, 1e4],
  size: [16, 1024],
  samples: [1, 8],
  seed: [0, Number.MAX_SAFE_INTEGER],
  tolerance: [0, 255],
};
function imageDrawOptions(caller, options) {
  const entries = Object.keys(imageDrawDefaults).map((name) => {
    const value = options[name] ?? imageDrawDefaults[name];
    const [min, max] = limits[name];
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new Error(`${caller}: ${name} is wrong; expected an integer from ${min} to ${max}, got ${value}`);
    }
    return [name, value];
  });
  return Object.fromEntries(entries);
}
function finerSettings({ draws: draws2, size, samples }) {
  const [mostDraws2, mostSize] = [limits.draws[1], limits.size[1]];
  if (draws2 < imageDrawDefaults.draws || size < imageDrawDefaults.size || samples < imageDrawDefaults.samples) {
    return {
      draws: Math.max(draws2, imageDrawDefaults.draws),
      size: Math.max(size, imageDrawDefaults.size),
      samples: Math.max(samples, imageDrawDefaults.samples),
    };
  }
  return { draws: Math.min(mostDraws2, 2 * draws2), size: Math.min(mostSize, 2 * size), samples };
}
function imageDraws(scene, { draws: draws2, size, samples, seed }) {
  const { surface } = scene;
  return Array.from({ length: draws2 }, (_, draw) => {
    const { parameters, baseColor } = drawShape(scene, seed, draw);
    const view = drawView(scene, seed, draw, 0);
    const image = (vector) => {
      const moved2 = { parameters: parameterRecord(surface, vector), baseColor };
      return renderView(scene, moved2, view, { size, samples, effects: false }).image.data;
    };
    return { at: insideRanges(surface, parameters), image };
  });
}
function insideRanges(surface, drawn) {
  const margin2 = 1.25 * largestStep;
  return Float64Array.from(surface.parameters, ({ name, min, max }) => {
    const middle = (min + max) / 2;
    return middle + (drawn[name] - middle) * (1 - 2 * margin2);
  });
}

// ../identifiability/src/image-function.ts
function largestChange(a, b) {
  let largest2 = 0;
  for (let i = 0; i < a.length; i++) {
    const change = Math.abs(a[i] - b[i]);
    if (change > largest2) largest2 = change;
  }
  return largest2;
}

// ../identifiability/src/end-changes.ts
function placesBetween(draw) {
  return [(draw * 0.6180339887498949 + 0.25) % 1, (draw * 0.6180339887498949 + 0.75) % 1];
}
function noteEndChanges({ at, image }, draw, base, ranges, tolerance, changes) {
  for (const [index, { min, max }] of ranges.entries()) {
    for (const share of [0, 1, ...placesBetween(draw)]) {
      if (changes[index] > tolerance) break;
      const place = share === 1 ? max : min + share * (max - min);
      const moved2 = image(at.map((value, i) => (i === index ? place : value)));
      changes[index] = Math.max(changes[index], largestChange(base, moved2));
    }
  }
}

// ../identifiability/src/identifiability.ts
import { checkOptions as checkOptions2 } from '@kanrecon/geometry';

// ../identifiability/src/describe-law.ts
function describeLaw({ terms }) {
  const names = terms.map(termName);
  if (terms.every(({ kind }) => kind === 'factor')) {
    return `(${names.join(', ')}) have one common factor that leaves no trace`;
  }
  if (terms.every(({ kind }) => kind === 'shift')) {
    return `(${names.join(', ')}) have one common summand that leaves no trace`;
  }
  return `(${names.join(', ')}) change together without a trace: the factors by e^t, the others by t`;
}
function termName({ parameter, kind, rate, offset }) {
  const number = (value) => String(Number(value.toPrecision(3)));
  if (kind === 'shift') {
    const weight = Math.abs(1 / rate);
    return `${rate < 0 ? '\u2212' : ''}${weight === 1 ? '' : `${number(weight)}\xB7`}${parameter}`;
  }
  const base = offset === 0 ? parameter : `(${parameter} ${offset < 0 ? '\u2212' : '+'} ${number(Math.abs(offset))})`;
  const size = Math.abs(rate);
  const root2 = size === 1 ? base : `${base}^(${Number.isInteger(size) ? `1/${size}` : number(1 / size)})`;
  return rate < 0 ? `1/${root2}` : root2;
}

// ../identifiability/src/median.ts
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

// ../identifiability/src/take-turn.ts
async function takeTurn(signal) {
  await new Promise((resolve) => setTimeout(resolve));
  signal?.throwIfAborted();
}

// ../identifiability/src/check-law.ts
async function checkLaw(law, draws2, ranges, tolerance, signal) {
  const spans = [];
  let largest2 = 0;
  for (const [draw, { at, image, base }] of draws2.entries()) {
    await takeTurn(signal);
    const [from, to] = invarianceInterval(law, at, ranges);
    for (const t of [from, to, ...placesBetween(draw).map((share) => from + share * (to - from))]) {
      if (Number.isFinite(t)) largest2 = Math.max(largest2, largestChange(base, image(moveAlong(law, at, t))));
      if (largest2 > tolerance) return void 0;
    }
    spans.push(to - from);
  }
  return { ...law, text: describeLaw(law), largestChange: largest2, span: median(spans) };
}

// ../identifiability/src/count-directions.ts
var clearOfNoise = 1.5;
var tellingNoise = 0.01;
var enoughDraws = 1 / 8;
function countDirections(spectra, invisible, invariances) {
  const named = invisible + invariances;
  const open = spectra.map((spectrum) => openDirections(spectrum, named));
  const settled = open.filter((count) => count === 0).length;
  if (settled >= Math.max(1, enoughDraws * spectra.length)) {
    return { unexplained: Math.max(0, hiddenDirections(spectra) - named), undecided: 0 };
  }
  const known = spectra.map((spectrum) => spectrum.invisibleDirections - unsureHidden(spectrum));
  return { unexplained: Math.max(0, median(known) - named), undecided: Math.max(1, median(open)) };
}
function hiddenDirections(spectra) {
  return median(spectra.map(({ invisibleDirections }) => invisibleDirections));
}
function openDirections(spectrum, named) {
  const { singularValues, noise, invisibleDirections } = spectrum;
  const isOpen = (i) =>
    i < invisibleDirections ? !isTelling(spectrum, i) : singularValues[i] <= clearOfNoise * noise[i];
  return singularValues.filter((_, i) => i >= named && isOpen(i)).length;
}
function unsureHidden(spectrum) {
  return spectrum.noise.filter((_, i) => i < spectrum.invisibleDirections && !isTelling(spectrum, i)).length;
}
function isTelling({ singularValues, noise }, i) {
  return noise[i] <= tellingNoise * (singularValues.at(-1) ?? 0);
}

// ../identifiability/src/symmetric-eigen.ts
function symmetricEigen(matrix, n) {
  const a = Float64Array.from({ length: n * n }, (_, i) => {
    const [row, column] = [Math.floor(i / n), i % n];
    return row <= column ? matrix[i] : matrix[column * n + row];
  });
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const off = a[p * n + q];
        const small = 1e-17 * Math.sqrt(Math.abs(a[p * n + p] * a[q * n + q]));
        if (off === 0 || Math.abs(off) <= small) continue;
        rotated = true;
        const theta = (a[q * n + q] - a[p * n + p]) / (2 * off);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        rotate(a, v, n, p, q, c, t * c);
      }
    }
    if (!rotated) break;
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[i * n + i] - a[j * n + j]);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    vectors.set(v.subarray(from * n, (from + 1) * n), to * n);
  });
  return { values: Float64Array.from(order, (i) => a[i * n + i]), vectors };
}
function rotate(a, v, n, p, q, c, s) {
  for (let k = 0; k < n; k++) {
    const [kp, kq] = [a[k * n + p], a[k * n + q]];
    a[k * n + p] = c * kp - s * kq;
    a[k * n + q] = s * kp + c * kq;
  }
  for (let k = 0; k < n; k++) {
    const [pk, qk] = [a[p * n + k], a[q * n + k]];
    a[p * n + k] = c * pk - s * qk;
    a[q * n + k] = s * pk + c * qk;
    const [vp, vq] = [v[p * n + k], v[q * n + k]];
    v[p * n + k] = c * vp - s * vq;
    v[q * n + k] = s * vp + c * vq;
  }
  a[p * n + q] = 0;
  a[q * n + p] = 0;
}

// ../identifiability/src/draw-spectrum.ts
var withinNoise = 2;
var smallShare = 0.03;
var rounding = 1e-6;
function drawSpectrum({ gram, noise }, parameters, at) {
  const k = parameters.length;
  const { values, vectors } = symmetricEigen(gram, k);
  const directions = Array.from({ length: k }, (_, row) => Array.from(vectors.subarray(row * k, (row + 1) * k)));
  const singularValues = Array.from(values, root);
  const noises = directions.map((direction) => root(quadraticForm(noise, direction)));
  const largest2 = singularValues[k - 1];
  const isHidden = (value, i) =>
    value <= Math.max(withinNoise * noises[i], rounding * largest2) && value <= smallShare * largest2;
  return {
    parameters: Object.fromEntries(parameters.map(({ name }, j) => [name, at[j]])),
    singularValues,
    noise: noises,
    directions,
    invisibleDirections: singularValues.filter(isHidden).length,
  };
}
function quadraticForm(matrix, vector) {
  const k = vector.length;
  let sum = 0;
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) sum += vector[i] * matrix[i * k + j] * vector[j];
  return sum;
}
function root(value) {
  return Math.sqrt(Math.max(0, value));
}

// ../identifiability/src/draw-weight.ts
var leastNoise = 3e-3;
function drawWeight({ gram, noise }, active) {
  const m = active.length;
  const k = Math.sqrt(gram.length);
  const part = (matrix) =>
    Float64Array.from({ length: m * m }, (_, i) => matrix[active[Math.floor(i / m)] * k + active[i % m]]);
  const { values, vectors } = symmetricEigen(part(gram), m);
  const noisePart = part(noise);
  let along2 = 0;
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) along2 += vectors[i] * noisePart[i * m + j] * vectors[j];
  const scale2 = along2 + leastNoise ** 2 * (values[m - 1] ?? 0);
  return scale2 > 0 ? 1 / scale2 : 0;
}

// ../identifiability/src/first-that-holds.ts
async function firstThatHolds(invariances, holds) {
  for (const law of invariances) if (law.terms.length > 1 && (await holds(law))) return law;
  return void 0;
}

// ../identifiability/src/pool-grams.ts
function poolGrams(draws2, k, unknowns, entries) {
  const pooled = new Float64Array(unknowns * unknowns);
  for (const draw of draws2) {
    const columns = Array.from({ length: unknowns }, (_, unknown) => entries(draw, unknown));
    for (let a = 0; a < unknowns; a++) {
      for (let b = 0; b < unknowns; b++) {
        for (const [i, left] of columns[a]) {
          for (const [j, right] of columns[b])
            pooled[a * unknowns + b] += draw.weight * left * draw.gram[i * k + j] * right;
        }
      }
    }
  }
  return pooled;
}

// ../identifiability/src/snap-vector.ts
var largestInteger = 6;
function snapVector(vector, tolerance = 0.08) {
  const values = Array.from(vector);
  const largest2 = Math.max(...values.map(Math.abs));
  if (!(largest2 > 0)) return void 0;
  for (let scale2 = 1; scale2 <= largestInteger; scale2++) {
    const scaled = values.map((value) => (value / largest2) * scale2);
    const snapped = scaled.map((value) => Math.round(value) + 0);
    if (scaled.every((value, i) => Math.abs(value - snapped[i]) <= tolerance)) return withFirstPositive(snapped);
  }
  return void 0;
}
function withFirstPositive(vector) {
  const sign = Math.sign(vector.find((value) => value !== 0) ?? 1);
  return vector.map((value) => value * sign + 0);
}

// ../identifiability/src/affine-law.ts
var none = 0.04;
async function affineLaw(search2, found) {
  const { draws: draws2, parameters, active, holds } = search2;
  const m = active.length;
  const ranges = active.map((index) => {
    const { min, max } = parameters[index];
    return { middle: (min + max) / 2, width: max - min };
  });
  const pooled = poolGrams(draws2, parameters.length, 2 * m, ({ at }, unknown) => {
    const { middle, width } = ranges[unknown % m];
    const index = active[unknown % m];
    return [[index, unknown < m ? 1 : ((at[index] - middle) / width) * Math.sqrt(12)]];
  });
  const largest2 = Math.max(...pooled);
  for (const { terms } of found) {
    const known = new Float64Array(2 * m);
    for (const { index, kind, rate, offset } of terms) {
      const a = active.indexOf(index);
      const { middle, width } = ranges[a];
      known[a] = (kind === 'shift' ? rate : rate * (middle + offset)) / width;
      known[m + a] = kind === 'shift' ? 0 : rate / Math.sqrt(12);
    }
    const norm = Math.hypot(...known);
    for (let i = 0; i < 4 * m * m; i++) {
      pooled[i] += (largest2 * known[Math.floor(i / (2 * m))] * known[i % (2 * m)]) / norm ** 2;
    }
  }
  const { vectors } = symmetricEigen(pooled, 2 * m);
  const shifts = active.map((_, a) => vectors[a]);
  const slopes = active.map((_, a) => vectors[m + a] * Math.sqrt(12));
  return firstThatHolds(choices(search2, ranges, shifts, slopes), holds);
}
function choices({ parameters, active }, ranges, shifts, slopes) {
  const strength = shifts.map((shift, a) => Math.hypot(shift, slopes[a] / Math.sqrt(12)));
  const strongest = Math.max(...strength);
  const takesPart = (a) => strength[a] > none * strongest;
  const isFactor = (a) => takesPart(a) && Math.abs(slopes[a]) > 3 * none * Math.abs(shifts[a]);
  const factors = active.map((_, a) => (isFactor(a) ? slopes[a] : 0));
  const snapped = snapVector(factors);
  const first = factors.findIndex((rate) => rate !== 0);
  if (snapped === void 0 || first < 0) return [];
  const scale2 = snapped[first] / factors[first];
  const rounded = (digits) => (value) => Math.round(value * digits) / digits + 0;
  const roundings = [rounded(1), rounded(10), (value) => Number(value.toPrecision(3))];
  return roundings.map((round2) => {
    const terms = active.flatMap((index, a) => {
      const parameter = parameters[index].name;
      const { middle, width } = ranges[a];
      if (!takesPart(a)) return [];
      if (isFactor(a)) {
        const offset = round2((width * shifts[a]) / slopes[a] - middle);
        return [{ parameter, index, kind: 'factor', rate: snapped[a], offset }];
      }
      return [{ parameter, index, kind: 'shift', rate: round2(shifts[a] * width * scale2), offset: 0 }];
    });
    return { terms: terms.filter(({ rate }) => rate !== 0) };
  });
}

// ../identifiability/src/reduce-rows.ts
function reduceRows(rows, allowed = () => true) {
  const reduced = rows.map((row) => Float64Array.from(row));
  const pivots = [];
  for (let step2 = 0; step2 < reduced.length; step2++) {
    let [best, row, column] = [0, step2, -1];
    for (let r = step2; r < reduced.length; r++) {
      for (let c = 0; c < reduced[r].length; c++) {
        if (!pivots.includes(c) && allowed(c) && Math.abs(reduced[r][c]) > 1.2 * best) {
          [best, row, column] = [Math.abs(reduced[r][c]), r, c];
        }
      }
    }
    if (best < 1e-12) throw new Error('reduceRows: the rows are not independent; expected a basis');
    [reduced[step2], reduced[row]] = [reduced[row], reduced[step2]];
    const scale2 = reduced[step2][column];
    for (let c = 0; c < reduced[step2].length; c++) reduced[step2][c] /= scale2;
    for (let r = 0; r < reduced.length; r++) {
      const times2 = reduced[r][column];
      if (r === step2 || times2 === 0) continue;
      for (let c = 0; c < reduced[r].length; c++) reduced[r][c] -= times2 * reduced[step2][c];
    }
    pivots.push(column);
  }
  return { rows: reduced, pivots };
}

// ../identifiability/src/find-invariances.ts
var candidateShare = 0.2;
async function findInvariances(search2) {
  const found = [];
  for (const kind of ['factor', 'shift']) {
    found.push(...(await lawsOfKind(search2, kind)));
  }
  while (found.length < search2.hidden) {
    const law = await affineLaw(search2, found);
    if (law === void 0) break;
    found.push(law);
  }
  return found;
}
async function lawsOfKind(search2, kind) {
  const { draws: draws2, parameters, active, holds } = search2;
  const m = active.length;
  const reach = ({ at }, a) => {
    const { min, max } = parameters[active[a]];
    return (kind === 'factor' ? at[active[a]] : 1) / (max - min);
  };
  const typical = active.map((_, a) =>
    Math.sqrt(draws2.reduce((sum, draw) => sum + reach(draw, a) ** 2, 0) / draws2.length),
  );
  const pooled = poolGrams(draws2, parameters.length, m, (draw, a) => [[active[a], reach(draw, a) / typical[a]]]);
  const { values, vectors } = symmetricEigen(pooled, m);
  const weak2 = Array.from(values).filter(
    (value) => Math.sqrt(Math.max(0, value)) < candidateShare * Math.sqrt(values[m - 1]),
  ).length;
  for (let count = Math.min(weak2, m - 1); count > 0; count--) {
    const basis = Array.from({ length: count }, (_, row) =>
      vectors.subarray(row * m, (row + 1) * m).map((value, a) => value / typical[a]),
    );
    const invariances = [];
    for (const row of reduceRows(basis).rows) {
      const law = await firstThatHolds(
        rateChoices(row).map((rates) => lawOf(search2, kind, rates)),
        holds,
      );
      if (law === void 0) break;
      invariances.push(law);
    }
    if (invariances.length === count) return invariances;
  }
  return [];
}
function rateChoices(row) {
  const largest2 = Math.max(...row.map(Math.abs));
  const plain2 = Array.from(row, (value) =>
    Math.abs(value) < 0.02 * largest2 ? 0 : Number((value / largest2).toPrecision(3)),
  );
  const snapped = [snapVector(row), snapVector(row, 0.3)].filter((rates) => rates !== void 0);
  return [...snapped, plain2];
}
function lawOf({ parameters, active }, kind, rates) {
  const terms = active.flatMap((index, a) =>
    rates[a] === 0 ? [] : [{ parameter: parameters[index].name, index, kind, rate: rates[a], offset: 0 }],
  );
  return { terms };
}

// ../identifiability/src/follow-curve.ts
var softenedShare = 70 / 256;
var longestStep = 0.12;
var shortestStep = 0.015;
var differenceStep = 0.02;
var longestCurve = 4;
var leastProgress = 0.25;
var mostSteps = 150;
var corrections = 4;
var weakest = 1e-3;
var fewCorrections = 2;
var longestAge = 3;
var nudges = [1e-4, 3e-4, 1e-3];
var nothing = 1e-6;
async function followCurve(draw, ranges, start, { tolerance: sharp, signal }, enough = Number.POSITIVE_INFINITY) {
  const tolerance = softenedShare * sharp;
  const k = ranges.length;
  const from = Float64Array.from(draw.at, (value, j) => (value - ranges[j].min) / (ranges[j].max - ranges[j].min));
  const image = (x) => draw.image(x.map((share, j) => ranges[j].min + share * (ranges[j].max - ranges[j].min)));
  const target = image(from);
  const [low, high] = [from.slice(), from.slice()];
  const reach = () => high.map((end, j) => end - low[j]);
  let [toTheEnds, worst] = [true, 0];
  for (const sign of [1, -1]) {
    let x = from;
    let direction = Float64Array.from(start.direction, (d) => sign * d);
    let [length, step2, steps3, age] = [0, longestStep, 0, 0];
    let slopes;
    while (length < longestCurve) {
      await takeTurn(signal);
      slopes ??= slopesAt(image, x, start, direction);
      ({ direction } = slopes);
      const room = roomAhead(x, direction);
      if (room < 1e-6) break;
      const aim = { image, target, tolerance };
      const taken = Math.min(step2, room);
      let found = nextPlace(aim, x, slopes, taken);
      if (found.change > tolerance) {
        if (step2 > shortestStep && room > shortestStep) {
          step2 = Math.max(shortestStep, step2 / 2);
          continue;
        }
        const there = slopesAt(image, found.x, start, direction);
        const again = nextPlace(aim, found.x, there, 0);
        if (again.change < found.change && along(again.x, x, direction) >= leastProgress * taken) found = again;
        if (found.change > tolerance) found = nudged(aim, found, there);
      }
      if (found.change > tolerance || ++steps3 > mostSteps) {
        worst = Math.max(worst, found.change);
        toTheEnds = false;
        break;
      }
      worst = Math.max(worst, found.change);
      length += distance(x, found.x);
      const keeps = found.rounds <= fewCorrections && ++age < longestAge;
      slopes = keeps ? { ...slopes, direction: unit(found.x.map((value, j) => value - x[j])) } : void 0;
      if (!keeps) age = 0;
      x = found.x;
      step2 = Math.min(longestStep, 1.5 * step2);
      for (let j = 0; j < k; j++) {
        low[j] = Math.min(low[j], x[j]);
        high[j] = Math.max(high[j], x[j]);
      }
      if (high.some((end, j) => end - low[j] >= enough))
        return { toTheEnds: false, largestChange: worst, reach: reach() };
    }
  }
  return { toTheEnds, largestChange: worst, reach: reach() };
}
function slopesAt(image, x, start, before) {
  const { active } = start;
  const m = active.length;
  const columns = active.map((j) => {
    const [up, down] = [x.slice(), x.slice()];
    up[j] = Math.min(1, x[j] + differenceStep);
    down[j] = Math.max(0, x[j] - differenceStep);
    const column = softDifference(image(up), image(down));
    const width = up[j] - down[j];
    for (let i = 0; i < column.length; i++) column[i] /= width;
    return column;
  });
  const gram = new Float64Array(m * m);
  for (let a = 0; a < m; a++) for (let b = a; b < m; b++) gram[a * m + b] = dot(columns[a], columns[b]);
  const { values, vectors } = symmetricEigen(gram, m);
  const rows = Array.from({ length: m }, (_, row) => vectors.slice(row * m, (row + 1) * m));
  const own = Float64Array.from(active, (j) => before[j]);
  let ahead = new Float64Array(m);
  for (const row of rows.slice(0, start.hidden)) addTo(ahead, row, dot(row, own));
  for (const known of orthonormal(start.named(x).map((vector) => Float64Array.from(active, (j) => vector[j])))) {
    addTo(ahead, known, -dot(known, ahead));
  }
  const length = Math.sqrt(dot(ahead, ahead));
  if (!(length > 0.3)) ahead = own;
  const size = Math.sqrt(dot(ahead, ahead));
  const direction = new Float64Array(x.length);
  active.forEach((j, a) => {
    direction[j] = ahead[a] / size;
  });
  const shown2 = rows.flatMap((vector, row) =>
    row >= start.hidden && values[row] > Math.max(nothing, weakest ** 2 * values[m - 1])
      ? [{ value: values[row], vector }]
      : [],
  );
  return { columns, active, shown: shown2, direction };
}
function nextPlace({ image, target, tolerance }, x, slopes, step2) {
  let place = inside(x.map((value, j) => value + step2 * slopes.direction[j]));
  let best = { x: place, change: Number.POSITIVE_INFINITY, rounds: 0 };
  for (let round2 = 0; round2 <= corrections; round2++) {
    const rendered = image(place);
    const residual = softDifference(rendered, target);
    const change = largestChange(rendered, target) === 0 ? 0 : largestOf2(residual);
    const counts = round2 === 0 || along(place, x, slopes.direction) >= leastProgress * step2;
    if (counts && change < best.change) best = { x: place, change, rounds: round2 };
    if (best.change <= tolerance / 2 || round2 === corrections) break;
    const move = new Float64Array(slopes.active.length);
    const onto = slopes.columns.map((column) => dot(column, residual));
    for (const { value, vector } of slopes.shown) addTo(move, vector, -dot(vector, onto) / value);
    const next = place.slice();
    slopes.active.forEach((j, a) => {
      next[j] += move[a];
    });
    place = inside(next);
  }
  return best;
}
function nudged({ image, target, tolerance }, from, { active, shown: shown2 }) {
  let best = from;
  for (const size of nudges) {
    for (const { vector } of shown2) {
      for (const sign of [1, -1]) {
        const x = best.x.slice();
        active.forEach((j, a) => {
          x[j] += sign * size * vector[a];
        });
        const place = inside(x);
        const change = largestOf2(softDifference(image(place), target));
        if (change < best.change) best = { x: place, change, rounds: corrections };
        if (change <= tolerance) return best;
      }
    }
  }
  return best;
}
function along(place, from, direction) {
  return dot(direction, place) - dot(direction, from);
}
function roomAhead(x, direction) {
  let room = Number.POSITIVE_INFINITY;
  for (let j = 0; j < x.length; j++) {
    if (Math.abs(direction[j]) < 1e-3) continue;
    room = Math.min(room, ((direction[j] > 0 ? 1 : 0) - x[j]) / direction[j]);
  }
  return Math.max(0, room);
}
function inside(x) {
  return x.map((value) => Math.min(1, Math.max(0, value)));
}
function softDifference(a, b) {
  const out = Float32Array.from(a, (byte, i) => byte - b[i]);
  soften(out);
  return out;
}
function largestOf2(values) {
  let largest2 = 0;
  for (const value of values) largest2 = Math.max(largest2, Math.abs(value));
  return largest2;
}
function unit(vector) {
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / length);
}
function distance(a, b) {
  return Math.hypot(...a.map((value, j) => value - b[j]));
}
function orthonormal(vectors) {
  const out = [];
  for (const vector of vectors) {
    const rest = vector.slice();
    for (const known of out) addTo(rest, known, -dot(known, rest));
    const length = Math.sqrt(dot(rest, rest));
    if (length > 1e-9) out.push(rest.map((value) => value / length));
  }
  return out;
}
function addTo(sum, vector, weight) {
  for (let i = 0; i < sum.length; i++) sum[i] += weight * vector[i];
}
function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

// ../identifiability/src/follow-unnamed.ts
var mostDraws = 4;
var shortReach = 0.1;
var leastReach = 0.05;
var leastPart = 0.2;
var enoughDraws2 = 1 / 8;
async function followUnnamed(search2, options) {
  const { draws: draws2, spectra, parameters, invisible, invariances, unexplained, lost } = search2;
  const named = invisible.length + invariances.length;
  const hiddenAt = spectra.map((spectrum) => {
    return spectrum.noise.filter((_, i) => i < spectrum.invisibleDirections && (lost === 0 || isTelling(spectrum, i)))
      .length;
  });
  const suspects = spectra.flatMap((_, draw) => (hiddenAt[draw] > named ? [draw] : []));
  const enough = Math.max(2, Math.floor(enoughDraws2 * draws2.length) + 1);
  if (suspects.length < enough) return [];
  const most = Math.min(mostDraws, suspects.length);
  const chosen = Array.from({ length: most }, (_, i) => suspects[Math.floor((i * suspects.length) / most)]);
  const curves = [];
  for (const draw of chosen) {
    const ofDraw = [];
    for (const start of curveStarts(search2, draw, hiddenAt[draw])) {
      const enough2 = unexplained > 0 ? Number.POSITIVE_INFINITY : shortReach;
      const curve = await followCurve(draws2[draw], parameters, start, options, enough2);
      ofDraw.push({ ...curve, direction: start.direction });
    }
    curves.push(ofDraw);
    if (unexplained > 0 && ofDraw.every(({ toTheEnds }) => !toTheEnds)) break;
  }
  const count = curves.length;
  const whole = curves.map((ofDraw) => ofDraw.filter(({ toTheEnds }) => toTheEnds));
  const long = curves.map((ofDraw) =>
    ofDraw.filter((curve) => curve.toTheEnds || Math.max(...curve.reach) >= shortReach),
  );
  const confirmed = Math.min(unexplained, ...whole.map(({ length }) => length));
  const atLeast = (directions) => long.filter(({ length }) => length >= directions).length;
  let hiding = 0;
  while ((atLeast(hiding + 1) * suspects.length) / count >= enough) hiding++;
  const open = Math.max(0, Math.max(hiding, unexplained) - confirmed);
  const group = (verdict, directions, of) => {
    const moves = (j) =>
      of.some(({ reach, direction, toTheEnds }) => {
        return reach[j] >= leastReach || (!toTheEnds && Math.abs(direction[j]) >= leastPart);
      });
    const largestChange2 = Math.max(...of.map((curve) => curve.largestChange));
    const names = parameters.filter((_, j) => moves(j)).map(({ name }) => name);
    return directions > 0
      ? [{ verdict, directions, parameters: names, objects: count, largestChange: largestChange2 }]
      : [];
  };
  const candidates = [
    long.flat().filter(({ toTheEnds }) => confirmed === 0 || !toTheEnds),
    curves.flat().filter(({ toTheEnds }) => !toTheEnds),
    curves.flat(),
  ];
  const undecided = candidates.find(({ length }) => length > 0) ?? [];
  return [...group('invisible', confirmed, whole.flat()), ...group('undecided', open, undecided)];
}
function curveStarts({ draws: draws2, spectra, parameters, invisible, invariances }, draw, hidden) {
  const active = parameters.flatMap((_, j) => (invisible.includes(j) ? [] : [j]));
  const tangents = (shares) =>
    invariances.map(({ terms }) => {
      const tangent = new Float64Array(parameters.length);
      for (const { index, kind, rate, offset } of terms) {
        const { min, max } = parameters[index];
        const value = min + shares[index] * (max - min);
        tangent[index] = (kind === 'shift' ? rate : rate * (value + offset)) / (max - min);
      }
      return tangent;
    });
  const at = draws2[draw].at.map((value, j) => (value - parameters[j].min) / (parameters[j].max - parameters[j].min));
  const known = [...invisible.map((index) => at.map((_, j) => (j === index ? 1 : 0))), ...tangents(at)].reduce(
    (basis, vector) => withRest(basis, vector),
    [],
  );
  const named = known.length;
  const all = spectra[draw].directions
    .slice(0, hidden)
    .reduce((basis, direction) => withRest(basis, Float64Array.from(direction), 0.5), known);
  return all.slice(named, hidden).map((direction) => {
    return { active, direction, hidden: hidden - invisible.length, named: tangents };
  });
}
function withRest(basis, vector, least2 = 1e-9) {
  const rest = vector.slice();
  for (const known of basis) {
    const along2 = known.reduce((sum, value, j) => sum + value * rest[j], 0);
    for (let j = 0; j < rest.length; j++) rest[j] -= along2 * known[j];
  }
  const length = Math.hypot(...rest);
  return length > least2 ? [...basis, rest.map((value) => value / length)] : [...basis];
}

// ../identifiability/src/image-jacobian.ts
var weak = 0.25;
function imageJacobian(image, at, ranges, startLevels = []) {
  const k = at.length;
  const along2 = (direction, level) =>
    imageSlope(
      image,
      at,
      at.map((_, i) => direction(i) * ranges[i]),
      level,
    );
  const own = Array.from({ length: k }, (_, j) => along2((i) => (i === j ? 1 : 0), startLevels[j]));
  let basis = identity(k);
  let columns = own;
  for (let round2 = 0; round2 < 2; round2++) {
    const { values, vectors } = symmetricEigen(gramOf(columns, 'slope'), k);
    const isWeak = (row) => Math.sqrt(Math.max(0, values[row])) < weak * Math.sqrt(values[k - 1]);
    columns = Array.from({ length: k }, (_, row) => {
      const turn3 = vectors.subarray(row * k, (row + 1) * k);
      const turned = rowTimes(turn3, basis, k);
      return isWeak(row) ? along2((i) => turned[i]) : combine(columns, turn3);
    });
    basis = times(vectors, basis, k);
  }
  return {
    gram: backFrom(basis, gramOf(columns, 'slope'), k),
    noise: backFrom(basis, gramOf(columns, 'noise'), k),
    largest: Float64Array.from(own, ({ largest: largest2 }) => largest2),
    steps: Float64Array.from(own, ({ step: step2 }) => step2),
    levels: own.map(({ level }) => level),
  };
}
function combine(columns, weights) {
  const sum = (key) => {
    const out = new Float32Array(columns[0][key].length);
    columns.forEach((column, j) => {
      const values = column[key];
      for (let i = 0; i < out.length; i++) out[i] += weights[j] * values[i];
    });
    return out;
  };
  return { slope: sum('slope'), noise: sum('noise') };
}
function gramOf(columns, key) {
  const k = columns.length;
  const gram = new Float64Array(k * k);
  for (let a = 0; a < k; a++) {
    for (let b = a; b < k; b++) {
      const [left, right] = [columns[a][key], columns[b][key]];
      let sum = 0;
      for (let i = 0; i < left.length; i++) sum += left[i] * right[i];
      gram[a * k + b] = gram[b * k + a] = sum / left.length;
    }
  }
  return gram;
}
function identity(k) {
  return Float64Array.from({ length: k * k }, (_, i) => (i % (k + 1) === 0 ? 1 : 0));
}
function rowTimes(row, matrix, k) {
  const out = new Float64Array(k);
  for (let j = 0; j < k; j++) for (let i = 0; i < k; i++) out[i] += row[j] * matrix[j * k + i];
  return out;
}
function times(a, b, k) {
  const out = new Float64Array(k * k);
  for (let row = 0; row < k; row++) out.set(rowTimes(a.subarray(row * k, (row + 1) * k), b, k), row * k);
  return out;
}
function backFrom(basis, gram, k) {
  const transposed = Float64Array.from({ length: k * k }, (_, i) => basis[(i % k) * k + Math.floor(i / k)]);
  return times(transposed, times(gram, basis, k), k);
}

// ../identifiability/src/measure-draws.ts
async function measureDraws(parameters, draws2, { tolerance, onProgress, signal }) {
  const ranges = parameters.map(({ min, max }) => max - min);
  const endChanges = new Float64Array(parameters.length);
  const measured2 = [];
  for (const { at, image } of draws2) {
    await takeTurn(signal);
    const base = image(at);
    noteEndChanges({ at, image }, measured2.length, base, parameters, tolerance, endChanges);
    const jacobian = imageJacobian(image, at, ranges, measured2.at(-1)?.jacobian.levels);
    measured2.push({ at, image, base, jacobian });
    onProgress?.(measured2.length, draws2.length);
  }
  return { draws: measured2, endChanges };
}

// ../identifiability/src/smallest-changes.ts
function smallestChanges({ at, image, base, jacobian }, index, { min, max }, levels2) {
  const [slope, step2] = [jacobian.largest[index], jacobian.steps[index]];
  const shares = levels2.map((level) => (level / slope <= step2 ? level / slope : Number.POSITIVE_INFINITY));
  const range2 = max - min;
  const sides = [
    { sign: 1, room: (max - at[index]) / range2, share: 0, change: 0 },
    { sign: -1, room: (at[index] - min) / range2, share: 0, change: 0 },
  ];
  for (let reach = step2; shares.includes(Number.POSITIVE_INFINITY); reach *= 2) {
    const open = levels2.flatMap((_, i) => (shares[i] === Number.POSITIVE_INFINITY ? [i] : []));
    const moving = sides.filter(({ share, room }) => share < room);
    if (moving.length === 0) break;
    for (const side of moving) {
      const share = Math.min(reach, side.room);
      const moved2 = at.slice();
      moved2[index] = Math.min(max, Math.max(min, at[index] + side.sign * share * range2));
      const change = largestChange(base, image(moved2));
      for (const i of open) {
        if (change < levels2[i]) continue;
        const part = (levels2[i] - side.change) / (change - side.change);
        shares[i] = Math.min(shares[i], side.share + part * (share - side.share));
      }
      Object.assign(side, { share, change });
    }
  }
  return shares;
}

// ../identifiability/src/parameter-visibility.ts
var levels = [1, 8];
function parameterVisibility(parameters, { draws: draws2, endChanges }, { invisible, invariances, followed, lost }) {
  const k = parameters.length;
  return parameters.map(({ name, unit: unit2, min, max }, index) => {
    const leavesNone = invisible.includes(index);
    const takesPart = (verdict) =>
      followed.some((group) => group.verdict === verdict && group.parameters.includes(name));
    const tied = invariances.some(({ terms }) => terms.some((term) => term.index === index)) || takesPart('invisible');
    const undecided = lost > 0 || takesPart('undecided');
    const shares = leavesNone ? [] : draws2.map((draw) => smallestChanges(draw, index, { min, max }, levels));
    const [smallestChange, smallestSeenChange] = levels.map((_, i) =>
      overDraws(
        shares.map((ofDraw) => ofDraw[i]),
        max - min,
      ),
    );
    return {
      name,
      unit: unit2,
      min,
      max,
      verdict: leavesNone ? 'invisible' : tied ? 'tied' : undecided ? 'undecided' : 'visible',
      largestChange: endChanges[index],
      columnNorm:
        draws2.reduce((sum, { jacobian }) => sum + Math.sqrt(jacobian.gram[index * k + index]), 0) / draws2.length,
      smallestChange,
      smallestSeenChange,
    };
  });
}
function overDraws(shares, range2) {
  const known = (share, by) => (Number.isFinite(share) ? share * by : null);
  const middle = shares.length > 0 ? median(shares) : Number.POSITIVE_INFINITY;
  const worst = shares.length > 0 ? Math.max(...shares) : Number.POSITIVE_INFINITY;
  return {
    median: known(middle, range2),
    worst: known(worst, range2),
    medianShare: known(middle, 1),
    worstShare: known(worst, 1),
  };
}

// ../identifiability/src/summarise.ts
function summarise(analysis) {
  const { parameters, invisible, invariances, combinations, unexplained, undecided, followed } = analysis;
  const named = invisible.length + invariances.length > 0;
  const sentences = [];
  if (invisible.length > 0) {
    const change = Math.max(...parameters.filter(({ verdict }) => verdict === 'invisible').map((p) => p.largestChange));
    const verb = invisible.length === 1 ? 'leaves' : 'leave';
    sentences.push(
      `${listed(invisible)} ${verb} no trace: moved from end to end of ${invisible.length === 1 ? 'its range' : 'their ranges'}, ${pixelChange(change)}.`,
    );
  }
  for (const { text, largestChange: largestChange2, span, terms } of invariances) {
    const factors = terms.every(({ kind }) => kind === 'factor');
    const far = factors ? `by a factor of ${Math.exp(span).toPrecision(2)}` : `by ${Number(span.toPrecision(2))}`;
    sentences.push(
      `${text}: moved along it as far as the ranges allow (${far} for the middle one of the draws), ${pixelChange(largestChange2)}.`,
    );
  }
  if (combinations.length > 0) {
    sentences.push(`What does show of these: ${listed(combinations.map(({ name }) => name))}.`);
  }
  for (const group of followed) {
    const { verdict, directions, parameters: moving, objects } = group;
    const what = `${counted(directions, named || (verdict === 'undecided' && unexplained > 0))} of ${listed(moving)}`;
    const change = Number(group.largestChange.toPrecision(2));
    sentences.push(
      verdict === 'invisible'
        ? `${what} ${directions === 1 ? 'leaves' : 'leave'} no trace, but no simple law was found: followed from ${objects} objects as curves, as far as the ranges allow, no pixel of the softened image changes by more than ${change}/255.`
        : `${what} ${directions === 1 ? 'is' : 'are'} undecided: there is no trace of it at some objects, but followed from ${objects} of them as a curve the softened image changes (by ${change}/255 and more) before the ranges end.`,
    );
  }
  const lost =
    undecided - followed.reduce((sum, group) => sum + (group.verdict === 'undecided' ? group.directions : 0), 0);
  if (lost > 0) {
    const open = parameters.filter(({ verdict }) => verdict === 'undecided').map(({ name }) => name);
    const about = open.length === 0 ? '' : `: whether the images tell ${listed(open)} is open`;
    sentences.push(
      `Too coarse to decide: ${counted(lost, named || followed.length > 0)} cannot be told from the noise of the measurement${about}.`,
    );
    return sentences;
  }
  const alone = parameters.filter(({ verdict }) => verdict === 'visible').map(({ name }) => name);
  if (invisible.length + invariances.length + followed.length === 0) {
    sentences.push('Nothing is invisible: every parameter and every combination of them shows.');
  } else if (alone.length > 0) {
    sentences.push(`${listed(alone)} ${alone.length === 1 ? 'shows' : 'show'}.`);
  }
  return sentences;
}
function pixelChange(largest2) {
  if (largest2 === 0) return 'not one pixel changes';
  return `no pixel changes by more than ${largest2} of its 255 steps of brightness`;
}
function counted(count, others) {
  return `${count}${others ? ' more' : ''} ${count === 1 ? 'direction' : 'directions'}`;
}
function listed(names) {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

// ../identifiability/src/combination-name.ts
function combinationName(terms) {
  const sums = terms.filter(({ kind }) => kind === 'shift');
  const summands = sums.flatMap(({ parts, power }) => parts.map((part) => ({ ...part, weight: part.weight * power })));
  const sum = sumName(summands, 0);
  const factors = terms.filter(({ kind }) => kind === 'factor');
  if (factors.length === 0) return sum;
  const above = factors.filter(({ power }) => power > 0).map(factorName);
  const below = factors.filter(({ power }) => power < 0).map(factorName);
  if (sum) above.push(`exp(${sum})`);
  const denominator = below.length > 1 ? `(${below.join('\xB7')})` : below[0];
  return `${above.join('\xB7') || '1'}${denominator ? `/${denominator}` : ''}`;
}
function factorName({ parts, offset, power }) {
  const base = sumName(parts, offset);
  const whole = parts.length === 1 && offset === 0 && parts[0].weight === 1 ? base : `(${base})`;
  const size = Math.abs(power);
  return size === 1 ? whole : size === 2 ? `${whole}\xB2` : size === 3 ? `${whole}\xB3` : `${whole}^${shown(size)}`;
}
function sumName(parts, offset) {
  const names = parts.map(({ parameter, weight }) => {
    const size = Math.abs(weight) === 1 ? '' : `${shown(Math.abs(weight))}\xB7`;
    return { negative: weight < 0, text: `${size}${parameter}` };
  });
  if (offset !== 0) names.push({ negative: offset < 0, text: shown(Math.abs(offset)) });
  const sign = (negative, first) => (first ? (negative ? '\u2212' : '') : negative ? ' \u2212 ' : ' + ');
  return names.map(({ negative, text }, i) => `${sign(negative, i === 0)}${text}`).join('');
}
function shown(value) {
  return String(Number(value.toPrecision(3)));
}

// ../identifiability/src/visible-combinations.ts
function visibleCombinations(invariances, ranges) {
  if (invariances.length === 0) return [];
  const single = singleCoordinates(invariances);
  if (single !== void 0) return unchanged(single, invariances.length, ranges);
  const isShift = ({ terms }) => terms.every(({ kind }) => kind === 'shift');
  const shifts = invariances.filter(isShift);
  const others = invariances.filter((law) => !isShift(law));
  const sums = singleCoordinates(shifts) ?? [];
  if (sums.length === 0 || others.length === 0) return [];
  const shifted = new Set(sums.map(({ parts }) => parts[0].index));
  const rest = singleCoordinates(
    others.map(({ terms }) => ({ terms: terms.filter(({ index }) => !shifted.has(index)) })),
  );
  const composed = unchanged(sums, shifts.length, ranges).map(({ terms }) => sumCoordinate(terms, others));
  if (rest === void 0 || composed.some((coordinate) => coordinate === void 0)) return [];
  return unchanged([...composed, ...rest], others.length, ranges);
}
function combinationValue({ terms }, parameters) {
  let product = 1;
  let sum = 0;
  for (const { kind, parts, offset, power } of terms) {
    const value = parts.reduce((total, { index, weight }) => total + weight * parameters[index], offset);
    if (kind === 'shift') sum += power * value;
    else product *= value ** power;
  }
  return terms.every(({ kind }) => kind === 'shift') ? sum : product * Math.exp(sum);
}
function singleCoordinates(invariances) {
  const terms = invariances.flatMap((law) => law.terms);
  const indices = [...new Set(terms.map(({ index }) => index))].sort((a, b) => a - b);
  const coordinates = [];
  for (const index of indices) {
    const own = terms.filter((term) => term.index === index);
    const [{ kind, offset, parameter }] = own;
    if (own.some((term) => term.kind !== kind || term.offset !== offset)) return void 0;
    const rates = invariances.map((law) => law.terms.find((term) => term.index === index)?.rate ?? 0);
    coordinates.push({ kind, offset, parts: [{ parameter, index, weight: 1 }], rates });
  }
  return coordinates;
}
function sumCoordinate(terms, invariances) {
  const parts = terms.flatMap(({ power, parts: [part] }) => ({ ...part, weight: part.weight * power }));
  const rates = [];
  for (const law of invariances) {
    const own = parts.map(({ index }) => law.terms.find((term) => term.index === index));
    const rate = own[0]?.rate ?? 0;
    const alike2 = own.every((term) => (term?.rate ?? 0) === rate && (term?.kind ?? 'factor') === 'factor');
    if (!alike2 || own.some((term) => term !== void 0 && term.offset !== 0)) return void 0;
    rates.push(rate);
  }
  return { kind: 'factor', offset: 0, parts, rates };
}
function unchanged(coordinates, invariances, ranges) {
  const rows = Array.from({ length: invariances }, (_, law) => coordinates.map(({ rates }) => rates[law]));
  const safe = coordinates.map((coordinate) => coordinate.kind === 'shift' || isNeverZero(coordinate, ranges));
  const usable = rows.every((row) => row.some((rate, a) => rate !== 0 && safe[a]));
  const { rows: reduced, pivots } = reduceRows(rows, (a) => !usable || safe[a]);
  return coordinates.flatMap((own, a) => {
    if (pivots.includes(a)) return [];
    const powers = [1, ...reduced.map((row) => -row[a])];
    const scale2 = [1, 2, 3, 4, 5, 6].find((by) => powers.every((power) => isWhole(power * by))) ?? 1;
    const terms = [own, ...pivots.map((pivot) => coordinates[pivot])].map(({ kind, offset, parts }, i) => {
      const power = powers[i] * scale2;
      return { kind, offset, parts, power: isWhole(power) ? Math.round(power) : power };
    });
    const used = terms.filter(({ power }) => power !== 0);
    return [{ name: combinationName(used), terms: used }];
  });
}
function isNeverZero({ parts, offset }, ranges) {
  let [low, high] = [offset, offset];
  for (const { index, weight } of parts) {
    const ends = [ranges[index].min * weight, ranges[index].max * weight];
    low += Math.min(...ends);
    high += Math.max(...ends);
  }
  return low > 0 || high < 0;
}
function isWhole(value) {
  return Math.abs(value - Math.round(value)) < 1e-9;
}

// ../identifiability/src/analyse-images.ts
async function analyseImages(parameters, draws2, options) {
  const { tolerance, signal } = options;
  const measurements = await measureDraws(parameters, draws2, options);
  const { draws: measured2, endChanges } = measurements;
  const spectra = measured2.map(({ at, jacobian }) => drawSpectrum(jacobian, parameters, at));
  const invisible = parameters.flatMap((_, index) => (endChanges[index] <= tolerance ? [index] : []));
  const active = parameters.flatMap((_, index) => (invisible.includes(index) ? [] : [index]));
  const checked = /* @__PURE__ */ new Map();
  const holds = async (law) => {
    const found2 = await checkLaw(law, measured2, parameters, tolerance, signal);
    if (found2) checked.set(law, found2);
    return found2 !== void 0;
  };
  const lawDraws = measured2.map(({ at, jacobian }) => {
    return { at, gram: jacobian.gram, weight: drawWeight(jacobian, active) };
  });
  const hidden = hiddenDirections(spectra) - invisible.length;
  const found = await findInvariances({ draws: lawDraws, parameters, active, hidden, holds });
  const invariances = found.map((law) => checked.get(law));
  const counted2 = countDirections(spectra, invisible.length, invariances.length);
  const { unexplained: suspected, undecided: lost } = counted2;
  const unnamed = { draws: measured2, spectra, parameters, invisible, invariances, unexplained: suspected, lost };
  const followed = await followUnnamed(unnamed, options);
  const directions = (verdict) =>
    followed.reduce((sum, group) => sum + (group.verdict === verdict ? group.directions : 0), 0);
  const unexplained = directions('invisible');
  const undecided = lost + directions('undecided');
  const analysis = {
    parameters: parameterVisibility(parameters, measurements, { invisible, invariances, followed, lost }),
    invisible: invisible.map((index) => parameters[index].name),
    invariances,
    combinations: undecided > 0 ? [] : visibleCombinations(invariances, parameters),
    unexplained,
    undecided,
    followed,
    spectra,
  };
  return { ...analysis, summary: summarise(analysis) };
}

// ../identifiability/src/identifiability.ts
async function identifiability(scene, options = {}) {
  checkOptions2('identifiability', options, { ...imageDrawDefaults, onProgress: 1, signal: 1 });
  const { onProgress, signal } = options;
  const { tolerance, ...how } = imageDrawOptions('identifiability', options);
  const images = imageDraws(scene, { tolerance, ...how });
  const found = await analyseImages(scene.surface.parameters, images, { tolerance, onProgress, signal });
  const finer = found.undecided > 0 ? finerSettings(how) : null;
  return { scene: scene.name, surface: scene.surface.name, ...how, tolerance, finer, ...found };
}

// ../identifiability/src/image-limits.ts
import { checkOptions as checkOptions3 } from '@kanrecon/geometry';

// ../identifiability/src/known-limits.ts
var knownLimits = {
  study: {
    invisible: ['twist_amp', 'twist_freq'],
    invariances: [
      {
        terms: [
          {
            parameter: 'radius',
            index: 0,
            kind: 'factor',
            rate: 1,
            offset: 0,
          },
          {
            parameter: 'height',
            index: 1,
            kind: 'factor',
            rate: 1,
            offset: 0,
          },
          {
            parameter: 'wave_amp',
            index: 4,
            kind: 'factor',
            rate: 1,
            offset: 0,
          },
          {
            parameter: 'wave_freq',
            index: 5,
            kind: 'factor',
            rate: -1,
            offset: 0,
          },
        ],
        text: '(radius, height, wave_amp, 1/wave_freq) have one common factor that leaves no trace',
        largestChange: 0,
        span: 0.588588625299202,
      },
    ],
    combinations: [
      {
        name: 'height/radius',
        terms: [
          {
            kind: 'factor',
            offset: 0,
            parts: [
              {
                parameter: 'height',
                index: 1,
                weight: 1,
              },
            ],
            power: 1,
          },
          {
            kind: 'factor',
            offset: 0,
            parts: [
              {
                parameter: 'radius',
                index: 0,
                weight: 1,
              },
            ],
            power: -1,
          },
        ],
      },
      {
        name: 'wave_amp/radius',
        terms: [
          {
            kind: 'factor',
            offset: 0,
            parts: [
              {
                parameter: 'wave_amp',
                index: 4,
                weight: 1,
              },
            ],
            power: 1,
          },
          {
            kind: 'factor',
            offset: 0,
            parts: [
              {
                parameter: 'radius',
                index: 0,
                weight: 1,
              },
            ],
            power: -1,
          },
        ],
      },
      {
        name: 'wave_freq\xB7radius',
        terms: [
          {
            kind: 'factor',
            offset: 0,
            parts: [
              {
                parameter: 'wave_freq',
                index: 5,
                weight: 1,
              },
            ],
            power: 1,
          },
          {
            kind: 'factor',
            offset: 0,
            parts: [
              {
                parameter: 'radius',
                index: 0,
                weight: 1,
              },
            ],
            power: 1,
          },
        ],
      },
    ],
    unexplained: 0,
    undecided: 0,
    summary: [
      'twist_amp and twist_freq leave no trace: moved from end to end of their ranges, not one pixel changes.',
      '(radius, height, wave_amp, 1/wave_freq) have one common factor that leaves no trace: moved along it as far as the ranges allow (by a factor of 1.8 for the middle one of the draws), not one pixel changes.',
      'What does show of these: height/radius, wave_amp/radius and wave_freq\xB7radius.',
    ],
    best: {
      draws: 4e5,
      r2: 0.5301613910498468,
      mae: 0.14722216432850185,
      mse: 0.039153217412512764,
      rmse: 0.1978717195874963,
      perParameter: [
        {
          name: 'radius',
          r2: 0.7203658546604641,
          mae: 0.1172061977891297,
          mse: 0.023302845444961327,
          rmse: 0.1526526955050625,
        },
        {
          name: 'height',
          r2: 0.7203382658954744,
          mae: 0.11717321719007745,
          mse: 0.023305144508710463,
          rmse: 0.1526602256932383,
        },
        {
          name: 'twist_amp',
          r2: 0,
          mae: 0.25,
          mse: 0.08333333333333333,
          rmse: 0.28867513459481287,
        },
        {
          name: 'twist_freq',
          r2: 0,
          mae: 0.25,
          mse: 0.08333333333333333,
          rmse: 0.28867513459481287,
        },
        {
          name: 'wave_amp',
          r2: 0.9270092652486274,
          mae: 0.05529835709088275,
          mse: 0.00608256122928105,
          rmse: 0.07799077656544426,
        },
        {
          name: 'wave_freq',
          r2: 0.8132549604945152,
          mae: 0.09365521390092131,
          mse: 0.015562086625457069,
          rmse: 0.12474809267262194,
        },
      ],
      bounds: [],
    },
  },
  observable: {
    invisible: [],
    invariances: [],
    combinations: [],
    unexplained: 0,
    undecided: 0,
    summary: ['Nothing is invisible: every parameter and every combination of them shows.'],
    best: {
      draws: 4e5,
      r2: 1,
      mae: 0,
      mse: 0,
      rmse: 0,
      perParameter: [
        {
          name: 'radius',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'height',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'twist_amp',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'twist_freq',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'wave_amp',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'wave_freq',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
      ],
      bounds: [],
    },
  },
  fluted: {
    invisible: [],
    invariances: [],
    combinations: [],
    unexplained: 0,
    undecided: 0,
    summary: ['Nothing is invisible: every parameter and every combination of them shows.'],
    best: {
      draws: 4e5,
      r2: 1,
      mae: 0,
      mse: 0,
      rmse: 0,
      perParameter: [
        {
          name: 'radius',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'height',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'twist_amp',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'twist_freq',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'wave_amp',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
        {
          name: 'wave_freq',
          r2: 1,
          mae: 0,
          mse: 0,
          rmse: 0,
        },
      ],
      bounds: [],
    },
  },
};

// ../identifiability/src/image-limits.ts
var draws = 8;
var measured = /* @__PURE__ */ new WeakMap();
async function imageLimits(scene, options = {}) {
  checkOptions3('imageLimits', options, { onProgress: 1, signal: 1 });
  const name = builtInScene(scene);
  const found = (name && knownLimits[name]) ?? measured.get(scene) ?? (await measureLimits(scene, options));
  measured.set(scene, found);
  return found;
}
async function measureLimits(scene, options = {}) {
  checkOptions3('measureLimits', options, { onProgress: 1, signal: 1 });
  const { onProgress, signal } = options;
  const found = await identifiability(scene, { draws, onProgress: (done) => onProgress?.(done, draws), signal });
  const { invisible, invariances, combinations, unexplained, undecided, summary } = found;
  const best = undecided > 0 ? null : bestPossibleScores(scene.surface, found);
  return { invisible, invariances, combinations, unexplained, undecided, summary, best };
}

// src/refine.ts
import { checkOptions as checkOptions7, denormalizeParameters as denormalizeParameters2 } from '@kanrecon/geometry';
import { randomStream as randomStream2, typicalView as typicalView2 } from '@kanrecon/scene';

// src/posterior/shape-posterior.ts
import '@kanrecon/geometry';

// src/refine/bounds.ts
function sceneBounds({ surface, camera: { x, y, z } }) {
  return { shape: surface.parameters.map(() => [0, 1]), camera: { x, y, z } };
}
var isFree = ([min, max]) => max > min;
var inside2 = (value, [min, max]) => Math.min(max, Math.max(min, value));

// src/refine/camera-inside.ts
var fullTurn = 2 * Math.PI;
var axes = ['x', 'y', 'z'];
function cameraInside({ x, y, z }, ranges) {
  const one = moved({ x, y, z }, ranges);
  if (one.by === 0) return one.angles;
  const other = moved({ x: x + Math.PI, y: Math.PI - y, z: z + Math.PI }, ranges);
  return other.by < one.by ? other.angles : one.angles;
}
function moved(angles, ranges) {
  let by = 0;
  const [x, y, z] = axes.map((axis) => {
    const [min, max] = ranges[axis];
    const middle = (min + max) / 2;
    const off = angles[axis] - middle;
    const near2 = off - fullTurn * Math.round(off / fullTurn);
    const kept = Math.min((max - min) / 2, Math.max((min - max) / 2, near2));
    if (max - min < fullTurn - 1e-9) by += Math.abs(near2 - kept);
    return middle + kept;
  });
  return { angles: { x, y, z }, by };
}

// ../render/src/camera/camera-rotation.ts
function cameraRotation({ x, y, z }) {
  if (!Number.isFinite(x) || !Number.isFinite(y) || !Number.isFinite(z)) {
    throw new Error(
      `cameraRotation: angles must be finite numbers in radians; expected {x, y, z}, got ${x}, ${y}, ${z}`,
    );
  }
  const cx = Math.cos(x);
  const sx = Math.sin(x);
  const cy = Math.cos(y);
  const sy = Math.sin(y);
  const cz = Math.cos(z);
  const sz = Math.sin(z);
  return Float64Array.of(
    cy * cz,
    sx * sy * cz - cx * sz,
    cx * sy * cz + sx * sz,
    cy * sz,
    sx * sy * sz + cx * cz,
    cx * sy * sz - sx * cz,
    -sy,
    sx * cy,
    cx * cy,
  );
}

// ../render/src/camera/camera.ts
var studyTanHalfFov = 0.36;

// ../render/src/camera/camera-from-extents.ts
function cameraFromExtents(extents, rotation, t) {
  const [right, left, top2, bottom] = [extents[0], extents[1], extents[2], extents[3]];
  const x = (right - left) / 2;
  const y = (top2 - bottom) / 2;
  const z = Math.max((right + left) / (2 * t), (top2 + bottom) / (2 * t));
  const r = rotation;
  return {
    location: [r[0] * x + r[1] * y + r[2] * z, r[3] * x + r[4] * y + r[5] * z, r[6] * x + r[7] * y + r[8] * z],
    rotation: r,
    tanHalfFov: t,
  };
}

// ../render/src/image/check-bytes.ts
function checkBytes(caller, what, data) {
  const type = Object.prototype.toString.call(data).slice(8, -1);
  if (type === 'Uint8Array' || type === 'Uint8ClampedArray') return;
  const remedy = /^Float/.test(type)
    ? ' (values in [0, 1] are to be multiplied by 255 and rounded first)'
    : type === 'Uint16Array'
      ? ' (values of 16 bits are to be divided by 257 and rounded first)'
      : '';
  throw new Error(`${caller}: ${what} are no bytes; expected a Uint8Array or Uint8ClampedArray, got ${type}${remedy}`);
}
function checkRgbImage(caller, { width, height, data }) {
  checkBytes(caller, "the image's data", data);
  if (Number.isSafeInteger(width) && width > 0 && Number.isSafeInteger(height) && data.length === 3 * width * height) {
    return;
  }
  throw new Error(
    `${caller}: the image's size does not fit its data; expected width \xD7 height \xD7 3 bytes (RGB), got ${width} \xD7 ${height} and ${data.length} bytes`,
  );
}

// ../render/src/checks.ts
function checkTriple(caller, name, value, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY) {
  const good =
    value?.length === 3 && Array.from(value).every((entry) => Number.isFinite(entry) && entry >= min && entry <= max);
  if (!good) {
    const range2 = Number.isFinite(min) ? ` in [${min}, ${max}]` : '';
    throw new Error(
      `${caller}: ${name} must be three finite numbers${range2}, got ${value?.length === void 0 ? String(value) : `[${Array.from(value).join(', ')}]`}`,
    );
  }
}
function checkInteger(caller, name, value, min, max) {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Error(`${caller}: ${name} must be an integer from ${min} to ${max}, got ${value}`);
  }
}
function checkImageOut(caller, out, size) {
  if (out === void 0) return;
  checkBytes(caller, 'out', out);
  if (out.length !== 3 * size * size) {
    throw new Error(
      `${caller}: out has the wrong length; expected 3 \xB7 size\xB2 = ${3 * size * size}, got ${out.length}`,
    );
  }
}

// ../render/src/camera/check-camera.ts
function checkRotation(caller, rotation) {
  if (rotation?.length !== 9 || !Array.from(rotation).every(Number.isFinite)) {
    throw new Error(
      `${caller}: rotation must be 9 finite numbers, row-major (see cameraRotation), got ${rotation?.length === void 0 ? String(rotation) : `[${Array.from(rotation).join(', ')}]`}`,
    );
  }
}
function checkTanHalfFov(caller, tanHalfFov) {
  if (!(tanHalfFov > 0) || !Number.isFinite(tanHalfFov)) {
    throw new Error(`${caller}: tanHalfFov must be a positive number, got ${tanHalfFov}`);
  }
}
function checkCamera(caller, camera) {
  checkRotation(caller, camera?.rotation);
  checkTanHalfFov(caller, camera.tanHalfFov);
  checkTriple(caller, 'camera.location', camera.location);
}

// ../render/src/image/tone-curve.ts
var steps2 = 32768;
var range = 2;
var shoulder = 0.2048;
var scale = 0.9314;
var exponent = 0.93;
var filmMatrix = [0.9275, 0.0829, -0.0105, 0.0275, 0.8706, 0.1019, 16e-4, 0.0169, 0.9816];
function toneCurve(matrix, encode, decode) {
  const tableScale = steps2 / range;
  const table = Uint8Array.from({ length: steps2 }, (_, k) =>
    Math.round(255 * Math.min(1, encode((k + 0.5) / tableScale))),
  );
  return { matrix, table, tableScale, encode, decode };
}
var agx;
function agxCurve() {
  agx ??= toneCurve(
    filmMatrix,
    (x) => {
      const y = x ** exponent;
      return (scale * y) / (y + shoulder);
    },
    (display) => {
      const y = Math.min(display / scale, 0.9);
      return ((shoulder * y) / (1 - y)) ** (1 / exponent);
    },
  );
  return agx;
}

// ../render/src/render-options.ts
var renderDefaults = {
  size: 224,
  background: [197, 197, 197],
  baseColor: [0.5, 0.5, 0.5],
  samples: 3,
  depth: false,
};
var renderOptionNames = {
  sun: 1,
  ambient: 1,
  size: 1,
  background: 1,
  samples: 1,
  depth: 1,
  out: 1,
};
function checkRenderOptions(caller, options) {
  const size = options.size ?? renderDefaults.size;
  checkInteger(caller, 'size', size, 1, 8192);
  checkInteger(caller, 'samples', options.samples ?? renderDefaults.samples, 1, 8);
  checkTriple(caller, 'background', options.background ?? renderDefaults.background, 0, 255);
  checkImageOut(caller, options.out, size);
}

// ../render/src/image/finish-image.ts
function finishImage(layers, size, curve, background, withDepth, out = new Uint8Array(3 * size * size)) {
  const pixels = size * size;
  const coverage = new Uint8Array(pixels);
  const depth = withDepth ? new Float32Array(pixels).fill(Number.POSITIVE_INFINITY) : void 0;
  const blend = layers.length === 1 && layers[0].opacity === 1 ? layers[0].layer : blendLayers(layers, pixels);
  const film = background.map((byte) => curve.decode(byte / 255));
  const missing = background.map((byte, c) => byte - 255 * curve.encode(film[c]));
  const { light, near: near2 } = blend;
  const { table, tableScale } = curve;
  const last = table.length - 1;
  const [back0, back1, back2] = background;
  const [film0, film1, film2] = film;
  const [missing0, missing1, missing2] = missing;
  for (let pixel = 0, k = 0, o = 0; pixel < pixels; pixel++, k += 4, o += 3) {
    const alpha2 = light[k + 3];
    if (alpha2 === 0) {
      out[o] = back0;
      out[o + 1] = back1;
      out[o + 2] = back2;
      continue;
    }
    coverage[pixel] = 255 * alpha2 + 0.5;
    const shows2 = 1 - alpha2;
    const r = (light[k] + shows2 * film0) * tableScale;
    const g = (light[k + 1] + shows2 * film1) * tableScale;
    const b = (light[k + 2] + shows2 * film2) * tableScale;
    out[o] = table[r > 0 ? (r < last ? r | 0 : last) : 0] + missing0 * shows2;
    out[o + 1] = table[g > 0 ? (g < last ? g | 0 : last) : 0] + missing1 * shows2;
    out[o + 2] = table[b > 0 ? (b < last ? b | 0 : last) : 0] + missing2 * shows2;
  }
  if (depth !== void 0) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      if (near2[pixel] > 0) depth[pixel] = 1 / near2[pixel];
    }
  }
  return { image: { width: size, height: size, data: out }, coverage, ...(depth === void 0 ? {} : { depth }) };
}
function blendLayers(layers, pixels) {
  const light = new Float32Array(4 * pixels);
  const near2 = new Float32Array(pixels);
  const order = layers.map((_, index) => index);
  for (let pixel = 0; pixel < pixels; pixel++) {
    order.sort((a, b) => layers[a].layer.near[pixel] - layers[b].layer.near[pixel] || a - b);
    for (const index of order) {
      const { layer, opacity } = layers[index];
      const through = 1 - layer.light[4 * pixel + 3] * opacity;
      for (let c = 4 * pixel; c < 4 * pixel + 4; c++) light[c] = light[c] * through + layer.light[c] * opacity;
      if (opacity > 0) near2[pixel] = Math.max(near2[pixel], layer.near[pixel]);
    }
  }
  return { light, near: near2 };
}

// ../render/src/image/shrink-image.ts
function shrinkImage(image, size) {
  checkRgbImage('shrinkImage', image);
  const { width, height, data } = image;
  if (width !== height) throw new Error(`shrinkImage: the image is not square; got ${width} \xD7 ${height}`);
  checkInteger('shrinkImage', 'size', size, 1, width);
  if (size === width) return { width, height, data: new Uint8Array(data) };
  const curve = agxCurve();
  const light = Float64Array.from({ length: 256 }, (_, byte) => curve.decode(byte / 255));
  const missing = light.map((value, byte) => byte - 255 * curve.encode(value));
  const lit = averaged(data, light, width, size);
  const added = averaged(data, missing, width, size);
  const shrunk = new Uint8Array(lit.length);
  for (let i = 0; i < shrunk.length; i++) {
    shrunk[i] = Math.round(Math.min(255, Math.max(0, 255 * curve.encode(lit[i]) + added[i])));
  }
  return { width: size, height: size, data: shrunk };
}
function averaged(data, value, width, size) {
  const rows = new Float64Array(size * width * 3);
  alongAxis(size, width, (to, from, share) => {
    for (let x = 0; x < 3 * width; x++) rows[to * 3 * width + x] += share * value[data[from * 3 * width + x]];
  });
  const means = new Float64Array(size * size * 3);
  alongAxis(size, width, (to, from, share) => {
    for (let y = 0; y < size; y++) {
      for (let c = 0; c < 3; c++) means[3 * (y * size + to) + c] += share * rows[3 * (y * width + from) + c];
    }
  });
  return means;
}
function alongAxis(size, width, add) {
  const scale2 = width / size;
  for (let to = 0; to < size; to++) {
    const [start, end] = [to * scale2, (to + 1) * scale2];
    for (let from = Math.floor(start); from < Math.min(width, Math.ceil(end)); from++) {
      const share = (Math.min(end, from + 1) - Math.max(start, from)) / scale2;
      if (share > 0) add(to, from, share);
    }
  }
}

// ../render/src/patterns/patterns.ts
var stripeCount = 8;
var third = (2 * Math.PI) / 3;
var plain = {
  name: 'plain',
  smooth: true,
  color(_u, _v, baseColor, _domain, out) {
    out[0] = baseColor[0];
    out[1] = baseColor[1];
    out[2] = baseColor[2];
  },
};
var hueWheel = {
  name: 'hue-wheel',
  smooth: true,
  color(u, _v, _baseColor, { uMin, uMax }, out) {
    const angle = (2 * Math.PI * (u - uMin)) / (uMax - uMin);
    const along2 = 0.42 * Math.cos(angle);
    const across = 0.42 * Math.sin(angle);
    out[0] = 0.5 + along2;
    out[1] = 0.5 + along2 * cosThird + across * sinThird;
    out[2] = 0.5 + along2 * cosThird - across * sinThird;
  },
};
var cosThird = Math.cos(third);
var sinThird = Math.sin(third);
var stripes = {
  name: 'stripes',
  color(u, _v, baseColor, domain, out) {
    lightOrDark(stripeAlongU(u, domain), baseColor, out);
  },
};
var checker = {
  name: 'checker',
  color(u, v, baseColor, domain, out) {
    lightOrDark(stripeAlongU(u, domain) + field(v, domain.vMin, domain.vMax), baseColor, out);
  },
};
var patterns = {
  plain,
  'hue-wheel': hueWheel,
  stripes,
  checker,
};
function stripeAlongU(u, { uMin, uMax }) {
  return field(u, uMin, uMax);
}
function field(at, min, max) {
  const share = ((at - min) / (max - min)) * stripeCount;
  return Math.min(Math.max(Math.floor(share), 0), stripeCount - 1);
}
function lightOrDark(index, baseColor, out) {
  const isLight = index % 2 === 0;
  for (let c = 0; c < 3; c++) out[c] = isLight ? 0.5 + 0.5 * baseColor[c] : 0.25 * baseColor[c];
}

// ../render/src/patterns/pattern-by-name.ts
var patternNames = Object.keys(patterns);
function patternByName(name) {
  if (!Object.hasOwn(patterns, name)) {
    throw new Error(`patternByName: unknown pattern; expected one of ${patternNames.join(', ')}, got "${name}"`);
  }
  return patterns[name];
}

// ../render/src/render-meshes.ts
// ../render/src/light/light.ts
import { checkOptions as checkOptions4, checkOptions as checkOptions5 } from '@kanrecon/geometry';

// ../render/src/light/lighting.ts
var sunLength = Math.hypot(-51e-4, 57e-4, 1);
var sunDirection = [-51e-4 / sunLength, 57e-4 / sunLength, 1 / sunLength];
var ambient = 0.1987;
var sunDiffuse = 1 / Math.PI;
var alpha = 0.25;
var f0 = 0.04;
var environmentSteps = 256;
var calibration = 1.2;
var environmentTable = Float64Array.from({ length: environmentSteps }, (_, k) =>
  environment((k + 0.5) / environmentSteps),
);
function environment(cosine) {
  const sine = Math.sqrt(1 - cosine * cosine);
  const polar = 24;
  const around = 24;
  const a2 = alpha * alpha;
  let sum = 0;
  for (let i = 0; i < polar; i++) {
    const share = (i + 0.5) / polar;
    const hz = Math.sqrt((1 - share) / (1 + (a2 - 1) * share));
    const hr = Math.sqrt(1 - hz * hz);
    for (let j = 0; j < around; j++) {
      const hx = hr * Math.cos(((j + 0.5) * Math.PI) / around);
      const vh = sine * hx + cosine * hz;
      const lz = 2 * vh * hz - cosine;
      if (vh <= 0 || lz <= 0) continue;
      const fresnel = f0 + (1 - f0) * (1 - vh) ** 5;
      const smith =
        (2 * lz * cosine) /
        (cosine * Math.sqrt(a2 + (1 - a2) * lz * lz) + lz * Math.sqrt(a2 + (1 - a2) * cosine * cosine));
      sum += (fresnel * smith * vh) / (cosine * hz);
    }
  }
  return (calibration * sum) / (polar * around);
}

// ../render/src/light/light.ts
function resolveLight(caller, { sun, ambient: ambient2 = ambient }) {
  if (!(ambient2 >= 0) || !Number.isFinite(ambient2)) {
    throw new Error(`${caller}: ambient must be a number \u2265 0, got ${ambient2}`);
  }
  if (sun === void 0) return { direction: sunDirection, strength: 1, ambient: ambient2 };
  checkOptions4(`${caller}: sun`, sun, { direction: 1, strength: 1 });
  const { direction, strength = 1 } = sun;
  checkTriple(caller, 'sun.direction', direction);
  const length = Math.hypot(...direction);
  if (!(length > 0))
    throw new Error(`${caller}: sun.direction has no direction; expected a vector to the sun, got 0, 0, 0`);
  if (!(strength >= 0) || !Number.isFinite(strength)) {
    throw new Error(`${caller}: sun.strength must be a number \u2265 0, got ${strength}`);
  }
  return {
    direction: [direction[0] / length, direction[1] / length, direction[2] / length],
    strength,
    ambient: ambient2,
  };
}
function isOverhead({ direction }) {
  return direction[2] > Math.cos(Math.PI / 360);
}

// ../render/src/light/sun-frame.ts
var nearlyVertical = 0.999;
function sunFrame([x, y, z]) {
  if (z > nearlyVertical) {
    const shearX = x / z;
    const shearY = y / z;
    return {
      toSun: Float64Array.of(1, 0, -shearX, 0, 1, -shearY, 0, 0, 1),
      fromSun: Float64Array.of(1, 0, shearX, 0, 1, shearY, 0, 0, 1),
    };
  }
  const least2 = Math.min(Math.abs(x), Math.abs(y), Math.abs(z));
  const [hx, hy, hz] = Math.abs(z) === least2 ? [0, 0, 1] : Math.abs(x) === least2 ? [1, 0, 0] : [0, 1, 0];
  let ax = hy * z - hz * y;
  let ay = hz * x - hx * z;
  let az = hx * y - hy * x;
  const length = Math.hypot(ax, ay, az);
  ax /= length;
  ay /= length;
  az /= length;
  const [bx, by, bz] = [y * az - z * ay, z * ax - x * az, x * ay - y * ax];
  return {
    toSun: Float64Array.of(ax, ay, az, bx, by, bz, x, y, z),
    fromSun: Float64Array.of(ax, bx, x, ay, by, y, az, bz, z),
  };
}

// ../render/src/raster/clip-near.ts
function clipNear(mesh, depth, nearest) {
  const positions = Array.from(mesh.positions);
  const normals = Array.from(mesh.normals);
  const film = mesh.film === void 0 ? void 0 : Array.from(mesh.film);
  const coordinates = mesh.coordinates === void 0 ? void 0 : Array.from(mesh.coordinates);
  const attributes = [
    [positions, 3],
    [normals, 3],
  ];
  if (film !== void 0) attributes.push([film, 3]);
  if (coordinates !== void 0) attributes.push([coordinates, 2]);
  const indices = [];
  const polygon = [];
  for (let k = 0; k + 2 < mesh.indices.length; k += 3) {
    polygon.length = 0;
    for (let side = 0; side < 3; side++) {
      const from = mesh.indices[k + side];
      const to = mesh.indices[k + ((side + 1) % 3)];
      const fromInside = depth[from] >= nearest;
      if (fromInside) polygon.push(from);
      if (fromInside !== depth[to] >= nearest) {
        const share = (nearest - depth[from]) / (depth[to] - depth[from]);
        polygon.push(positions.length / 3);
        for (const [list, size] of attributes) {
          for (let c = 0; c < size; c++) {
            list.push(list[size * from + c] + share * (list[size * to + c] - list[size * from + c]));
          }
        }
      }
    }
    for (let corner = 2; corner < polygon.length; corner++) {
      indices.push(polygon[0], polygon[corner - 1], polygon[corner]);
    }
  }
  return {
    positions: Float64Array.from(positions),
    normals: Float64Array.from(normals),
    ...(film && { film: Float32Array.from(film) }),
    ...(coordinates && { coordinates: Float64Array.from(coordinates) }),
    indices: Uint32Array.from(indices),
  };
}

// ../render/src/raster/projected-mesh.ts
var vertexStride = 6;

// ../render/src/raster/project-mesh.ts
var nearestShare = 1e-4;
function projectMesh(mesh, camera, samples, scratch) {
  const { rotation: r, location, tanHalfFov } = camera;
  let { positions, normals, film, coordinates, indices } = mesh;
  let count = positions.length / 3;
  let depth = depths(positions);
  let least2 = Number.POSITIVE_INFINITY;
  let greatest2 = 0;
  for (let k = 0; k < count; k++) {
    least2 = Math.min(least2, depth[k]);
    greatest2 = Math.max(greatest2, depth[k]);
  }
  const nearest = nearestShare * greatest2;
  if (!(least2 >= nearest) || greatest2 === 0) {
    ({ positions, normals, film, coordinates, indices } = clipNear(mesh, depth, Math.max(nearest, 1e-12)));
    count = positions.length / 3;
    depth = depths(positions);
  }
  const vertices = scratch.float64('vertices', vertexStride * count);
  const half = samples / 2;
  const focal = half / tanHalfFov;
  for (let k = 0; k < count; k++) {
    const dx = positions[3 * k] - location[0];
    const dy = positions[3 * k + 1] - location[1];
    const dz = positions[3 * k + 2] - location[2];
    const inverse = 1 / depth[k];
    const at = vertexStride * k;
    vertices[at] = half + focal * (r[0] * dx + r[3] * dy + r[6] * dz) * inverse;
    vertices[at + 1] = half - focal * (r[1] * dx + r[4] * dy + r[7] * dz) * inverse;
    vertices[at + 2] = inverse;
    vertices[at + 3] = normals[3 * k];
    vertices[at + 4] = normals[3 * k + 1];
    vertices[at + 5] = normals[3 * k + 2];
  }
  return {
    vertices,
    vertexCount: count,
    indices,
    indexCount: indices.length,
    ...(film && { film }),
    ...(coordinates && { coordinates }),
  };
  function depths(points2) {
    const out = scratch.float64('depth', points2.length / 3);
    for (let k = 0; k < points2.length / 3; k++) {
      out[k] = -(
        r[2] * (points2[3 * k] - location[0]) +
        r[5] * (points2[3 * k + 1] - location[1]) +
        r[8] * (points2[3 * k + 2] - location[2])
      );
    }
    return out;
  }
}

// ../render/src/raster/average-color.ts
var sameColor = 1e-3;
function averageColor(buffer, shader, left, top2, samples) {
  const { columns, tag, sampleAt } = buffer;
  let red = 0;
  let green = 0;
  let blue = 0;
  let count = 0;
  for (const step2 of samples > 2 ? [samples - 1, 1] : [1]) {
    red = 0;
    green = 0;
    blue = 0;
    count = 0;
    let least2 = Number.POSITIVE_INFINITY;
    let greatest2 = Number.NEGATIVE_INFINITY;
    for (let row = top2; row < top2 + samples; row += step2) {
      for (let x = left; x < left + samples; x += step2) {
        const mark = tag[row * columns + x];
        if (mark < 0) continue;
        const color = shader.colorAt(x + sampleAt[row], row + 0.5, mark);
        red += color[0];
        green += color[1];
        blue += color[2];
        const one = color[0] + 2 * color[1] + 4 * color[2];
        least2 = Math.min(least2, one);
        greatest2 = Math.max(greatest2, one);
        count++;
      }
    }
    if (count === 4 && greatest2 - least2 < sameColor) break;
  }
  shader.setColor(red / count, green / count, blue / count);
  return true;
}

// ../render/src/raster/rasterize.ts
var frontTag = 1;
var litTag = 2;
function visibilityBuffer(name, columns, rows, scratch) {
  return {
    columns,
    rows,
    sampleAt: scratch.float64(`${name}SampleAt`, rows).fill(0.5, 0, rows),
    near: scratch.float32(`${name}Near`, columns * rows).fill(0, 0, columns * rows),
    tag: scratch.int32(`${name}Tag`, columns * rows).fill(-1, 0, columns * rows),
    rowStart: scratch.int32(`${name}RowStart`, rows).fill(columns, 0, rows),
    rowEnd: scratch.int32(`${name}RowEnd`, rows).fill(0, 0, rows),
  };
}
function rasterize(buffer, vertices, stride, indices, indexCount, lit) {
  const { columns, rows, sampleAt, tag, rowStart, rowEnd } = buffer;
  const nearest = buffer.near;
  for (let t = 0, k = 0; k < indexCount; t++, k += 3) {
    const i0 = indices[k] * stride;
    const i1 = indices[k + 1] * stride;
    const i2 = indices[k + 2] * stride;
    let xa = vertices[i0];
    let ya = vertices[i0 + 1];
    let xb = vertices[i1];
    let yb = vertices[i1 + 1];
    let xc = vertices[i2];
    let yc = vertices[i2 + 1];
    const area = (xb - xa) * (yc - ya) - (xc - xa) * (yb - ya);
    if (!(Math.abs(area) > 1e-12)) continue;
    const n0 = vertices[i0 + 2];
    const dn1 = vertices[i1 + 2] - n0;
    const dn2 = vertices[i2 + 2] - n0;
    const alongX = (dn1 * (yc - ya) - dn2 * (yb - ya)) / area;
    const alongY = ((xb - xa) * dn2 - (xc - xa) * dn1) / area;
    const origin = n0 - xa * alongX - ya * alongY;
    let swap;
    if (yb < ya) {
      swap = xa;
      xa = xb;
      xb = swap;
      swap = ya;
      ya = yb;
      yb = swap;
    }
    if (yc < yb) {
      swap = xb;
      xb = xc;
      xc = swap;
      swap = yb;
      yb = yc;
      yc = swap;
      if (yb < ya) {
        swap = xa;
        xa = xb;
        xb = swap;
        swap = ya;
        ya = yb;
        yb = swap;
      }
    }
    const first = ya > 0.5 ? Math.ceil(Math.min(ya - 0.5, rows)) | 0 : 0;
    const end = yc < rows - 0.5 ? Math.ceil(Math.max(yc - 0.5, 0)) | 0 : rows;
    if (first >= end) continue;
    const mark = (t << 2) | (lit === void 0 || lit[t] === 1 ? litTag : 0) | (area < 0 ? frontTag : 0);
    const slopeAC = (xc - xa) / (yc - ya);
    const slopeAB = (xb - xa) / (yb - ya);
    const slopeBC = (xc - xb) / (yc - yb);
    const bIsRight = xb > xa + (yb - ya) * slopeAC;
    for (let row = first; row < end; row++) {
      const center = row + 0.5;
      const long = xa + (center - ya) * slopeAC;
      const short = center < yb ? xa + (center - ya) * slopeAB : xb + (center - yb) * slopeBC;
      const at = sampleAt[row];
      const left = (bIsRight ? long : short) - at;
      const right = (bIsRight ? short : long) - at;
      const from = left > 0 ? Math.ceil(Math.min(left, columns)) | 0 : 0;
      const to = right < columns ? Math.ceil(Math.max(right, 0)) | 0 : columns;
      if (from >= to) continue;
      if (from < rowStart[row]) rowStart[row] = from;
      if (to > rowEnd[row]) rowEnd[row] = to;
      let value = origin + center * alongY + (from + at) * alongX;
      const start = row * columns;
      for (let sample = start + from, last = start + to; sample < last; sample++) {
        if (value > nearest[sample]) {
          nearest[sample] = value;
          tag[sample] = mark;
        }
        value += alongX;
      }
    }
  }
}

// ../render/src/raster/shadow-map.ts
var margin = 2;
function shadowMapSize(size) {
  return Math.min(Math.max(2 * size, 128), 2048);
}
function shadowMap(mesh, frame, texels, scratch) {
  const { positions, vertexCount, indices, indexCount } = mesh;
  const vertices = scratch.float64('sunVertices', 3 * vertexCount);
  const m = frame.toSun;
  let minX = Number.POSITIVE_INFINITY;
  let minY = minX;
  let minZ = minX;
  let maxX = Number.NEGATIVE_INFINITY;
  let maxY = maxX;
  for (let k = 0; k < 3 * vertexCount; k += 3) {
    const px = positions[k];
    const py = positions[k + 1];
    const pz = positions[k + 2];
    const x = m[0] * px + m[1] * py + m[2] * pz;
    const y = m[3] * px + m[4] * py + m[5] * pz;
    const z = m[6] * px + m[7] * py + m[8] * pz;
    vertices[k] = x;
    vertices[k + 1] = y;
    vertices[k + 2] = z;
    minX = Math.min(minX, x);
    maxX = Math.max(maxX, x);
    minY = Math.min(minY, y);
    maxY = Math.max(maxY, y);
    minZ = Math.min(minZ, z);
  }
  const extent2 = Math.max(maxX - minX, maxY - minY) || 1;
  const size = texels(extent2);
  const scale2 = (size - 2 * margin) / extent2;
  const originX = minX - margin / scale2;
  const originY = minY - margin / scale2;
  const lift = 1 - minZ;
  for (let k = 0; k < 3 * vertexCount; k += 3) {
    vertices[k] = (vertices[k] - originX) * scale2;
    vertices[k + 1] = (vertices[k + 1] - originY) * scale2;
    vertices[k + 2] += lift;
  }
  const buffer = visibilityBuffer('sun', size, size, scratch);
  rasterize(buffer, vertices, 3, indices, indexCount);
  return { frame, size, height: buffer.near, originX, originY, scale: scale2, lift };
}
function sunVisibility(map, x, y, z, nx, ny, nz) {
  const { size, height, scale: scale2 } = map;
  const { toSun: m, fromSun: w } = map.frame;
  const u = (m[0] * x + m[1] * y + m[2] * z - map.originX) * scale2 - 0.5;
  const v = (m[3] * x + m[4] * y + m[5] * z - map.originY) * scale2 - 0.5;
  const column = Math.floor(u);
  const row = Math.floor(v);
  if (!(column >= 0 && row >= 0 && column + 1 < size && row + 1 < size)) return 1;
  const fu = u - column;
  const fv = v - row;
  const slope = 1 / (Math.max(nx * w[2] + ny * w[5] + nz * w[8], 0.05) * scale2);
  const du = -(nx * w[0] + ny * w[3] + nz * w[6]) * slope;
  const dv = -(nx * w[1] + ny * w[4] + nz * w[7]) * slope;
  const own = m[6] * x + m[7] * y + m[8] * z + map.lift + 0.7 / scale2 + 0.25 * (Math.abs(du) + Math.abs(dv));
  const k = row * size + column;
  const h00 = height[k] <= own - du * fu - dv * fv ? 1 : 0;
  const h10 = height[k + 1] <= own + du * (1 - fu) - dv * fv ? 1 : 0;
  const h01 = height[k + size] <= own - du * fu + dv * (1 - fv) ? 1 : 0;
  const h11 = height[k + size + 1] <= own + du * (1 - fu) + dv * (1 - fv) ? 1 : 0;
  return (h00 * (1 - fu) + h10 * fu) * (1 - fv) + (h01 * (1 - fu) + h11 * fu) * fv;
}

// ../render/src/raster/point-shader.ts
var width2 = alpha * alpha;
var PointShader = class {
  constructor(mesh, camera, samples, style) {
    this.mesh = mesh;
    this.camera = camera;
    /** Film light of the point shaded last: red, green, blue. */
    this.out = new Float64Array(3);
    this.painted = new Float64Array(3);
    this.hasEdges = mesh.paint !== void 0 && !mesh.paint.smooth;
    this.film = Float64Array.from(style.film);
    this.white = Float64Array.from(style.white);
    this.unlit = style.unlit;
    this.matrix = style.matrix;
    [this.lx, this.ly, this.lz] = style.light.direction;
    this.strength = style.light.strength;
    this.ambient = style.light.ambient;
    const { rotation: r, tanHalfFov: t } = camera;
    const step2 = (2 * t) / samples;
    this.rightX = r[0] * step2;
    this.rightY = r[3] * step2;
    this.rightZ = r[6] * step2;
    this.downX = -r[1] * step2;
    this.downY = -r[4] * step2;
    this.downZ = -r[7] * step2;
    this.originX = -r[0] * t + r[1] * t - r[2];
    this.originY = -r[3] * t + r[4] * t - r[5];
    this.originZ = -r[6] * t + r[7] * t - r[8];
  }
  /**
   * Shades the point of a triangle at (x, y) in samples.
   *
   * @param tag the triangle's, from the visibility buffer
   * @param visible share of the sun that reaches the point, before the shadow map is asked
   * @param near 1/depth there
   * @param colored whether the base colour has been set by {@link setColor}; else it is looked up at the point
   */
  shade(x, y, tag, visible, near2, colored = false) {
    const { mesh, out, lx, ly, lz, ambient: ambient2 } = this;
    const { indices, vertices, film } = mesh;
    const corner = 3 * (tag >> 2);
    const i0 = indices[corner];
    const i1 = indices[corner + 1];
    const i2 = indices[corner + 2];
    const a0 = i0 * vertexStride;
    const a1 = i1 * vertexStride;
    const a2 = i2 * vertexStride;
    const x0 = vertices[a0] - x;
    const y0 = vertices[a0 + 1] - y;
    const x1 = vertices[a1] - x;
    const y1 = vertices[a1 + 1] - y;
    const x2 = vertices[a2] - x;
    const y2 = vertices[a2 + 1] - y;
    const sign = (tag & frontTag) !== 0 ? -1 : 1;
    const w0 = sign * (x1 * y2 - x2 * y1) * vertices[a0 + 2];
    const w1 = sign * (x2 * y0 - x0 * y2) * vertices[a1 + 2];
    const w2 = sign * (x0 * y1 - x1 * y0) * vertices[a2 + 2];
    let red = this.film[0];
    let green = this.film[1];
    let blue = this.film[2];
    if (film !== void 0) {
      const inverse = 1 / (w0 + w1 + w2);
      red = (w0 * film[3 * i0] + w1 * film[3 * i1] + w2 * film[3 * i2]) * inverse;
      green = (w0 * film[3 * i0 + 1] + w1 * film[3 * i1 + 1] + w2 * film[3 * i2 + 1]) * inverse;
      blue = (w0 * film[3 * i0 + 2] + w1 * film[3 * i1 + 2] + w2 * film[3 * i2 + 2]) * inverse;
    } else if (mesh.paint !== void 0) {
      if (!colored) this.lookUp(i0, i1, i2, w0, w1, w2);
      const { painted, matrix: m } = this;
      red = m[0] * painted[0] + m[1] * painted[1] + m[2] * painted[2];
      green = m[3] * painted[0] + m[4] * painted[1] + m[5] * painted[2];
      blue = m[6] * painted[0] + m[7] * painted[1] + m[8] * painted[2];
    }
    if (this.unlit) {
      out[0] = red;
      out[1] = green;
      out[2] = blue;
      return;
    }
    let nx = w0 * vertices[a0 + 3] + w1 * vertices[a1 + 3] + w2 * vertices[a2 + 3];
    let ny = w0 * vertices[a0 + 4] + w1 * vertices[a1 + 4] + w2 * vertices[a2 + 4];
    let nz = w0 * vertices[a0 + 5] + w1 * vertices[a1 + 5] + w2 * vertices[a2 + 5];
    const lengthSquared = nx * nx + ny * ny + nz * nz;
    const scale2 = lengthSquared > 0 ? -sign / Math.sqrt(lengthSquared) : 0;
    nx *= scale2;
    ny *= scale2;
    nz *= scale2;
    const dx = this.originX + x * this.rightX + y * this.downX;
    const dy = this.originY + x * this.rightY + y * this.downY;
    const dz = this.originZ + x * this.rightZ + y * this.downZ;
    const toViewer = -1 / Math.sqrt(dx * dx + dy * dy + dz * dz);
    const vx = dx * toViewer;
    const vy = dy * toViewer;
    const vz = dz * toViewer;
    const ndv = Math.min(Math.max(nx * vx + ny * vy + nz * vz, 1e-3), 1);
    const ndl = nx * lx + ny * ly + nz * lz;
    const mirrored = environmentTable[(ndv * 255.999) | 0];
    let diffuse = ambient2;
    let mirror = mirrored * ambient2;
    if (ndl > 0 && visible > 0) {
      const { shadow } = mesh;
      if (shadow !== void 0) {
        const depth = 1 / near2;
        const [cx, cy, cz] = this.camera.location;
        visible *= sunVisibility(shadow, cx + dx * depth, cy + dy * depth, cz + dz * depth, nx, ny, nz);
      }
      visible *= this.strength;
      diffuse += sunDiffuse * ndl * visible;
      const halfLength = Math.sqrt(Math.max(2 + 2 * (lx * vx + ly * vy + lz * vz), 1e-12));
      const ndh = (ndl + nx * vx + ny * vy + nz * vz) / halfLength;
      const spread = ndh * ndh * (width2 - 1) + 1;
      const miss = 1 - halfLength / 2;
      const miss2 = miss * miss;
      const fresnel = f0 + (1 - f0) * miss2 * miss2 * miss;
      const smith =
        ndv * Math.sqrt(width2 + (1 - width2) * ndl * ndl) + ndl * Math.sqrt(width2 + (1 - width2) * ndv * ndv);
      mirror += (visible * fresnel * width2 * ndl) / (Math.PI * spread * spread * 2 * smith);
    }
    diffuse *= 1 - mirrored;
    const { white } = this;
    out[0] = red * diffuse + mirror * white[0];
    out[1] = green * diffuse + mirror * white[1];
    out[2] = blue * diffuse + mirror * white[2];
  }
  /** Sets the base colour for the next `shade(…, true)`: linear RGB. */
  setColor(red, green, blue) {
    this.painted[0] = red;
    this.painted[1] = green;
    this.painted[2] = blue;
  }
  /** The paint's colour, linear RGB, at the point of a triangle at (x, y) in samples. */
  colorAt(x, y, tag) {
    const { indices, vertices } = this.mesh;
    const corner = 3 * (tag >> 2);
    const a0 = indices[corner] * vertexStride;
    const a1 = indices[corner + 1] * vertexStride;
    const a2 = indices[corner + 2] * vertexStride;
    const x0 = vertices[a0] - x;
    const y0 = vertices[a0 + 1] - y;
    const x1 = vertices[a1] - x;
    const y1 = vertices[a1 + 1] - y;
    const x2 = vertices[a2] - x;
    const y2 = vertices[a2 + 1] - y;
    const w0 = (x1 * y2 - x2 * y1) * vertices[a0 + 2];
    const w1 = (x2 * y0 - x0 * y2) * vertices[a1 + 2];
    const w2 = (x0 * y1 - x1 * y0) * vertices[a2 + 2];
    this.lookUp(indices[corner], indices[corner + 1], indices[corner + 2], w0, w1, w2);
    return this.painted;
  }
  lookUp(i0, i1, i2, w0, w1, w2) {
    const { paint, coordinates: at } = this.mesh;
    const inverse = 1 / (w0 + w1 + w2);
    const u = (w0 * at[2 * i0] + w1 * at[2 * i1] + w2 * at[2 * i2]) * inverse;
    const v = (w0 * at[2 * i0 + 1] + w1 * at[2 * i1 + 1] + w2 * at[2 * i2 + 1]) * inverse;
    paint.color(u, v, this.painted);
  }
};

// ../render/src/raster/shade-layer.ts
var sameSurface = 6;
function shadeLayer(mesh, camera, size, samples, style, layer, scratch) {
  const columns = size * samples;
  const buffer = visibilityBuffer('camera', columns, columns, scratch);
  for (let row = 0; row < columns; row++) buffer.sampleAt[row] = ((row % samples) + 0.5) / samples;
  rasterize(buffer, mesh.vertices, vertexStride, mesh.indices, mesh.indexCount, mesh.lit);
  layer.light.fill(0, 0, 4 * size * size);
  layer.near.fill(0, 0, size * size);
  const shader = new PointShader(mesh, camera, columns, style);
  const spread = (sameSurface * 2 * camera.tanHalfFov) / size;
  for (let py = 0; py < size; py++) {
    let start = columns;
    let end = 0;
    for (let row = py * samples; row < (py + 1) * samples; row++) {
      start = Math.min(start, buffer.rowStart[row]);
      end = Math.max(end, buffer.rowEnd[row]);
    }
    if (start < end) {
      shadeRow(buffer, shader, size, samples, py, (start / samples) | 0, Math.ceil(end / samples), spread, layer);
    }
  }
}
function shadeRow(buffer, shader, size, samples, py, pxStart, pxEnd, spread, layer) {
  const { columns, near: near2, tag, sampleAt } = buffer;
  const averaged2 = shader.hasEdges;
  const { light } = layer;
  const { out } = shader;
  const area = samples * samples;
  const share = 1 / area;
  const middle = (samples / 2) | 0;
  const top2 = py * samples;
  for (let px = pxStart; px < pxEnd; px++) {
    const left = px * samples;
    const corner = top2 * columns + left;
    let tally = 0;
    let sign = 0;
    for (let row = corner, end = corner + samples * columns; row < end; row += columns) {
      for (let k = row; k < row + samples; k++) {
        const t = tag[k];
        sign |= t;
        tally += (t & 1) | ((t & 2) << 15);
      }
    }
    let covered = area;
    let first = corner;
    let nearest;
    let farthest2;
    if (sign >= 0) {
      const n0 = near2[corner];
      const n1 = near2[corner + samples - 1];
      const n2 = near2[corner + (samples - 1) * columns];
      const n3 = near2[corner + (samples - 1) * (columns + 1)];
      nearest = Math.max(n0, n1, n2, n3);
      farthest2 = Math.min(n0, n1, n2, n3);
    } else {
      covered = 0;
      tally = 0;
      nearest = 0;
      farthest2 = Number.POSITIVE_INFINITY;
      for (let row = corner, end = corner + samples * columns; row < end; row += columns) {
        for (let k = row; k < row + samples; k++) {
          const t = tag[k];
          if (t < 0) continue;
          if (covered++ === 0) first = k;
          tally += (t & 1) | ((t & 2) << 15);
          const n = near2[k];
          nearest = Math.max(nearest, n);
          farthest2 = Math.min(farthest2, n);
        }
      }
      if (covered === 0) continue;
    }
    const front = tally & 65535;
    const pixel = py * size + px;
    let r = 0;
    let g = 0;
    let b = 0;
    let seen = nearest;
    if ((front === 0 || front === covered) && nearest - farthest2 <= spread * nearest) {
      let k = corner + middle * columns + middle;
      let x = left + middle;
      let row = top2 + middle;
      if (tag[k] < 0) {
        k = first;
        row = (k / columns) | 0;
        x = k - row * columns;
      }
      seen = near2[k];
      const colored = averaged2 && averageColor(buffer, shader, left, top2, samples);
      shader.shade(x + sampleAt[row], row + 0.5, tag[k], (tally >> 16) / covered, seen, colored);
      r = out[0] * covered;
      g = out[1] * covered;
      b = out[2] * covered;
    } else {
      for (let row = top2; row < top2 + samples; row++) {
        for (let x = left; x < left + samples; x++) {
          const k = row * columns + x;
          if (tag[k] < 0) continue;
          shader.shade(x + sampleAt[row], row + 0.5, tag[k], (tag[k] & 2) >> 1, near2[k]);
          r += out[0];
          g += out[1];
          b += out[2];
        }
      }
    }
    layer.near[pixel] = seen;
    light[4 * pixel] = r * share;
    light[4 * pixel + 1] = g * share;
    light[4 * pixel + 2] = b * share;
    light[4 * pixel + 3] = covered * share;
  }
}

// ../render/src/scratch.ts
var Scratch = class {
  constructor() {
    this.buffers = /* @__PURE__ */ new Map();
  }
  /** A Float64Array of at least `length` numbers. */
  float64(name, length) {
    return this.get(name, length, Float64Array);
  }
  /** A Float32Array of at least `length` numbers. */
  float32(name, length) {
    return this.get(name, length, Float32Array);
  }
  /** An Int32Array of at least `length` numbers. */
  int32(name, length) {
    return this.get(name, length, Int32Array);
  }
  /** A Uint32Array of at least `length` numbers. */
  uint32(name, length) {
    return this.get(name, length, Uint32Array);
  }
  /** A Uint8Array of at least `length` numbers. */
  uint8(name, length) {
    return this.get(name, length, Uint8Array);
  }
  get(name, length, type) {
    const old = this.buffers.get(name);
    if (old !== void 0 && old.length >= length) return old;
    const made = new type(Math.ceil(length * 1.25));
    this.buffers.set(name, made);
    return made;
  }
};
var idle = [];
function withScratch(work) {
  const scratch = idle.pop() ?? new Scratch();
  try {
    return work(scratch);
  } finally {
    idle.push(scratch);
  }
}

// ../render/src/render-meshes.ts
var renderMeshesNames = {
  ...renderOptionNames,
  camera: 1,
  unlit: 1,
  shadows: 1,
};
function scratchLayer(scratch, size, index) {
  return {
    light: scratch.float32(`light${index}`, 4 * size * size),
    near: scratch.float32(`near${index}`, size * size),
  };
}
function colorStyle(baseColor, light, curve) {
  const film = filmColors(baseColor, curve);
  return { film, white: filmColors([1, 1, 1], curve), unlit: false, light, matrix: curve.matrix };
}
function filmColors(colors, { matrix: m }) {
  const out = new Float32Array(colors.length);
  for (let k = 0; k < colors.length; k += 3) {
    const [r, g, b] = [colors[k], colors[k + 1], colors[k + 2]];
    out[k] = m[0] * r + m[1] * g + m[2] * b;
    out[k + 1] = m[3] * r + m[4] * g + m[5] * b;
    out[k + 2] = m[6] * r + m[7] * g + m[8] * b;
  }
  return out;
}

// ../render/src/render-surface.ts
// ../render/src/grid/grid-points.ts
import { checkOptions as checkOptions6, parameterVector, surfaceNormal, surfacePointError } from '@kanrecon/geometry';

var greatest = (2 - 2 ** -23) * 2 ** 127;
function gridPoints(surface, us, vs, parameters, positions, normals, offset) {
  if (surface.grid !== void 0) {
    const count = 3 * us.length * vs.length;
    const part = (array) => array.subarray(offset, offset + count);
    surface.grid(us, vs, parameters, part(positions), normals && part(normals));
    checkFinite();
    return;
  }
  for (let i = 0, at = offset; i < us.length; i++) {
    for (let j = 0; j < vs.length; j++, at += 3) {
      surface.position(us[i], vs[j], parameters, positions, at);
      if (normals !== void 0) surfaceNormal(surface, us[i], vs[j], parameters, normals, at);
    }
  }
  checkFinite();
  function checkFinite() {
    for (let i = 0, at = offset; i < us.length; i++) {
      for (let j = 0; j < vs.length; j++, at += 3) {
        const most = Math.max(Math.abs(positions[at]), Math.abs(positions[at + 1]), Math.abs(positions[at + 2]));
        if (most <= greatest) continue;
        const point = positions.subarray(at, at + 3);
        throw surfacePointError('renderSurface', surface, us[i], vs[j], parameters, point);
      }
    }
  }
}

// ../render/src/grid/probe-surface.ts
var probeSteps = 32;
function probeSurface(surface, parameters, { uMin, uMax, vMin, vMax }, scratch) {
  const { parts = 1 } = surface;
  const probes2 = scratch.float64('probes', 3 * parts * (probeSteps + 1) ** 2);
  const width = (uMax - uMin) / parts;
  const us = new Float64Array(probeSteps + 1);
  const vs = new Float64Array(probeSteps + 1);
  for (let k = 0; k <= probeSteps; k++) vs[k] = vMin + ((vMax - vMin) * k) / probeSteps;
  for (let part = 0; part < parts; part++) {
    for (let k = 0; k <= probeSteps; k++) us[k] = uMin + part * width + (width * k) / probeSteps;
    if (surface.closedU) us[probeSteps] = us[0];
    gridPoints(surface, us, vs, parameters, probes2, void 0, 3 * part * us.length * vs.length);
  }
  return probes2;
}

// ../render/src/grid/choose-grid.ts
var tolerancePixels = 0.15;
var turn = (14 * Math.PI) / 180;
var leastSteps = 6;
var mostSteps2 = 512;
var longest = 3;
function chooseGrid(surface, domain, probes2, { pixel, painted, uSteps, vSteps }, scratch) {
  const { parts = 1, closedU, closedV } = surface;
  const { uMin, uMax, vMin, vMax } = domain;
  const row = probeSteps + 1;
  const alongU = scratch.float64('densityU', row).fill(0, 0, row);
  const alongV = scratch.float64('densityV', row).fill(0, 0, row);
  const slack = painted ? 3 : 12;
  const chord = Math.sqrt(1 / (8 * tolerancePixels * pixel));
  const density = (curving, whole, speed) => {
    const bend = Math.max(Math.abs(curving), whole / slack);
    return Math.min(
      Math.max(chord * Math.sqrt(bend), speed > 0 ? Math.abs(curving) / (speed * turn) : 0),
      speed / pixel,
    );
  };
  for (let part = 0; part < parts; part++) {
    for (let i = 0; i < row; i++) {
      const [before, here, after] = neighbours(i, closedU);
      for (let j = 0; j < row; j++) {
        const [below, middle, above] = neighbours(j, closedV);
        const at = (a, b) => 3 * ((part * row + a) * row + b);
        const c = at(here, middle);
        const [w, e, s, n] = [at(before, middle), at(after, middle), at(here, below), at(here, above)];
        const scale2 = probeSteps / 2;
        const tux = (probes2[e] - probes2[w]) * scale2;
        const tuy = (probes2[e + 1] - probes2[w + 1]) * scale2;
        const tuz = (probes2[e + 2] - probes2[w + 2]) * scale2;
        const tvx = (probes2[n] - probes2[s]) * scale2;
        const tvy = (probes2[n + 1] - probes2[s + 1]) * scale2;
        const tvz = (probes2[n + 2] - probes2[s + 2]) * scale2;
        const nx = tuy * tvz - tuz * tvy;
        const ny = tuz * tvx - tux * tvz;
        const nz = tux * tvy - tuy * tvx;
        const length = Math.sqrt(nx * nx + ny * ny + nz * nz);
        const speedU = Math.sqrt(tux * tux + tuy * tuy + tuz * tuz);
        const speedV = Math.sqrt(tvx * tvx + tvy * tvy + tvz * tvz);
        if (!(length > 1e-9 * (speedU * speedU + speedV * speedV))) continue;
        const square = probeSteps * probeSteps;
        const uux = (probes2[e] + probes2[w] - 2 * probes2[c]) * square;
        const uuy = (probes2[e + 1] + probes2[w + 1] - 2 * probes2[c + 1]) * square;
        const uuz = (probes2[e + 2] + probes2[w + 2] - 2 * probes2[c + 2]) * square;
        const vvx = (probes2[n] + probes2[s] - 2 * probes2[c]) * square;
        const vvy = (probes2[n + 1] + probes2[s + 1] - 2 * probes2[c + 1]) * square;
        const vvz = (probes2[n + 2] + probes2[s + 2] - 2 * probes2[c + 2]) * square;
        const bendU = (uux * nx + uuy * ny + uuz * nz) / length;
        const bendV = (vvx * nx + vvy * ny + vvz * nz) / length;
        const wholeU = Math.sqrt(uux * uux + uuy * uuy + uuz * uuz);
        const wholeV = Math.sqrt(vvx * vvx + vvy * vvy + vvz * vvz);
        alongU[i] = Math.max(alongU[i], density(bendU, wholeU, speedU));
        alongV[j] = Math.max(alongV[j], density(bendV, wholeV, speedV));
      }
    }
  }
  const shares = cut(alongU, uSteps, closedU ? 3 : 1);
  const width = (uMax - uMin) / parts;
  return {
    us: Array.from({ length: parts }, (_, part) => shares.map((share) => uMin + (part + share) * width)),
    vs: cut(alongV, vSteps, closedV ? 3 : 1).map((share) => vMin + share * (vMax - vMin)),
  };
}
function neighbours(k, closed) {
  if (!closed) {
    const inner = Math.min(Math.max(k, 1), probeSteps - 1);
    return [inner - 1, inner, inner + 1];
  }
  const here = k % probeSteps;
  return [(here + probeSteps - 1) % probeSteps, here, here + 1];
}
function cut(density, steps3, least2) {
  if (steps3 !== void 0) return Float64Array.from({ length: steps3 + 1 }, (_, k) => k / steps3);
  let sum = 0;
  for (let k = 0; k < probeSteps; k++) sum += (density[k] + density[k + 1]) / (2 * probeSteps);
  const floor = Math.max(sum / longest, Math.max(leastSteps, least2));
  const cumulative = new Float64Array(probeSteps + 1);
  for (let k = 0; k < probeSteps; k++) {
    cumulative[k + 1] =
      cumulative[k] + (Math.max(density[k], floor) + Math.max(density[k + 1], floor)) / (2 * probeSteps);
  }
  const total = cumulative[probeSteps];
  const count = Math.min(Math.ceil(total), mostSteps2);
  const shares = new Float64Array(count + 1);
  for (let k = 1, probe = 0; k < count; k++) {
    const wanted = (total * k) / count;
    while (cumulative[probe + 1] < wanted) probe++;
    const within = (wanted - cumulative[probe]) / (cumulative[probe + 1] - cumulative[probe]);
    shares[k] = (probe + within) / probeSteps;
  }
  shares[count] = 1;
  return shares;
}

// ../render/src/grid/fit-grid.ts
function fitGrid({ closedU, closedV }, { us, vs }, positions, rotation, t) {
  const columns = us[0].length;
  const rows = vs.length;
  const r = rotation;
  const extents = [1, -1, 1, -1].map((sign, k) => {
    const axis = k < 2 ? 0 : 1;
    const ex = sign * r[axis] + t * r[2];
    const ey = sign * r[3 + axis] + t * r[5];
    const ez = sign * r[6 + axis] + t * r[8];
    const reach = (vertex) =>
      ex * positions[3 * vertex] + ey * positions[3 * vertex + 1] + ez * positions[3 * vertex + 2];
    let most = Number.NEGATIVE_INFINITY;
    let at = 0;
    for (let vertex = 0; 3 * vertex < positions.length; vertex++) {
      const value = reach(vertex);
      if (value > most) {
        most = value;
        at = vertex;
      }
    }
    const first = at - (at % (columns * rows));
    const i = Math.floor((at - first) / rows);
    const j = (at - first) % rows;
    const before = i > 0 ? i - 1 : closedU ? columns - 2 : void 0;
    const after = i + 1 < columns ? i + 1 : closedU ? 1 : void 0;
    const below = j > 0 ? j - 1 : closedV ? rows - 2 : void 0;
    const above = j + 1 < rows ? j + 1 : closedV ? 1 : void 0;
    let beyond = 0;
    if (before !== void 0 && after !== void 0) {
      beyond += top(reach(first + before * rows + j), most, reach(first + after * rows + j));
    }
    if (below !== void 0 && above !== void 0) {
      beyond += top(reach(first + i * rows + below), most, reach(first + i * rows + above));
    }
    return most + beyond;
  });
  return cameraFromExtents(extents, rotation, t);
}
function top(before, middle, after) {
  const bend = 2 * middle - before - after;
  return bend > 0 ? (after - before) ** 2 / (8 * bend) : 0;
}

// ../render/src/grid/grid-mesh.ts
function gridMesh(surface, parameters, { us, vs }, painted, scratch) {
  const columns = us[0].length;
  const rows = vs.length;
  const perPart = columns * rows;
  const vertices = us.length * perPart;
  const positions = scratch.float64('gridPositions', 3 * vertices).subarray(0, 3 * vertices);
  const normals = scratch.float64('gridNormals', 3 * vertices).subarray(0, 3 * vertices);
  const atV = vs.slice();
  if (surface.closedV) atV[rows - 1] = atV[0];
  us.forEach((list, part) => {
    const atU = list.slice();
    if (surface.closedU) atU[columns - 1] = atU[0];
    gridPoints(surface, atU, atV, parameters, positions, normals, 3 * part * perPart);
  });
  const quads = us.length * (columns - 1) * (rows - 1);
  const indices = scratch.uint32('gridIndices', 6 * quads).subarray(0, 6 * quads);
  for (let part = 0, k = 0; part < us.length; part++) {
    for (let i = 0; i + 1 < columns; i++) {
      for (let j = 0, a = part * perPart + i * rows; j + 1 < rows; j++, a++, k += 6) {
        indices[k] = a;
        indices[k + 1] = a + rows;
        indices[k + 2] = a + rows + 1;
        indices[k + 3] = a;
        indices[k + 4] = a + rows + 1;
        indices[k + 5] = a + 1;
      }
    }
  }
  orient(positions, normals, indices);
  if (!painted) return { positions, normals, indices };
  const coordinates = scratch.float64('gridCoordinates', 2 * vertices).subarray(0, 2 * vertices);
  for (let part = 0, at = 0; part < us.length; part++) {
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < rows; j++, at += 2) {
        coordinates[at] = us[part][i];
        coordinates[at + 1] = vs[j];
      }
    }
  }
  return { positions, normals, indices, coordinates };
}
var sparse = 7;
function orient(p, normals, indices) {
  let agreement = 0;
  for (let k = 0; k < indices.length; k += 3 * sparse) {
    const [a, b, c] = [3 * indices[k], 3 * indices[k + 1], 3 * indices[k + 2]];
    const [ux, uy, uz] = [p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]];
    const [wx, wy, wz] = [p[c] - p[a], p[c + 1] - p[a + 1], p[c + 2] - p[a + 2]];
    agreement +=
      (uy * wz - uz * wy) * normals[a] + (uz * wx - ux * wz) * normals[a + 1] + (ux * wy - uy * wx) * normals[a + 2];
  }
  if (agreement >= 0) return;
  for (let k = 0; k < normals.length; k++) normals[k] = -normals[k];
}

// ../render/src/grid/settle-grid.ts
function settleGrid(surface, { us, vs }, { positions: p }, scratch) {
  const columns = us[0].length;
  const rows = vs.length;
  const { closedU, closedV, poleVMin, poleVMax } = surface;
  const out = scratch.float64('settled', p.length).subarray(0, p.length);
  for (let part = 0, at = 0; part < us.length; part++) {
    const first = part * columns * rows;
    for (let i = 0; i < columns; i++) {
      const inU = closedU || (i > 0 && i + 1 < columns);
      const before = (i > 0 ? i : columns - 1) - 1;
      const after = i + 1 < columns ? i + 1 : 1;
      for (let j = 0; j < rows; j++, at += 3) {
        const pole = (poleVMin && j === 0) || (poleVMax && j === rows - 1);
        const inV = closedV || (j > 0 && j + 1 < rows);
        const below = (j > 0 ? j : rows - 1) - 1;
        const above = j + 1 < rows ? j + 1 : 1;
        for (let axis = 0; axis < 3; axis++) {
          const here = p[at + axis];
          let bend = 0;
          if (inU && !pole) {
            const along2 =
              p[3 * (first + before * rows + j) + axis] + p[3 * (first + after * rows + j) + axis] - 2 * here;
            bend += inV ? along2 : 2 * along2;
          }
          if (inV) {
            const along2 =
              p[3 * (first + i * rows + below) + axis] + p[3 * (first + i * rows + above) + axis] - 2 * here;
            bend += inU ? along2 : 2 * along2;
          }
          if (inU && inV) {
            bend +=
              p[3 * (first + before * rows + below) + axis] + p[3 * (first + after * rows + above) + axis] - 2 * here;
          }
          out[at + axis] = here - bend / 24;
        }
      }
    }
  }
  return out;
}

// ../render/src/grid/project-grid.ts
var leastTexels = 64;
function projectGrid(surface, parameters, domain, view, scratch) {
  const { size, samples, light, paint, uSteps, vSteps } = view;
  const probes2 = probeSurface(surface, parameters, domain, scratch);
  const { parts = 1 } = surface;
  const probed = probes2.subarray(0, 3 * parts * (probeSteps + 1) ** 2);
  const even = {
    us: Array.from({ length: parts }, () => new Float64Array(probeSteps + 1)),
    vs: new Float64Array(probeSteps + 1),
  };
  const fit = (grid2, positions2) =>
    'location' in view.camera
      ? view.camera
      : fitGrid(surface, grid2, positions2, view.camera.rotation, view.camera.tanHalfFov);
  const rough = fit(even, probed);
  const pixel = (2 * rough.tanHalfFov * Math.max(leastDepth(probed, rough), 1e-3 * extent(probed))) / size;
  const painted = paint !== void 0;
  const grid = chooseGrid(surface, domain, probes2, { pixel, painted, uSteps, vSteps }, scratch);
  const mesh = gridMesh(surface, parameters, grid, painted, scratch);
  const camera = fit(grid, mesh.positions);
  const positions = settleGrid(surface, grid, mesh, scratch);
  const projected = projectMesh({ ...mesh, positions }, camera, size * samples, scratch);
  if (paint !== void 0) projected.paint = paint;
  const whole = {
    positions,
    vertexCount: positions.length / 3,
    indices: mesh.indices,
    indexCount: mesh.indices.length,
  };
  const texels = (across) => Math.min(Math.max(Math.ceil((2 * across) / pixel), leastTexels), shadowMapSize(size));
  projected.shadow = shadowMap(whole, sunFrame(light.direction), texels, scratch);
  return { projected, camera };
}
function leastDepth(positions, { rotation: r, location }) {
  const origin = r[2] * location[0] + r[5] * location[1] + r[8] * location[2];
  let least2 = Number.POSITIVE_INFINITY;
  for (let k = 0; k < positions.length; k += 3) {
    least2 = Math.min(least2, origin - r[2] * positions[k] - r[5] * positions[k + 1] - r[8] * positions[k + 2]);
  }
  return least2;
}
function extent(positions) {
  let most = 0;
  for (let k = 0; k < positions.length; k++) most = Math.max(most, Math.abs(positions[k]));
  return most;
}

// ../render/src/patterns/paint.ts
function surfacePaint(pattern, surface, domain, baseColor) {
  const found = typeof pattern === 'string' ? patternByName(pattern) : pattern;
  if (found === void 0 || found === patterns.plain) return void 0;
  const { parts = 1 } = surface;
  const { uMin, uMax } = domain;
  const width = (uMax - uMin) / parts;
  const domains = Array.from({ length: parts }, (_, k) => ({
    ...domain,
    uMin: uMin + k * width,
    uMax: k + 1 === parts ? uMax : uMin + (k + 1) * width,
  }));
  return {
    smooth: found.smooth ?? false,
    color(u, v, out) {
      const part = parts === 1 ? 0 : Math.min(Math.max(Math.floor((u - uMin) / width), 0), parts - 1);
      found.color(u, v, baseColor, domains[part], out);
    },
  };
}

// ../render/src/profile/profile-light.ts
function lightProfile(profile) {
  const { count, radius, z, v, angle } = profile;
  const lit = new Uint8Array(count - 1);
  for (let k = 0; k + 1 < count; k++) {
    lit[k] = isOpenAbove(profile, k, 0.5) ? 1 : 0;
  }
  const out = { radius: [radius[0]], z: [z[0]], v: [v[0]], angle: [angle[0]], lit: [] };
  const push = (k, f, isLit) => {
    out.radius.push(radius[k] + f * (radius[k + 1] - radius[k]));
    out.z.push(z[k] + f * (z[k + 1] - z[k]));
    out.v.push(v[k] + f * (v[k + 1] - v[k]));
    const step2 = angle[k + 1] - angle[k];
    out.angle.push(angle[k] + f * (step2 - 2 * Math.PI * Math.round(step2 / (2 * Math.PI))));
    out.lit.push(isLit);
  };
  for (let k = 0; k + 1 < count; k++) {
    if (k > 0 && lit[k - 1] !== lit[k]) {
      const atPoint = isOpenAbove(profile, k, 0) ? 1 : 0;
      if (atPoint !== lit[k]) {
        push(k, border(profile, k, 0, 0.5), lit[k - 1]);
      } else {
        const last = out.radius.length - 1;
        const end = { radius: out.radius[last], z: out.z[last], v: out.v[last], angle: out.angle[last] };
        for (const list of [out.radius, out.z, out.v, out.angle]) list.pop();
        out.lit.pop();
        push(k - 1, border(profile, k - 1, 0.5, 1), lit[k - 1]);
        out.radius.push(end.radius);
        out.z.push(end.z);
        out.v.push(end.v);
        out.angle.push(end.angle);
        out.lit.push(lit[k]);
      }
    }
    push(k, 1, lit[k]);
  }
  return {
    count: out.radius.length,
    radius: Float64Array.from(out.radius),
    z: Float64Array.from(out.z),
    v: Float64Array.from(out.v),
    angle: Float64Array.from(out.angle),
    turn: profile.turn,
    lit: Uint8Array.from(out.lit),
  };
}
function border(profile, k, a, b) {
  const atA = isOpenAbove(profile, k, a);
  for (let step2 = 0; step2 < 12; step2++) {
    const middle = (a + b) / 2;
    if (isOpenAbove(profile, k, middle) === atA) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}
function isOpenAbove({ count, radius, z }, k, f) {
  const r = radius[k] + f * (radius[k + 1] - radius[k]);
  const height = z[k] + f * (z[k + 1] - z[k]);
  for (let i = 0; i + 1 < count; i++) {
    const da = radius[i] - r;
    const db = radius[i + 1] - r;
    if (da * db > 0 || i === k) continue;
    if (da === db) {
      if (Math.max(z[i], z[i + 1]) > height) return false;
      continue;
    }
    if (z[i] + ((z[i + 1] - z[i]) * da) / (da - db) > height) return false;
  }
  return true;
}

// ../render/src/profile/profile-paint.ts
function profilePaint(paint, profile, domain) {
  const { count, v, turn: turn3 } = profile;
  const { uMin, uMax, vMin, vMax } = domain;
  const angles = unwrappedAngles(profile);
  const last = count - 2;
  const perV = (count - 1) / (v[count - 1] - v[0]);
  const share = turn3 / (2 * Math.PI);
  return {
    smooth: paint.smooth,
    color(around, height, out) {
      const at = Math.min(Math.max((height - vMin) * perV, 0), last + 1);
      const k = Math.min(at | 0, last);
      const start = angles[k] + (at - k) * (angles[k + 1] - angles[k]);
      const turned = (around - start) * share;
      paint.color(uMin + (turned - Math.floor(turned)) * (uMax - uMin), Math.min(Math.max(height, vMin), vMax), out);
    },
  };
}
function unwrappedAngles({ count, radius, angle }) {
  const axis = 1e-9 * radius.reduce((most, r) => Math.max(most, r), 0);
  const out = new Float64Array(count);
  let known = radius.findIndex((r) => r > axis);
  out.fill(angle[known], 0, known + 1);
  for (let k = known + 1; k < count; k++) {
    if (radius[k] > axis) {
      const step2 = angle[k] - angle[known];
      out[k] = out[known] + step2 - 2 * Math.PI * Math.round(step2 / (2 * Math.PI));
      known = k;
    } else {
      out[k] = out[known];
    }
  }
  return out;
}

// ../render/src/profile/revolve.ts
function fitProfile(profile, rotation, t) {
  const r = rotation;
  const extents = [1, -1, 1, -1].map((sign, k) => {
    const axis = k < 2 ? 0 : 1;
    const ex = sign * r[axis] + t * r[2];
    const ey = sign * r[3 + axis] + t * r[5];
    const ez = sign * r[6 + axis] + t * r[8];
    const across = Math.hypot(ex, ey);
    let most = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < profile.count; j++) {
      most = Math.max(most, profile.radius[j] * across + profile.z[j] * ez);
    }
    return most;
  });
  return cameraFromExtents(extents, rotation, t);
}
var sameSpeed = 3;
var cosineBetweenRows = Math.cos((9 * Math.PI) / 180);
function chooseRows(profile, normals, tolerance, alongV, scratch) {
  const { count, radius, z, v, lit } = profile;
  const rows = scratch.uint32('rows', count);
  let rowCount = 0;
  rows[rowCount++] = 0;
  for (let start = 0; start + 1 < count; ) {
    let end = start + 1;
    while (end + 1 < count && lit[end] === lit[start] && fits(start, end + 1)) end++;
    rows[rowCount++] = end;
    start = end;
  }
  return { rows, rowCount };
  function fits(a, b) {
    if (normals[2 * a] * normals[2 * b] + normals[2 * a + 1] * normals[2 * b + 1] < cosineBetweenRows) return false;
    const dr = radius[b] - radius[a];
    const dz = z[b] - z[a];
    const most = tolerance * Math.hypot(dr, dz);
    for (let k = a + 1; k < b; k++) {
      if (Math.abs((radius[k] - radius[a]) * dz - (z[k] - z[a]) * dr) > most) return false;
      if (!alongV) continue;
      const share = (v[k] - v[a]) / (v[b] - v[a]);
      const offRadius = radius[k] - radius[a] - share * dr;
      const offZ = z[k] - z[a] - share * dz;
      if (offRadius * offRadius + offZ * offZ > (sameSpeed * tolerance) ** 2) return false;
    }
    return true;
  }
}
function profileNormals(profile, scratch) {
  const { count, radius, z, v } = profile;
  const normals = scratch.float64('profileNormals', 2 * count);
  for (let k = 0; k < count; k++) {
    const b = Math.min(Math.max(k, 1), count - 2);
    const [a, c] = [b - 1, b + 1];
    const wa = (2 * v[k] - v[b] - v[c]) / ((v[a] - v[b]) * (v[a] - v[c]));
    const wb = (2 * v[k] - v[a] - v[c]) / ((v[b] - v[a]) * (v[b] - v[c]));
    const wc = (2 * v[k] - v[a] - v[b]) / ((v[c] - v[a]) * (v[c] - v[b]));
    const dr = wa * radius[a] + wb * radius[b] + wc * radius[c];
    const dz = wa * z[a] + wb * z[b] + wc * z[c];
    const length = Math.hypot(dr, dz) || 1;
    normals[2 * k] = dz / length;
    normals[2 * k + 1] = -dr / length;
  }
  return normals;
}
function revolve(profile, normals, steps3, camera, samples, scratch) {
  const { around, rows, rowCount, coordinates = false } = steps3;
  const columns = coordinates ? around + 1 : around;
  const vertexCount = columns * rowCount;
  const paintedAt = coordinates ? scratch.float64('coordinates', 2 * vertexCount) : void 0;
  const vertices = scratch.float64('vertices', vertexStride * vertexCount);
  const { rotation: r, location, tanHalfFov } = camera;
  const lx = r[0] * location[0] + r[3] * location[1] + r[6] * location[2];
  const ly = r[1] * location[0] + r[4] * location[1] + r[7] * location[2];
  const lz = r[2] * location[0] + r[5] * location[1] + r[8] * location[2];
  const step2 = (2 * Math.PI) / around;
  const swell = around > 2 ? Math.sqrt(step2 / Math.sin(step2)) : 1;
  const half = samples / 2;
  const focal = half / tanHalfFov;
  for (let i = 0, at = 0; i < columns; i++) {
    const c = Math.cos((i % around) * step2);
    const s = Math.sin((i % around) * step2);
    const ax = swell * (r[0] * c + r[3] * s);
    const ay = swell * (r[1] * c + r[4] * s);
    const az = swell * (r[2] * c + r[5] * s);
    for (let j = 0; j < rowCount; j++, at += vertexStride) {
      const row = rows[j];
      const radius = profile.radius[row];
      const height = profile.z[row];
      const inverse = 1 / (lz - radius * az - height * r[8]);
      vertices[at] = half + focal * (radius * ax + height * r[6] - lx) * inverse;
      vertices[at + 1] = half - focal * (radius * ay + height * r[7] - ly) * inverse;
      const radial = normals[2 * row];
      vertices[at + 2] = inverse;
      vertices[at + 3] = radial * c;
      vertices[at + 4] = radial * s;
      vertices[at + 5] = normals[2 * row + 1];
    }
  }
  if (paintedAt !== void 0) {
    for (let i = 0, at = 0; i < columns; i++) {
      for (let j = 0; j < rowCount; j++, at += 2) {
        paintedAt[at] = i * step2;
        paintedAt[at + 1] = profile.v[rows[j]];
      }
    }
  }
  const indexCount = 6 * around * (rowCount - 1);
  const indices = scratch.uint32('indices', indexCount);
  const lit = scratch.uint8('lit', indexCount / 3);
  for (let i = 0, k = 0, t = 0; i < around; i++) {
    const first = i * rowCount;
    const next = (i + 1 === columns ? 0 : i + 1) * rowCount;
    for (let j = 0; j + 1 < rowCount; j++, k += 6, t += 2) {
      indices[k] = first + j;
      indices[k + 1] = next + j;
      indices[k + 2] = next + j + 1;
      indices[k + 3] = first + j;
      indices[k + 4] = next + j + 1;
      indices[k + 5] = first + j + 1;
      lit[t] = profile.lit[rows[j]];
      lit[t + 1] = lit[t];
    }
  }
  return { vertices, vertexCount, indices, indexCount, lit, ...(paintedAt && { coordinates: paintedAt }) };
}

// ../render/src/profile/revolve-positions.ts
function revolvePositions({ radius, z }, { around, rows, rowCount, coordinates = false }, scratch) {
  const columns = coordinates ? around + 1 : around;
  const positions = scratch.float64('revolvedPositions', 3 * columns * rowCount);
  for (let i = 0, at = 0; i < columns; i++) {
    const angle = ((i % around) * 2 * Math.PI) / around;
    const c = Math.cos(angle);
    const s = Math.sin(angle);
    for (let j = 0; j < rowCount; j++, at += 3) {
      positions[at] = radius[rows[j]] * c;
      positions[at + 1] = radius[rows[j]] * s;
      positions[at + 2] = z[rows[j]];
    }
  }
  return positions;
}

// ../render/src/profile/surface-profile.ts
import { surfacePointError as surfacePointError2 } from '@kanrecon/geometry';

var points = 257;
var probes = [0, 0.0713, 0.2307, 0.3819, 0.5441, 0.6977, 0.8663];
var probedRows = 8;
function surfaceProfile(surface, parameters) {
  if (!surface.closedU || (surface.parts ?? 1) > 1) return void 0;
  const { uMin, uMax, vMin, vMax } = surface.domain(parameters);
  const point = new Float64Array(3);
  const radius = new Float64Array(points);
  const z = new Float64Array(points);
  const v = new Float64Array(points);
  const angle = new Float64Array(points);
  let turn3 = 0;
  for (let j = 0; j < points; j++) {
    v[j] = vMin + ((vMax - vMin) * j) / (points - 1);
    surface.position(uMin, v[j], parameters, point);
    radius[j] = Math.hypot(point[0], point[1]);
    z[j] = point[2];
    if (!Number.isFinite(Math.fround(radius[j])) || !Number.isFinite(Math.fround(z[j]))) {
      throw surfacePointError2('renderSurface', surface, uMin, v[j], parameters, point);
    }
    angle[j] = Math.atan2(point[1], point[0]);
    if (j % probedRows !== 0) continue;
    const tolerance = 1e-9 * (1 + radius[j] + Math.abs(z[j]));
    for (let p = 1; p < probes.length; p++) {
      surface.position(uMin + (uMax - uMin) * probes[p], v[j], parameters, point);
      const r = Math.hypot(point[0], point[1]);
      if (!(Math.abs(r - radius[j]) <= tolerance) || !(Math.abs(point[2] - z[j]) <= tolerance)) return void 0;
      if (r <= tolerance) continue;
      const turned = 2 * Math.PI * probes[p];
      const advance = Math.atan2(point[1], point[0]) - angle[j];
      if (turn3 === 0) turn3 = Math.abs(Math.sin((advance - turned) / 2)) < 1e-6 ? 1 : -1;
      if (!(2 * r * Math.abs(Math.sin((advance - turn3 * turned) / 2)) <= tolerance)) return void 0;
    }
  }
  return turn3 === 0 ? void 0 : { count: points, radius, z, v, angle, turn: turn3 };
}

// ../render/src/render-surface.ts
var optionNames = {
  ...renderOptionNames,
  rotation: 1,
  tanHalfFov: 1,
  camera: 1,
  baseColor: 1,
  pattern: 1,
  uSteps: 1,
  vSteps: 1,
};
var tolerancePixels2 = 0.1;
function renderSurface(surface, parameters, options) {
  checkOptions6('renderSurface', options, optionNames);
  const vector = parameterVector(surface, parameters);
  const { rotation, tanHalfFov = studyTanHalfFov } = options;
  const size = options.size ?? renderDefaults.size;
  const samples = options.samples ?? renderDefaults.samples;
  const baseColor = options.baseColor ?? renderDefaults.baseColor;
  checkRenderOptions('renderSurface', options);
  checkTriple('renderSurface', 'baseColor', baseColor, 0, 1);
  for (const name of ['uSteps', 'vSteps']) {
    if (options[name] !== void 0) checkInteger('renderSurface', name, options[name], 1, 4096);
  }
  if ((rotation === void 0) === (options.camera === void 0)) {
    throw new Error('renderSurface: where to look from is unclear; expected either rotation or camera');
  }
  if (options.camera !== void 0) checkCamera('renderSurface', options.camera);
  if (rotation !== void 0) checkRotation('renderSurface', rotation);
  checkTanHalfFov('renderSurface', tanHalfFov);
  const light = resolveLight('renderSurface', options);
  const domain = surface.domain(vector);
  const paint = surfacePaint(options.pattern, surface, domain, baseColor);
  return withScratch((scratch) => {
    const { projected, camera } = project(scratch);
    const curve = agxCurve();
    const layer = scratchLayer(scratch, size, 0);
    shadeLayer(projected, camera, size, samples, colorStyle(baseColor, light, curve), layer, scratch);
    const background = options.background ?? renderDefaults.background;
    return finishImage([{ layer, opacity: 1 }], size, curve, background, options.depth ?? false, options.out);
  });
  function project(scratch) {
    const profile = surfaceProfile(surface, vector);
    if (profile !== void 0) {
      const camera2 = options.camera ?? fitProfile(profile, rotation, tanHalfFov);
      const [least2, greatest2] = depthRange(profile, camera2);
      if (least2 > 0)
        return { projected: projectProfile(profile, camera2, least2, greatest2, scratch), camera: camera2 };
    }
    const camera = options.camera ?? { rotation, tanHalfFov };
    const { uSteps, vSteps } = options;
    return projectGrid(surface, vector, domain, { camera, size, samples, light, paint, uSteps, vSteps }, scratch);
  }
  function projectProfile(profile, camera, least2, greatest2, scratch) {
    const lit = lightProfile(profile);
    const normals = profileNormals(lit, scratch);
    const pixel = (2 * camera.tanHalfFov * least2) / size;
    const widest = Math.min(Math.max(...lit.radius) / pixel, (size * greatest2) / least2);
    const needed = Math.ceil(Math.PI * Math.sqrt(widest / (2 * tolerancePixels2)));
    const around = options.uSteps ?? Math.min(Math.max(needed, 24), 1024);
    const { rows, rowCount } = chooseRows(lit, normals, tolerancePixels2 * pixel, paint !== void 0, scratch);
    const steps3 = { around, rows, rowCount, coordinates: paint !== void 0 };
    const projected = revolve(lit, normals, steps3, camera, size * samples, scratch);
    if (paint !== void 0) projected.paint = profilePaint(paint, profile, domain);
    if (!isOverhead(light)) {
      projected.lit = void 0;
      const positions = revolvePositions(lit, steps3, scratch);
      const frame = sunFrame(light.direction);
      projected.shadow = shadowMap({ ...projected, positions }, frame, () => shadowMapSize(size), scratch);
    }
    return projected;
  }
}
function depthRange({ count, radius, z }, { rotation: r, location }) {
  const origin = r[2] * location[0] + r[5] * location[1] + r[8] * location[2];
  const across = Math.hypot(r[2], r[5]);
  let least2 = Number.POSITIVE_INFINITY;
  let greatest2 = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < count; j++) {
    const middle = origin - z[j] * r[8];
    least2 = Math.min(least2, middle - radius[j] * across);
    greatest2 = Math.max(greatest2, middle + radius[j] * across);
  }
  return [least2, greatest2];
}

// src/refine/turn-camera.ts
function turnCamera(angles, turn3) {
  const angle = Math.hypot(...turn3);
  if (angle === 0) return angles;
  return anglesOf(multiply(cameraRotation(angles), axisRotation(turn3, angle)));
}
function anglesOf(r) {
  const cosine = Math.hypot(r[0], r[3]);
  if (cosine < 1e-9) return { x: Math.atan2(-r[5], r[4]), y: Math.atan2(-r[6], cosine), z: 0 };
  return { x: Math.atan2(r[7], r[8]), y: Math.atan2(-r[6], cosine), z: Math.atan2(r[3], r[0]) };
}
function axisRotation(turn3, angle) {
  const [x, y, z] = turn3.map((value) => value / angle);
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const d = 1 - c;
  return Float64Array.of(
    c + x * x * d,
    x * y * d - z * s,
    x * z * d + y * s,
    y * x * d + z * s,
    c + y * y * d,
    y * z * d - x * s,
    z * x * d - y * s,
    z * y * d + x * s,
    c + z * z * d,
  );
}
function multiply(a, b) {
  return Float64Array.from({ length: 9 }, (_, i) => {
    const row = 3 * Math.floor(i / 3);
    const column = i % 3;
    return a[row] * b[column] + a[row + 1] * b[3 + column] + a[row + 2] * b[6 + column];
  });
}

// src/refine/free-directions.ts
var step = 0.02;
var lights = ['tilt', 'azimuth', 'strength', 'ambient'];
function freeDirections(scene, bounds) {
  const { surface, camera, light, pattern } = scene;
  const shape = surface.parameters.flatMap(({ name }, index) => {
    const range2 = bounds.shape[index];
    return isFree(range2) ? [shapeDirection(name, index, range2)] : [];
  });
  const turns = Object.values(bounds.camera).some(isFree) ? [0, 1, 2].map((axis) => turnDirection(axis, bounds)) : [];
  const colored = pattern !== 'hue-wheel' && isFree(scene.baseColor);
  const colors = colored ? ['red', 'green', 'blue'].map((name, channel) => colorDirection(name, channel)) : [];
  const lit = lights.filter((name) => isFree(light[name])).map((name) => lightDirection(name, light[name]));
  return [
    ...shape,
    ...turns,
    ...colors,
    ...lit,
    ...(isFree(camera.tanHalfFov) ? [lensDirection(camera.tanHalfFov)] : []),
  ];
}
function shapeDirection(name, index, range2) {
  return {
    name,
    kind: 'shape',
    unit: step,
    room: ({ shape }) => [(range2[0] - shape[index]) / step, (range2[1] - shape[index]) / step],
    move(guess, amount) {
      const shape = guess.shape.slice();
      shape[index] = inside2(shape[index] + amount * step, range2);
      return { ...guess, shape };
    },
  };
}
function turnDirection(axis, { camera }) {
  return {
    name: `turn ${axis}`,
    kind: 'turn',
    unit: step,
    room: () => [-Math.PI / step, Math.PI / step],
    move(guess, amount) {
      const turn3 = [0, 0, 0];
      turn3[axis] = amount * step;
      return { ...guess, cameraAngles: cameraInside(turnCamera(guess.cameraAngles, turn3), camera) };
    },
  };
}
function colorDirection(name, channel) {
  return {
    name,
    kind: 'color',
    unit: step,
    room: ({ baseColor }) => [-baseColor[channel] / step, (1 - baseColor[channel]) / step],
    move(guess, amount) {
      const color = [...guess.baseColor];
      color[channel] = inside2(color[channel] + amount * step, [0, 1]);
      return { ...guess, baseColor: color };
    },
  };
}
function lightDirection(name, range2) {
  const unit2 = (range2[1] - range2[0]) * 2 * step;
  return {
    name,
    kind: 'light',
    unit: unit2,
    room: ({ light }) => [(range2[0] - light[name]) / unit2, (range2[1] - light[name]) / unit2],
    move: (guess, amount) => ({
      ...guess,
      light: { ...guess.light, [name]: inside2(guess.light[name] + amount * unit2, range2) },
    }),
  };
}
function lensDirection(range2) {
  const unit2 = (range2[1] - range2[0]) * 2 * step;
  return {
    name: 'tanHalfFov',
    kind: 'lens',
    unit: unit2,
    room: ({ tanHalfFov }) => [(range2[0] - tanHalfFov) / unit2, (range2[1] - tanHalfFov) / unit2],
    move: (guess, amount) => ({ ...guess, tanHalfFov: inside2(guess.tanHalfFov + amount * unit2, range2) }),
  };
}
function moveGuess(guess, directions, amounts) {
  return directions.reduce((moved2, direction, i) => direction.move(moved2, amounts[i]), guess);
}

// src/refine/solve-damped.ts
function solveDamped(matrix, damping, right, held) {
  const n = right.length;
  const lower = new Float64Array(n * n);
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (held[i]) {
      lower[i * n + i] = 1;
      continue;
    }
    for (let j = 0; j <= i; j++) {
      if (held[j]) continue;
      let sum = matrix[i * n + j] + (i === j ? damping[i] : 0);
      for (let k = 0; k < j; k++) sum -= lower[i * n + k] * lower[j * n + k];
      if (i !== j) lower[i * n + j] = sum / lower[j * n + j];
      else if (sum > 0) lower[i * n + i] = Math.sqrt(sum);
      else return void 0;
    }
  }
  for (let i = 0; i < n; i++) {
    let sum = held[i] ? 0 : right[i];
    for (let k = 0; k < i; k++) sum -= lower[i * n + k] * x[k];
    x[i] = sum / lower[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i];
    for (let k = i + 1; k < n; k++) sum -= lower[k * n + i] * x[k];
    x[i] = sum / lower[i * n + i];
  }
  return x;
}

// src/refine/fit-level.ts
var mostTries = 7;
var longestStep2 = 10;
var shortestStep2 = 5e-4;
function levelCost({ target, weights, outlier }, pixels) {
  const square = outlier * outlier;
  let sum = 0;
  for (let i = 0; i < pixels.length; i++) {
    const r = pixels[i] - target[i];
    sum += Math.log1p((r * r * weights[i]) / square);
  }
  return (square * sum) / pixels.length;
}
function compareGuess(renderer, level, guess) {
  const image = renderer.draw(guess, level.size, level.blur);
  return image && { guess, image, cost: levelCost(level, image.pixels) };
}
function* fitLevel(renderer, level, directions, start) {
  const n = directions.length;
  let best = start;
  let damping = 0.01;
  for (let iteration = 0; iteration < level.iterations; iteration++) {
    const { matrix, right } = normalEquations(level, best.image.pixels, differences(renderer, level, directions, best));
    const trace = directions.reduce((sum, _, i) => sum + matrix[i * n + i], 0) / n;
    let length = 0;
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const amounts = boundedStep(matrix, right, damping, trace, directions, best.guess);
      const tried = amounts && compareGuess(renderer, level, moveGuess(best.guess, directions, amounts));
      if (tried && tried.cost < best.cost) {
        length = Math.max(...amounts.map(Math.abs));
        best = tried;
        damping = Math.max(1e-7, damping / 5);
        break;
      }
      damping *= 5;
    }
    yield best;
    if (length < shortestStep2) break;
  }
  return best;
}
function differences(renderer, { size, blur, step: step2, central }, directions, { guess, image }) {
  return directions.map((direction) => {
    const [low, high] = direction.room(guess);
    const amount = high >= step2 || high >= -low ? Math.min(step2, high) : Math.max(-step2, low);
    if (amount === 0) return void 0;
    const pixels = renderer.draw(direction.move(guess, amount), size, blur)?.pixels;
    if (!pixels) return void 0;
    const back =
      central && (amount > 0 ? -low : high) >= step2
        ? renderer.draw(direction.move(guess, -amount), size, blur)?.pixels
        : void 0;
    const from = back ?? image.pixels;
    for (let i = 0; i < pixels.length; i++) pixels[i] = (pixels[i] - from[i]) / (back ? 2 * amount : amount);
    return pixels;
  });
}
function normalEquations({ target, weights, outlier }, pixels, jacobian) {
  const n = jacobian.length;
  const matrix = new Float64Array(n * n);
  const right = new Float64Array(n);
  const weighted = new Float32Array(pixels.length);
  const residual = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) {
    const r = target[i] - pixels[i];
    residual[i] = r;
    weighted[i] = weights[i] / (1 + (r * r * weights[i]) / (outlier * outlier));
  }
  const row = new Float32Array(pixels.length);
  for (let a = 0; a < n; a++) {
    const column = jacobian[a];
    if (!column) continue;
    let sum = 0;
    for (let i = 0; i < row.length; i++) {
      row[i] = column[i] * weighted[i];
      sum += row[i] * residual[i];
    }
    right[a] = sum;
    for (let b = 0; b <= a; b++) {
      const other = jacobian[b];
      if (!other) continue;
      let product = 0;
      for (let i = 0; i < row.length; i++) product += row[i] * other[i];
      matrix[a * n + b] = matrix[b * n + a] = product;
    }
  }
  return { matrix, right };
}
function boundedStep(matrix, right, damping, trace, directions, guess) {
  const n = directions.length;
  const rooms = directions.map((direction) => direction.room(guess));
  const held = rooms.map(([low, high], i) => (low >= 0 && right[i] < 0) || (high <= 0 && right[i] > 0));
  const damped = Float64Array.from({ length: n }, (_, i) => damping * (matrix[i * n + i] + 1e-3 * trace) + 1e-12);
  const step2 = solveDamped(matrix, damped, right, held);
  return step2?.map((amount, i) => {
    const [low, high] = rooms[i];
    return Math.min(high, longestStep2, Math.max(low, -longestStep2, amount));
  });
}

// src/posterior/estimate.ts
function estimateOf(samples) {
  const sorted = samples.slice().sort();
  const at = (share) => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  };
  return {
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    median: at(0.5),
    interval50: [at(0.25), at(0.75)],
    interval90: [at(0.05), at(0.95)],
  };
}

// src/posterior/sample-posterior.ts
// src/posterior/truncated-normal.ts
// src/random-normal.ts
import {
  uniformFloat64 as uniformFloat643,
  uniformFloat64 as uniformFloat644,
  uniformFloat64 as uniformFloat645,
} from 'pure-rand/distribution/uniformFloat64';

function normal(random) {
  const radius = Math.sqrt(-2 * Math.log1p(-uniformFloat643(random)));
  return radius * Math.cos(2 * Math.PI * uniformFloat643(random));
}

// src/posterior/truncated-normal.ts
function truncatedNormal(random, low, high) {
  if (!(low < high)) return Math.abs(low) < Math.abs(high) ? low : high;
  if (low > 0) return positiveTail(random, low, high);
  if (high < 0) return -positiveTail(random, -high, -low);
  if (high - low < 2.5) return byUniform(random, low, high, 0);
  for (;;) {
    const value = normal(random);
    if (value >= low && value <= high) return value;
  }
}
function positiveTail(random, low, high) {
  const rate = (low + Math.sqrt(low * low + 4)) / 2;
  if (high - low < 2 / rate) return byUniform(random, low, high, low);
  for (;;) {
    const value = low - Math.log1p(-uniformFloat644(random)) / rate;
    if (value <= high && uniformFloat644(random) < Math.exp(-0.5 * (value - rate) ** 2)) return value;
  }
}
function byUniform(random, low, high, top2) {
  for (;;) {
    const value = low + (high - low) * uniformFloat644(random);
    if (uniformFloat644(random) < Math.exp(0.5 * (top2 * top2 - value * value))) return value;
  }
}

// src/posterior/sample-posterior.ts
var warmup = 20;
var thinning = 5;
function samplePosterior(shape, count, random) {
  const { found, open, scale: scale2, invariances, ranges } = shape;
  const off = new Float64Array(found.length);
  const times2 = invariances.map(() => 0);
  const samples = [];
  for (let sweep = -warmup; sweep < count * thinning; sweep++) {
    const box = takenBack(ranges, invariances, times2);
    for (const [k, axis] of open.axes.entries()) {
      const [low, high] = roomAlong(axis, off, found, scale2, box);
      const spread = open.spreads[k];
      const here = axis.reduce((sum, value, i) => sum + value * off[i], 0);
      const there = spread * truncatedNormal(random, (here + low) / spread, (here + high) / spread);
      for (let i = 0; i < off.length; i++) off[i] += axis[i] * (there - here);
    }
    const start = found.map((value, i) => inside3(value + scale2[i] * off[i], box[i]));
    for (const [l, law] of invariances.entries()) {
      const others = invariances.reduce((at, other, m) => (m === l ? at : moveAlong(other, at, times2[m])), start);
      const posterior = lawPosterior(law, others, ranges);
      if (posterior.from < posterior.to) times2[l] = posteriorTime(posterior, uniformFloat645(random));
    }
    if (sweep >= 0 && sweep % thinning === 0) {
      const moved2 = invariances.reduce((at, law, l) => moveAlong(law, at, times2[l]), start);
      samples.push(moved2.map((value, i) => inside3(value, ranges[i])));
    }
  }
  return samples;
}
var inside3 = (value, { min, max }) => Math.min(max, Math.max(min, value));
function takenBack(ranges, invariances, times2) {
  const back = (ends) => invariances.reduceRight((at, law, l) => moveAlong(law, at, -times2[l]), ends);
  const low = back(Float64Array.from(ranges, ({ min }) => min));
  const high = back(Float64Array.from(ranges, ({ max }) => max));
  return ranges.map((_, i) => ({ min: Math.min(low[i], high[i]), max: Math.max(low[i], high[i]) }));
}
function roomAlong(axis, off, found, scale2, box) {
  let [low, high] = [-Infinity, Infinity];
  for (let i = 0; i < axis.length; i++) {
    if (Math.abs(axis[i]) < 1e-9) continue;
    const at = found[i] + scale2[i] * off[i];
    const ends = [(box[i].min - at) / (scale2[i] * axis[i]), (box[i].max - at) / (scale2[i] * axis[i])];
    low = Math.max(low, Math.min(ends[0], ends[1]));
    high = Math.min(high, Math.max(ends[0], ends[1]));
  }
  return [Math.min(0, low), Math.max(0, high)];
}

// src/posterior/shape-covariance.ts
function shapeCovariance(information, prior, fixed, shape) {
  const n = prior.length;
  const precise = Float64Array.from(information);
  let largest2 = 0;
  for (let i = 0; i < n; i++) {
    precise[i * n + i] += prior[i];
    largest2 = Math.max(largest2, precise[i * n + i]);
  }
  const block = schurComplement(precise, n, shape);
  for (const vector of fixed) {
    for (let i = 0; i < shape; i++) {
      for (let j = 0; j < shape; j++) block[i * shape + j] += 1e4 * largest2 * vector[i] * vector[j];
    }
  }
  const { values, vectors } = symmetricEigen(block, shape);
  return {
    axes: Array.from({ length: shape }, (_, k) => vectors.subarray(k * shape, (k + 1) * shape)),
    spreads: Array.from(values, (value) => 1 / Math.sqrt(Math.max(value, 1e-300))),
  };
}
function schurComplement(matrix, n, m) {
  const a = Float64Array.from(matrix);
  for (let k = n - 1; k >= m; k--) {
    const pivot = a[k * n + k];
    for (let i = 0; i < k; i++) {
      const factor = a[i * n + k] / pivot;
      for (let j = 0; j < k; j++) a[i * n + j] -= factor * a[k * n + j];
    }
  }
  return Float64Array.from({ length: m * m }, (_, i) => a[Math.floor(i / m) * n + (i % m)]);
}

// src/posterior/shape-posterior.ts
var tells = 0.7;
var flat = 3;
var alike = 40;
function shapePosterior(fit, options) {
  const { renderer, level, directions, fitted, scene, bounds, limits: limits2 } = fit;
  const { parameters } = scene.surface;
  const k = parameters.length;
  const jacobian = differences(renderer, { ...level, central: true }, directions, fitted);
  const { matrix } = normalEquations(level, fitted.image.pixels, jacobian);
  const n = directions.length;
  const free = directions.filter(({ kind }) => kind === 'shape').length;
  const units = directions[0]?.unit ?? 1;
  const variance2 = alike * Math.max(1, fitted.cost);
  const prior = Float64Array.from({ length: n }, (_, i) => (i < free ? (units / flat) ** 2 : 1e-6));
  const indices = directions
    .slice(0, free)
    .map(({ name }) => parameters.findIndex((parameter) => parameter.name === name));
  const scale2 = Float64Array.from(parameters, ({ min, max }) => (max - min) * units);
  const at = Float64Array.from(parameters, ({ min, max }, i) => min + (max - min) * fitted.guess.shape[i]);
  const ranges = parameters.map(({ min, max }, i) => {
    const [low, high] = bounds.shape[i];
    return { min: min + (max - min) * low, max: min + (max - min) * high };
  });
  const laws = limits2.invariances.filter(({ terms }) =>
    terms.every(({ index }) => ranges[index].max > ranges[index].min),
  );
  const fixed = laws.map(({ terms }) => {
    const tangent = new Float64Array(free);
    for (const { index, kind, rate, offset } of terms) {
      tangent[indices.indexOf(index)] = (kind === 'shift' ? rate : rate * (at[index] + offset)) / scale2[index];
    }
    const length = Math.hypot(...tangent);
    return tangent.map((value) => value / length);
  });
  const open = shapeCovariance(
    matrix.map((value) => value / variance2),
    prior,
    fixed,
    free,
  );
  const axes2 = open.axes.map((axis) => {
    const whole = new Float64Array(k);
    for (const [i, index] of indices.entries()) whole[index] = axis[i];
    return whole;
  });
  const samples = samplePosterior(
    { found: at, open: { axes: axes2, spreads: open.spreads }, scale: scale2, invariances: laws, ranges },
    options.samples,
    options.random,
  );
  return {
    estimates: Object.fromEntries(
      parameters.map(({ name }, i) => {
        const estimate = estimateOf(Float64Array.from(samples, (sample) => sample[i]));
        const [low, high] = estimate.interval90;
        return [name, { ...estimate, told: high - low < tells * 0.9 * (parameters[i].max - parameters[i].min) }];
      }),
    ),
    combinations: Object.fromEntries(
      limits2.combinations.map((combination) => [
        combination.name,
        estimateOf(Float64Array.from(samples, (sample) => combinationValue(combination, sample))),
      ]),
    ),
    samples,
  };
}

// src/refine/draw-starts.ts
import { uniformFloat64 as uniformFloat646 } from 'pure-rand/distribution/uniformFloat64';

function drawStart({ guess, shapeSpread, cameraSpread }, bounds, index, random) {
  const known = Number.isFinite(cameraSpread);
  if (index === 0 && known) return guess;
  const shape = guess.shape.map((value, i) => {
    const spread = index % 3 === 0 ? 0 : shapeSpread[i];
    return inside2(value + spread * normal(random), bounds.shape[i]);
  });
  const cameraAngles = known ? near(guess.cameraAngles, cameraSpread, bounds, random) : anywhere(bounds, random);
  return { ...guess, shape, cameraAngles };
}
function near(angles, spread, { camera }, random) {
  const turn3 = [normal(random), normal(random), normal(random)].map((value) => spread * value);
  return cameraInside(turnCamera(angles, turn3), camera);
}
function anywhere({ camera }, random) {
  const between = ([min, max]) => min + (max - min) * uniformFloat646(random);
  return { x: between(camera.x), y: between(camera.y), z: between(camera.z) };
}

// src/refine/guess-renderer.ts
import { SurfaceError } from '@kanrecon/geometry';
import { cameraOptions, lightOptions } from '@kanrecon/scene';

// src/refine/soften-image.ts
function softenImage(image, size, radius, scratch) {
  if (radius === 0) return image;
  for (let pass = 0; pass < 2; pass++) {
    alongAxis2(image, scratch, size, radius, 3, 3 * size);
    alongAxis2(scratch, image, size, radius, 3 * size, 3);
  }
  return image;
}
function alongAxis2(from, to, size, radius, step2, next) {
  const share = 1 / (2 * radius + 1);
  const last = size - 1;
  for (let line = 0; line < size; line++) {
    for (let c = 0; c < 3; c++) {
      const start = line * next + c;
      let sum = (radius + 1) * from[start];
      for (let k = 1; k <= radius; k++) sum += from[start + Math.min(last, k) * step2];
      for (let i = 0; i < size; i++) {
        to[start + i * step2] = sum * share;
        sum += from[start + Math.min(last, i + radius + 1) * step2] - from[start + Math.max(0, i - radius) * step2];
      }
    }
  }
}

// src/refine/guess-renderer.ts
var GuessRenderer = class {
  constructor(scene) {
    this.scene = scene;
    this.renderings = 0;
    this.scratch = /* @__PURE__ */ new Map();
  }
  /**
   * @param size in pixels
   * @param blur see {@link softenImage}
   * @returns undefined where there is no such object, as its surface is not finite there
   */
  draw(guess, size, blur) {
    const { scene } = this;
    const { ranges } = { ranges: scene.surface.parameters };
    const parameters = Object.fromEntries(
      ranges.map(({ name, min, max }, i) => [name, min + (max - min) * guess.shape[i]]),
    );
    const { baseColor, background, cameraAngles, tanHalfFov, light } = guess;
    const shape = { parameters, baseColor };
    const view = { cameraAngles, tanHalfFov, light, background: 0, effects: noEffects };
    this.renderings++;
    try {
      const { image, coverage } = renderSurface(scene.surface, parameters, {
        size,
        ...cameraOptions(scene, shape, view),
        ...lightOptions(light),
        pattern: scene.pattern,
        baseColor,
        background: background.map(Math.round),
      });
      const pixels = Float32Array.from(image.data);
      return { pixels: softenImage(pixels, size, blur, this.scratchOf(pixels.length)), coverage };
    } catch (error) {
      if (error instanceof SurfaceError) return void 0;
      throw error;
    }
  }
  scratchOf(length) {
    const found = this.scratch.get(length) ?? new Float32Array(length);
    this.scratch.set(length, found);
    return found;
  }
};
var noEffects = { occluders: 0, blur: 0, noise: 0, jpeg: 100, seed: 0 };

// src/refine/image-background.ts
function imageBackground({ width, height, data }) {
  const border2 = [];
  for (let x = 0; x < width; x++) border2.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y++) border2.push(y * width, y * width + width - 1);
  return [0, 1, 2].map((c) => {
    const values = border2.map((pixel) => data[3 * pixel + c]).sort((a, b) => a - b);
    return values[values.length >> 1];
  });
}

// src/refine/known.ts
function knownBounds(caller, scene, known) {
  const { surface, camera } = scene;
  for (const name of Object.keys(known.parameters ?? {})) {
    if (surface.parameters.some((parameter) => parameter.name === name)) continue;
    throw new Error(
      `${caller}: known.parameters.${name} is unknown; expected one of ${surface.parameters.map((parameter) => parameter.name).join(', ')}`,
    );
  }
  for (const name of Object.keys(known.cameraAngles ?? {})) {
    if (['x', 'y', 'z'].includes(name)) continue;
    throw new Error(`${caller}: known.cameraAngles.${name} is unknown; expected x, y or z`);
  }
  return {
    shape: shapeBounds(caller, surface, known),
    camera: {
      x: narrowed(caller, 'cameraAngles.x', camera.x, known.cameraAngles?.x),
      y: narrowed(caller, 'cameraAngles.y', camera.y, known.cameraAngles?.y),
      z: narrowed(caller, 'cameraAngles.z', camera.z, known.cameraAngles?.z),
    },
  };
}
function shapeBounds(caller, { parameters }, known) {
  return parameters.map(({ name, min, max }) => {
    const value = known.parameters?.[name];
    if (value === void 0) return [0, 1];
    const [low, high] = narrowed(caller, `parameters.${name}`, [min, max], value);
    return [(low - min) / (max - min), (high - min) / (max - min)];
  });
}
function narrowed(caller, name, [min, max], value) {
  if (value === void 0) return [min, max];
  const [low, high] = typeof value === 'number' ? [value, value] : value;
  if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high)) {
    throw new Error(`${caller}: known.${name} is wrong; expected a number or [from, to], got ${JSON.stringify(value)}`);
  }
  if (max - min > 2 * Math.PI - 1e-9 && name.startsWith('camera')) return [low, high];
  if (high < min || low > max) {
    throw new Error(
      `${caller}: known.${name} is outside the scene's range; expected ${round(min)} to ${round(max)}, got ${JSON.stringify(value)}`,
    );
  }
  return [Math.max(min, low), Math.min(max, high)];
}
var round = (value) => Number(value.toPrecision(6));

// src/refine/misfit.ts
var leftOut = 0.2;
var shows = 12;
function misfit({ target, weights }, { image: { pixels, coverage } }, image, background) {
  const parts = [];
  for (let pixel = 0; pixel < coverage.length; pixel++) {
    const at = 3 * pixel;
    const off = Math.max(...background.map((value, c) => Math.abs(image.data[at + c] - value)));
    if (coverage[pixel] === 0 && off < shows) continue;
    let [difference3, weighted, contrast] = [0, 0, 0];
    for (let c = 0; c < 3; c++) {
      const square = (pixels[at + c] - target[at + c]) ** 2;
      difference3 += square / 3;
      weighted += (square * weights[at + c]) / 3;
      contrast += (target[at + c] - background[c]) ** 2 / 3;
    }
    parts.push([difference3, weighted, contrast]);
  }
  parts.sort((a, b) => a[0] - b[0]);
  const kept = parts.slice(0, Math.ceil((1 - leftOut) * parts.length));
  const mean = (k) => kept.reduce((sum, part) => sum + part[k], 0) / Math.max(1, kept.length);
  const difference2 = mean(0);
  return { chiSquared: mean(1), unexplained: difference2 / Math.max(1, mean(2)), rms: Math.sqrt(difference2) };
}

// src/refine/refine-levels.ts
var never = 1e3;
var squaredLevels = [
  { share: 0.5, blur: 2, outlier: never, step: 1, central: false, iterations: 8 },
  { share: 0.5, blur: 1, outlier: never, step: 0.5, central: false, iterations: 8 },
  { share: 1, blur: 2, outlier: never, step: 0.5, central: true, iterations: 8 },
  { share: 1, blur: 1, outlier: never, step: 0.5, central: true, iterations: 20 },
];
var robustLevels = [
  { share: 0.5, blur: 1, outlier: 10, step: 0.5, central: true, iterations: 8 },
  { share: 1, blur: 1, outlier: 3, step: 0.5, central: true, iterations: 12 },
];

// src/refine/polish.ts
var weakest2 = 2;
var farthest = 12;
function* polish(renderer, levels2, directions, fitted, enough) {
  const n = directions.length;
  const finest2 = levels2.at(-1);
  let best = fitted;
  while (!enough(best)) {
    const jacobian = differences(renderer, finest2, directions, best);
    const { matrix } = normalEquations(finest2, best.image.pixels, jacobian);
    const { values, vectors } = symmetricEigen(matrix, n);
    const shown2 = Array.from({ length: n }, (_, k) => k).filter((k) => values[k] > 1e-9 * values[n - 1]);
    const before = best;
    for (const k of shown2.slice(0, weakest2)) {
      const length = Math.min(farthest, Math.sqrt((before.cost * finest2.target.length) / values[k]));
      for (const sign of [1, -1]) {
        const amounts = vectors.subarray(k * n, (k + 1) * n).map((value) => sign * length * value);
        let found = { ...before, guess: moveGuess(before.guess, directions, amounts) };
        for (const level of levels2) {
          const start = found && compareGuess(renderer, level, found.guess);
          found = start && (yield* fitLevel(renderer, level, directions, start));
        }
        if (found && found.cost < best.cost) best = found;
        if (enough(best)) return best;
      }
    }
    if (best.cost > 0.7 * before.cost) break;
  }
  return best;
}

// src/refine/search.ts
function* search(renderer, levels2, directions, plan, next, enough) {
  const [coarsest, ...finer] = levels2;
  const candidates = [];
  for (let i = 0; i < plan.candidates; i++) {
    const fitted2 = compareGuess(renderer, coarsest, next());
    if (!fitted2) continue;
    candidates.push(fitted2);
    if (i % 20 === 19) yield { phase: 'search', fitted: least(candidates), level: 0 };
  }
  candidates.sort(byCost);
  const turns = directions.filter(({ kind }) => kind === 'turn');
  const turned = [];
  for (const candidate of candidates.slice(0, plan.turned)) {
    turned.push(turns.length > 0 ? yield* fitted({ ...coarsest, iterations: 4 }, turns, candidate) : candidate);
  }
  turned.sort(byCost);
  let best;
  let bestCoarse = Infinity;
  for (const start of turned.slice(0, plan.starts)) {
    let found = yield* fitted(coarsest, directions, start);
    for (const level of finer) {
      if (level.size > coarsest.size && found.cost > hopeless * bestCoarse) break;
      const again = compareGuess(renderer, level, found.guess);
      if (!again) break;
      if (level === finer.find(({ size }) => size > coarsest.size)) bestCoarse = Math.min(bestCoarse, found.cost);
      found = yield* fitted(level, directions, again);
      if (level === finer.at(-1) && (!best || found.cost < best.cost)) best = found;
    }
    if ((best && enough(best)) || renderer.renderings >= plan.budget) break;
  }
  return best;
  function* fitted(level, free, start) {
    const steps3 = fitLevel(renderer, level, free, start);
    for (;;) {
      const { value, done } = steps3.next();
      if (done) return value;
      yield { phase: 'fit', fitted: value, level: levels2.indexOf(level) };
    }
  }
}
var hopeless = 5;
var byCost = (a, b) => a.cost - b.cost;
var least = (list) => list.reduce((a, b) => (a && a.cost <= b.cost ? a : b), void 0);

// src/refine/start-knowledge.ts
import { typicalView } from '@kanrecon/scene';

// src/refine/start-color.ts
var apart = 25;
function startColor({ data }, background) {
  const sum = [0, 0, 0];
  let count = 0;
  for (let i = 0; i < data.length; i += 3) {
    const off = [0, 1, 2].reduce((total, c) => total + Math.abs(data[i + c] - background[c]), 0);
    if (off <= apart) continue;
    count++;
    for (let c = 0; c < 3; c++) sum[c] += data[i + c];
  }
  if (count === 0) return [0.5, 0.5, 0.5];
  return sum.map((value) => Math.min(1, 1.6 * (value / count / 255) ** 2.2));
}

// src/refine/start-knowledge.ts
var spreads = { given: 0.1, unknown: 0.29, camera: 0.1 };
function startKnowledge(start, scene, bounds, image, background) {
  const { parameters } = scene.surface;
  for (const [name, list] of [
    ['normalized', start.normalized],
    ['spread', start.spread],
  ]) {
    if (list === void 0 || (list.length === parameters.length && Array.from(list).every(Number.isFinite))) continue;
    throw new Error(
      `refine: the start's ${name} is wrong; expected ${parameters.length} finite numbers, one for each of ${parameters.map(({ name: name2 }) => name2).join(', ')}, got ${Array.from(list).join(', ') || 'none'}`,
    );
  }
  const typical = typicalView(scene, { x: 0, y: 0, z: 0 });
  const shape = Float64Array.from(bounds.shape, (range2, i) =>
    inside2(start.normalized?.[i] ?? (range2[0] + range2[1]) / 2, range2),
  );
  const usual = start.normalized === void 0 ? spreads.unknown : spreads.given;
  const middle = ([min, max]) => (min + max) / 2;
  const { x, y, z } = bounds.camera;
  return {
    guess: {
      shape,
      cameraAngles: cameraInside(start.cameraAngles ?? { x: middle(x), y: middle(y), z: middle(z) }, bounds.camera),
      tanHalfFov: typical.tanHalfFov,
      baseColor: start.baseColor ?? (scene.pattern === 'hue-wheel' ? [0.5, 0.5, 0.5] : startColor(image, background)),
      light: typical.light,
      background,
    },
    shapeSpread: Float64Array.from(shape, (_, i) => start.spread?.[i] ?? usual),
    cameraSpread: start.cameraAngles === void 0 ? Infinity : (start.cameraSpread ?? spreads.camera),
  };
}

// src/refine/refine-image.ts
import { fitImage } from '@kanrecon/image';

var smallest = 32;
var largest = 1024;
function refineImage(image, scene, size, fit = {}) {
  if (!(Number.isInteger(size) && size >= smallest && size <= 256)) {
    throw new Error(`refine: size is wrong; expected a whole number from ${smallest} to 256, got ${size}`);
  }
  const grey = Math.round((scene.background[0] + scene.background[1]) / 2);
  const longer = Math.min(largest, Math.max(image.width, image.height));
  if (longer < smallest) {
    throw new Error(
      `refine: the image is too small; expected at least ${smallest} pixels, got ${image.width} \xD7 ${image.height}`,
    );
  }
  const square = (background) => ({
    width: longer,
    height: longer,
    data: fitImage(image, longer, { background: [...background], ...fit }),
  });
  let whole = square([grey, grey, grey]);
  if (image.width !== image.height && fit.background === void 0) {
    const scale2 = longer / Math.max(image.width, image.height);
    whole = square(innerBackground(whole, Math.round(image.width * scale2), Math.round(image.height * scale2)));
  }
  return shrinkImage(whole, Math.min(size, longer));
}
function innerBackground(square, width, height) {
  const [left, top2] = [(square.width - width) >> 1, (square.height - height) >> 1];
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    const from = 3 * ((top2 + y) * square.width + left);
    data.set(square.data.subarray(from, from + 3 * width), 3 * y * width);
  }
  return [...imageBackground({ width, height, data })];
}

// src/refine/image-noise.ts
function imageNoise(image, size) {
  const off = [];
  for (let y = 1; y < size - 1; y++) {
    for (let x = 1; x < size - 1; x++) {
      for (let c = 0; c < 3; c++) {
        const i = 3 * (y * size + x) + c;
        const around = image[i - 3] + image[i + 3] + image[i - 3 * size] + image[i + 3 * size];
        off.push(Math.abs(image[i] - around / 4));
      }
    }
  }
  off.sort((a, b) => a - b);
  return (1.4826 * (off[off.length >> 1] ?? 0)) / Math.sqrt(1.25);
}
function softenedNoise(noise, pixels, blur) {
  const width = 2 * blur + 1;
  let energy = 0;
  for (let k = 1 - width; k < width; k++) energy += ((width - Math.abs(k)) / width ** 2) ** 2;
  return (noise / pixels) * energy;
}

// src/refine/target-levels.ts
var rounding2 = 0.5;
var edges = 0.02;
function targetLevels(image, coarseness) {
  const noise = imageNoise(image.data, image.width);
  return coarseness.map(({ share, ...rest }) => {
    const size = Math.max(1, Math.round(image.width * share));
    const target = Float32Array.from(shrinkImage(image, size).data);
    softenImage(target, size, rest.blur, new Float32Array(target.length));
    return {
      size,
      target,
      weights: contrastWeights(target, size, softenedNoise(noise, 1 / share, rest.blur)),
      ...rest,
    };
  });
}
function contrastWeights(target, size, noise) {
  const weights = new Float32Array(target.length);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      for (let c = 0; c < 3; c++) {
        let [least2, most] = [Infinity, -Infinity];
        for (let j = Math.max(0, y - 1); j <= Math.min(size - 1, y + 1); j++) {
          for (let i = Math.max(0, x - 1); i <= Math.min(size - 1, x + 1); i++) {
            const value = target[3 * (j * size + i) + c];
            least2 = Math.min(least2, value);
            most = Math.max(most, value);
          }
        }
        weights[3 * (y * size + x) + c] = 1 / (rounding2 ** 2 + noise ** 2 + (edges * (most - least2)) ** 2);
      }
    }
  }
  return weights;
}

// src/refine.ts
var defaults2 = { budget: 2e3, size: 64, seed: 1, samples: 400 };
var optionNames2 = {
  ...defaults2,
  known: 1,
  limits: 1,
  fit: 1,
  onProgress: 1,
  signal: 1,
};
var startNames = {
  normalized: 1,
  spread: 1,
  cameraAngles: 1,
  cameraSpread: 1,
  baseColor: 1,
};
var plans = {
  near: { candidates: 24, turned: 6, starts: 6 },
  anywhere: { candidates: 200, turned: 8, starts: 8 },
};
var goodCost = 0.3;
var restCost = 0.01;
var believed = { chiSquared: 2.5, unexplained: 0.02 };
var stream = 7;
var turn2 = 15;
async function refine(image, start, scene, options = {}) {
  checkOptions7('refine', options, optionNames2);
  checkOptions7('refine', start, startNames);
  const { budget = defaults2.budget, size = defaults2.size, seed = defaults2.seed, onProgress, signal } = options;
  signal?.throwIfAborted();
  const bounds = knownBounds('refine', scene, options.known ?? {});
  const limits2 = options.limits ?? (await imageLimits(scene, { ...(signal && { signal }) }));
  const target = refineImage(image, scene, size, options.fit);
  const background = imageBackground(target);
  const knowledge = startKnowledge(start, scene, bounds, target, background);
  const directions = freeDirections(scene, bounds);
  const renderer = new GuessRenderer(scene);
  const random = randomStream2(stream, seed);
  const levels2 = targetLevels(target, squaredLevels);
  let drawn = 0;
  let last = Date.now();
  const plan = { ...plans[Number.isFinite(knowledge.cameraSpread) ? 'near' : 'anywhere'], budget };
  const steps3 = search(
    renderer,
    levels2,
    directions,
    plan,
    () => drawStart(knowledge, bounds, drawn++, random),
    enough,
  );
  let best = await followed(steps3);
  if (!best)
    throw new Error(
      `refine: the scene ${scene.name} has no object for any guess; expected a surface that can be drawn`,
    );
  let finest2 = levels2.at(-1);
  if (best.cost < goodCost) {
    const atRest = ({ cost }) => cost < restCost || renderer.renderings >= budget;
    best = await followed(asSteps(polish(renderer, levels2.slice(-2), directions, best, atRest)));
  }
  if (best.cost > goodCost) {
    for (const level of targetLevels(target, robustLevels)) {
      const again = compareGuess(renderer, level, best.guess);
      if (!again) break;
      best = await followed(asSteps(fitLevel(renderer, level, directions, again)));
      finest2 = level;
    }
  }
  const left = misfit(finest2, best, target, background);
  const posterior = shapePosterior(
    { renderer, level: finest2, directions, fitted: best, scene, bounds, limits: limits2 },
    {
      samples: options.samples ?? defaults2.samples,
      random,
    },
  );
  const { shape, baseColor } = best.guess;
  return {
    ...posterior,
    found: left.chiSquared < believed.chiSquared && left.unexplained < believed.unexplained,
    parameters: denormalizeParameters2(scene.surface, shape),
    normalized: shape,
    view: viewOf(best.guess, scene),
    baseColor,
    misfit: left,
    renderings: renderer.renderings,
  };
  function enough({ cost }) {
    return cost < goodCost;
  }
  async function followed(generator) {
    for (;;) {
      const { value, done } = generator.next();
      if (done) return value;
      if (onProgress) {
        const { guess, cost } = value.fitted;
        onProgress({
          phase: value.phase,
          parameters: denormalizeParameters2(scene.surface, guess.shape),
          view: viewOf(guess, scene),
          baseColor: guess.baseColor,
          cost,
          renderings: renderer.renderings,
          budget,
        });
      }
      if (Date.now() - last > turn2) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        last = Date.now();
      }
      signal?.throwIfAborted();
    }
  }
}
function viewOf({ cameraAngles, tanHalfFov, light, background }, scene) {
  const grey = Math.round((background[0] + background[1] + background[2]) / 3);
  return { ...typicalView2(scene, cameraAngles), tanHalfFov, light, background: grey };
}
function* asSteps(fit) {
  for (;;) {
    const { value, done } = fit.next();
    if (done) return value;
    yield { phase: 'fit', fitted: value };
  }
}

// src/refine/draft-index.ts
export * from '@kanrecon/scene';
export {
  anglesOf,
  cameraInside,
  combinationValue,
  compareGuess,
  contrastWeights,
  differences,
  drawStart,
  fitLevel,
  freeDirections,
  GuessRenderer,
  imageLimits,
  inside2 as inside,
  isFree,
  levelCost,
  moveGuess,
  normalEquations,
  refine,
  sceneBounds,
  search,
  softenImage,
  startColor,
  targetLevels,
  turnCamera,
};
