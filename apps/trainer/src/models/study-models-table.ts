import type { StudyModel } from '@kanrecon/model/names';
import { formatTable } from '../ui/format-table.js';

/** Trainable parameters of a network's parts, and of all of it. */
export interface StudyModelParameters {
  backbone: number;
  head: number;
  trainable: number;
}

/** The study's networks as text for the terminal. */
export function modelsTable(models: readonly StudyModel[]): string {
  const rows = models.map((model) => {
    const { backbone = '', trainBackbone, head } = model.config;
    const counts = Object.values(parametersOf(model)).map((count) => count.toLocaleString('en'));
    const widths = head?.widths?.join(',') || 'none';
    return [
      model.name,
      trainBackbone === false ? `${backbone}, frozen` : backbone,
      head?.type ?? '',
      widths,
      ...counts,
    ];
  });
  return formatTable(['network', 'backbone', 'head', 'hidden widths', 'backbone', 'head', 'together'], rows);
}

/** What `kanrecon models --json` prints: how each network is made, and its size, by name. */
export function studyModelsJson(models: readonly StudyModel[]) {
  return Object.fromEntries(models.map((model) => [model.name, { ...model.config, parameters: parametersOf(model) }]));
}

function parametersOf({ backboneParameters: backbone, headParameters: head }: StudyModel): StudyModelParameters {
  return { backbone, head, trainable: backbone + head };
}
