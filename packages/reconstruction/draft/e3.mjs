import * as R from './refine.mjs';

const { sceneByName, drawShape, drawView, renderView, refine, combinationValue, imageLimits } = R;
const arg = Object.fromEntries(process.argv.slice(2).map((a) => a.split('=')));
const scene = sceneByName(arg.scene ?? 'observable');
const count = +(arg.n ?? 20),
  first = +(arg.first ?? 0);
const isize = +(arg.isize ?? 64);
const pars = scene.surface.parameters;
const sd = +(arg.sd ?? 0.065);
const cam = arg.cam === 'no' ? Infinity : +(arg.cam ?? 0.08);
let st = +(arg.seed ?? 7);
const rnd = () => {
  st = (st * 1664525 + 1013904223) >>> 0;
  return (st + 0.5) / 4294967296;
};
const g = () => Math.sqrt(-2 * Math.log(rnd())) * Math.cos(2 * Math.PI * rnd());
for (let i = 0; i < first * 20; i++) g();
const norm = (p) => Float64Array.from(pars, (q) => (p[q.name] - q.min) / (q.max - q.min));
const rows = [];
const cpu0 = process.cpuUsage();
const limits = await imageLimits(scene);
for (let i = first; i < first + count; i++) {
  const shape = drawShape(scene, 99, i),
    view = drawView(scene, 99, i, 0);
  const { image } = renderView(scene, shape, view, { size: isize, effects: false });
  const truth = norm(shape.parameters);
  const begin = truth.map((v) => Math.min(1, Math.max(0, v + sd * g())));
  const start = {
    normalized: begin,
    spread: begin.map(() => sd),
    ...(cam !== Infinity && {
      cameraAngles: R.cameraInside(R.turnCamera(view.cameraAngles, [cam * g(), cam * g(), cam * g()]), scene.camera),
      cameraSpread: cam,
    }),
  };
  const known = arg.known ? { parameters: { [arg.known]: shape.parameters[arg.known] } } : {};
  const r = await refine(image, start, scene, { known, limits, ...(arg.budget && { budget: +arg.budget }) });
  const est = pars.map((p) => r.estimates[p.name]);
  const n = (v, j) => (v - pars[j].min) / (pars[j].max - pars[j].min);
  rows.push({
    i,
    truth,
    begin,
    peak: r.normalized,
    mean: est.map((e, j) => n(e.mean, j)),
    in50: est.map((e, j) => {
      const t = shape.parameters[pars[j].name];
      return t >= e.interval50[0] && t <= e.interval50[1];
    }),
    in90: est.map((e, j) => {
      const t = shape.parameters[pars[j].name];
      return t >= e.interval90[0] && t <= e.interval90[1];
    }),
    width: est.map((e, j) => (e.interval90[1] - e.interval90[0]) / (pars[j].max - pars[j].min)),
    told: est.map((e) => e.told),
    found: r.found,
    misfit: r.misfit,
    ren: r.renderings,
    combos: limits.combinations.map((c) => {
      const e = r.combinations[c.name],
        t = combinationValue(
          c,
          pars.map((p) => shape.parameters[p.name]),
        );
      return { name: c.name, t, m: e.mean, in90: t >= e.interval90[0] && t <= e.interval90[1] };
    }),
  });
  if (arg.verbose || !r.found)
    console.log(
      i,
      r.renderings,
      r.found,
      JSON.stringify(Object.values(r.misfit).map((v) => +v.toPrecision(3))),
      Array.from(
        truth,
        (t, j) => (r.normalized[j] - t).toFixed(4) + '±' + (rows.at(-1).width[j] / 3.29).toFixed(4),
      ).join(' '),
      'wa',
      truth[4].toFixed(3),
    );
}
const cpu = process.cpuUsage(cpu0);
const med = (a) => a.slice().sort((x, y) => x - y)[a.length >> 1];
console.log(
  scene.name,
  JSON.stringify(arg),
  (cpu.user / 1000 / count).toFixed(0) + ' ms cpu',
  (rows.reduce((s, r) => s + r.ren, 0) / count).toFixed(0),
  'renders (median ' + med(rows.map((r) => r.ren)) + '); found',
  rows.filter((r) => r.found).length,
  'of',
  count,
  'chi² median',
  med(rows.map((r) => r.misfit.chiSquared)).toFixed(4),
);
const tot = { begin: 0, peak: 0, mean: 0 };
pars.forEach((p, j) => {
  const r2 = (k) => 1 - (12 * rows.reduce((s, r) => s + (r[k][j] - r.truth[j]) ** 2, 0)) / count;
  for (const k in tot) tot[k] += r2(k) / pars.length;
  const a = rows.map((r) => Math.abs(r.peak[j] - r.truth[j])).sort((x, y) => x - y);
  console.log(
    ' ',
    p.name.padEnd(11),
    'R2',
    r2('begin').toFixed(3),
    'peak',
    r2('peak').toFixed(4),
    'mean',
    r2('mean').toFixed(4),
    'median',
    med(a).toFixed(5),
    'max',
    a.at(-1).toFixed(3),
    'in50',
    (rows.filter((r) => r.in50[j]).length / count).toFixed(2),
    'in90',
    (rows.filter((r) => r.in90[j]).length / count).toFixed(2),
    'width',
    med(rows.map((r) => r.width[j])).toFixed(4),
    'told',
    rows.filter((r) => r.told[j]).length,
  );
});
console.log('  mean R2', JSON.stringify(tot));
rows[0].combos.forEach((c, j) => {
  const t = rows.map((r) => r.combos[j]);
  const m = t.reduce((s, x) => s + x.t, 0) / count;
  console.log(
    '  ',
    c.name,
    'R2',
    (1 - t.reduce((s, x) => s + (x.t - x.m) ** 2, 0) / t.reduce((s, x) => s + (x.t - m) ** 2, 0)).toFixed(5),
    'in90',
    t.filter((x) => x.in90).length / count,
  );
});
