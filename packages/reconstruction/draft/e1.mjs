// refine from disturbed guesses with the camera nearly known
import * as R from './refine.mjs';

const { sceneByName, drawShape, drawView, renderView } = R;
const arg = Object.fromEntries(process.argv.slice(2).map((a) => a.split('=')));
globalThis.CENTRAL = +(arg.central ?? 0);
const scene = sceneByName(arg.scene ?? 'observable');
const count = +(arg.n ?? 20);
const size = 64;
const edges = +(arg.edges ?? 0.05),
  outlier = +(arg.outlier ?? 3);
const pars = scene.surface.parameters;
let st = +(arg.seed ?? 7);
const rnd = () => {
  st = (st * 1664525 + 1013904223) >>> 0;
  return (st + 0.5) / 4294967296;
};
const g = () => Math.sqrt(-2 * Math.log(rnd())) * Math.cos(2 * Math.PI * rnd());
const norm = (p) => Float64Array.from(pars, (q) => (p[q.name] - q.min) / (q.max - q.min));
const dirs = R.freeDirections(scene, R.sceneBounds(scene));
const plan = JSON.parse(arg.plan ?? '[[0.5,2,100,1,8],[0.5,1,30,0.5,8],[1,1,10,0.3,8],[1,0,3,0.1,8]]').map(
  ([share, blur, o, step, iterations]) => ({ share, blur, outlier: o, step, iterations }),
);
const errs = [],
  costs = [],
  before = [],
  ang = [];
let ren = 0;
const cpu0 = process.cpuUsage();
for (let i = 0; i < count; i++) {
  const shape = drawShape(scene, 99, i),
    view = drawView(scene, 99, i, 0);
  const { image } = renderView(scene, shape, view, { size, effects: false });
  const truth = norm(shape.parameters);
  const levels = R.targetLevels(image, plan, edges);
  const renderer = new R.GuessRenderer(scene);
  const start = {
    shape: truth.map((v) => Math.min(1, Math.max(0, v + 0.065 * g()))),
    cameraAngles: R.cameraInside(R.turnCamera(view.cameraAngles, [0.08 * g(), 0.08 * g(), 0.08 * g()]), scene.camera),
    tanHalfFov: view.tanHalfFov,
    baseColor: shape.baseColor.map((c) => Math.min(1, Math.max(0, c + 0.05 * g()))),
    light: view.light,
    background: [view.background, view.background, view.background],
  };
  let fitted;
  const trace = [];
  for (const level of levels) {
    const f = R.compareGuess(renderer, level, fitted?.guess ?? start);
    const c0 = f.cost;
    for (const it = R.fitLevel(renderer, level, dirs, f); ; ) {
      const { value, done } = it.next();
      fitted = value;
      if (done) break;
    }
    trace.push(c0.toFixed(2) + '→' + fitted.cost.toFixed(3));
  }
  ren += renderer.renderings;
  before.push(truth.map((t, j) => start.shape[j] - t));
  errs.push(truth.map((t, j) => fitted.guess.shape[j] - t));
  costs.push(fitted.cost);
  if (arg.verbose)
    console.log(
      i,
      trace.join(' | '),
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
  'renders; cost median',
  med(costs).toFixed(4),
  'over 1:',
  costs.filter((c) => c > 1).length,
);
pars.forEach((p, j) => {
  const a = errs.map((e) => Math.abs(e[j])).sort((x, y) => x - y);
  const r2 = (e) => 1 - (12 * e.reduce((s, v) => s + v[j] ** 2, 0)) / count;
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
