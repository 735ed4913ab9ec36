import type { Requests } from './protocol.js';
import { serveTasks } from './serve-tasks.js';

// The worker's door: takes requests, hands each to its task, and answers. Tasks are loaded when they are first asked for.

serveTasks<Requests>({
  models: async () => (await import('./tasks/list-models.js')).listModels,
  missing: async () => (await import('./tasks/list-missing.js')).listMissing,
  samples: async () => (await import('./tasks/draw-samples.js')).drawSamples,
  read: async () => (await import('./tasks/read-image.js')).readImage,
  answer: async () => (await import('./tasks/answer-image.js')).answerImage,
  choose: async () => (await import('./tasks/choose-model.js')).chooseModelFor,
  refine: async () => (await import('./tasks/refine-object.js')).refineObject,
  compare: async () => (await import('./tasks/compare-meshes.js')).compareMeshes,
  inside: async () => (await import('./tasks/look-inside.js')).lookInside,
  edge: async () => (await import('./tasks/read-edge.js')).readEdge,
  identify: async () => (await import('./tasks/identify-surface.js')).identifySurface,
  takeOwn: async () => (await import('./tasks/own-models.js')).takeOwn,
  loadOwn: async () => (await import('./tasks/own-models.js')).loadOwn,
  openOwn: async () => (await import('./tasks/own-models.js')).openOwn,
  artifacts: async () => (await import('./tasks/own-models.js')).artifactsOf,
  forgetOwn: async () => (await import('./tasks/own-models.js')).forgetOwn,
  ownFile: async () => (await import('./tasks/own-models.js')).ownFile,
  answerBy: async () => (await import('./tasks/answer-image.js')).answerBy,
  score: async () => (await import('./tasks/score-model.js')).scoreModel,
  drawFor: async () => (await import('./tasks/draw-samples.js')).drawFor,
});
