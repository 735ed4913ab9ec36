import * as R from './refine.mjs';

const { sceneByName, drawShape, drawView, renderView, randomStream } = R;
const arg = Object.fromEntries(process.argv.slice(2).map((a) => a.split('=')));
const scene = sceneByName(arg.scene ?? 'observable');
const count = +(arg.n ?? 20),
  first = +(arg.first ?? 0);
const size = 64;
const edges = +(arg.edges ?? 0.02);
const pars = scene.surface.parameters;
const sd = +(arg.sd ?? 0.065);
const cam = arg.cam === 'no' ? Infinity : +(arg.cam ?? 0.08);
let st = +(arg.seed ?? 7);
const rnd = () => {
  st = (st * 1664525 + 1013904223) >>> 0;
  return (st + 0.5) / 4294967296;
};
const g = () => Math.sqrt(-2 * Math.log(rnd())) * Math.cos(2 * Math.PI * rnd());
const norm = (p) => Float64Array.from(pars, (q) => (p[q.name] - q.min) / (q.max - q.min));
const bounds = R.sceneBounds(scene);
const dirs = R.freeDirections(scene, bounds);
const plan = JSON.parse(
  arg.plan ?? '[[0.5,2,1000,1,0,8],[0.5,1,1000,0.5,0,8],[1,2,1000,0.5,1,8],[1,1,1000,0.5,1,20]]',
).map(([share, blur, o, step, central, iterations]) => ({
  share,
  blur,
  outlier: o,
  step,
  central: !!central,
  iterations,
}));
const sp = { candidates: +(arg.cand ?? 200), turned: +(arg.turned ?? 8), starts: +(arg.starts ?? 6) };
const thr = +(arg.thr ?? 0.3);
const errs = [],
  costs = [],
  before = [],
  ang = [],
  rs = [];
let ren = 0;
const cpu0 = process.cpuUsage();
const rot = (a, b) => {
  let t = 0;
  for (let i = 0; i < 9; i++) t += a[i] * b[i];
  return (Math.acos(Math.min(1, (t - 1) / 2)) * 180) / Math.PI;
};
for (let i = first; i < first + count; i++) {
  const shape = drawShape(scene, 99, i),
    view = drawView(scene, 99, i, 0);
  const { image } = renderView(scene, shape, view, { size, effects: false });
  const truth = norm(shape.parameters);
  const levels = R.targetLevels(image, plan, edges);
  const renderer = new R.GuessRenderer(scene);
  const bg = [view.background, view.background, view.background];
  const guess = {
    shape: truth.map((v) => Math.min(1, Math.max(0, v + sd * g()))),
    cameraAngles:
      cam === Infinity
        ? { x: 0.8, y: 0, z: 0 }
        : R.cameraInside(R.turnCamera(view.cameraAngles, [cam * g(), cam * g(), cam * g()]), scene.camera),
    tanHalfFov: view.tanHalfFov,
    baseColor: scene.pattern === 'hue-wheel' ? [0.5, 0.5, 0.5] : R.startColor(image, bg),
    light: view.light,
    background: bg,
  };
  const know = { guess, shapeSpread: guess.shape.map(() => sd), cameraSpread: cam };
  const random = randomStream(5, 1, i);
  let k = 0;
  const it = R.search(
    renderer,
    levels,
    dirs,
    sp,
    () => R.drawStart(know, bounds, k++, random),
    (f) => f.cost < thr,
  );
  let fitted;
  for (;;) {
    const { value, done } = it.next();
    if (done) {
      fitted = value;
      break;
    }
  }
  ren += renderer.renderings;
  rs.push(renderer.renderings);
  before.push(truth.map((t, j) => guess.shape[j] - t));
  errs.push(truth.map((t, j) => fitted.guess.shape[j] - t));
  costs.push(fitted.cost);
  if (arg.verbose || fitted.cost > thr)
    console.log(
      i,
      renderer.renderings,
      fitted.cost.toFixed(4),
      Array.from(errs.at(-1), (v) => v.toFixed(4)).join(' '),
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
  (ren / count).toFixed(0),
  'renders (median ' + med(rs) + '); cost median',
  med(costs).toFixed(4),
  'over thr:',
  costs.filter((c) => c > thr).length,
);
let mr = 0;
pars.forEach((p, j) => {
  const a = errs.map((e) => Math.abs(e[j])).sort((x, y) => x - y);
  const r2 = (e) => 1 - (12 * e.reduce((s, v) => s + v[j] ** 2, 0)) / count;
  mr += r2(errs) / 6;
  console.log(
    ' ',
    p.name.padEnd(11),
    'R2',
    r2(before).toFixed(3),
    '→',
    r2(errs).toFixed(4),
    'median',
    med(a).toFixed(5),
    'p90',
    a[Math.floor(count * 0.9)].toFixed(4),
    'max',
    a.at(-1).toFixed(3),
  );
});
console.log('  mean', mr.toFixed(4));
