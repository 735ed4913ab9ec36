// What every TensorFlow.js contender trains: a backbone of plain tfjs-layers with one dense layer on it.
import { backboneByName } from '@kanrecon/backbones';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';

export const outputs = 6;

export function createNetwork(name, size) {
  const base = backboneByName(name).create({ imageSize: size, seed: 1 });
  const kernelInitializer = layers.initializers.glorotUniform({ seed: 2 });
  const head = layers.layers.dense({ units: outputs, kernelInitializer }).apply(base.outputs[0]);
  return layers.model({ inputs: base.inputs, outputs: head });
}

export function variablesOf(model) {
  return model.trainableWeights.map((weight) => weight.read());
}

/** AdamW in one pass a parameter: state and step. */
export function fusedAdamW(variables, fusedAdamWStep) {
  const zeros = (variable) => tf.variable(tf.zeros(variable.shape), false);
  const state = variables.map((parameter) => ({
    parameter,
    firstMoment: zeros(parameter),
    secondMoment: zeros(parameter),
  }));
  let step = 0;
  return (gradientOf) => {
    step++;
    for (const part of state) {
      fusedAdamWStep({ ...part, gradient: gradientOf(part.parameter) }, { step, learningRate: 1e-4 });
    }
  };
}
