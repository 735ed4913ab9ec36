import type { constraints, initializers, layers, regularizers } from '@tensorflow/tfjs-layers';

/** Arguments that every layer of TensorFlow.js takes (`name`, `inputShape`, `trainable`, …). */
export type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

/** An object with `apply(shape)`, as TensorFlow.js makes them. */
export type Initializer = ReturnType<typeof initializers.zeros>;
/** An object with `apply(weight)` that gives a scalar penalty. */
export type Regularizer = ReturnType<typeof regularizers.l1>;
/** An object with `apply(weight)` that gives the weight to use instead. */
export type Constraint = ReturnType<typeof constraints.nonNeg>;

/** A name ('glorotUniform'), a serialised initializer or an instance. */
export type InitializerLike = NonNullable<Parameters<typeof layers.dense>[0]['kernelInitializer']> | SerializedObject;
/** A name ('l1l2'), a serialised regularizer or an instance. */
export type RegularizerLike = NonNullable<Parameters<typeof layers.dense>[0]['kernelRegularizer']> | SerializedObject;
/** A name ('maxNorm'), a serialised constraint or an instance. */
export type ConstraintLike = NonNullable<Parameters<typeof layers.dense>[0]['kernelConstraint']> | SerializedObject;
/** Name of an activation of TensorFlow.js ('swish' is SiLU). */
export type ActivationName = NonNullable<Parameters<typeof layers.dense>[0]['activation']>;

/** What `getConfig` of a layer holds for an initializer, regularizer or constraint. */
export interface SerializedObject {
  className: string;
  config: Record<string, unknown>;
}

/** `<name>Initializer`, `<name>Regularizer` and `<name>Constraint` for every named weight of a layer. */
export type WeightArgs<Name extends string> = { [K in Name as `${K}Initializer`]?: InitializerLike } & {
  [K in Name as `${K}Regularizer`]?: RegularizerLike | null;
} & { [K in Name as `${K}Constraint`]?: ConstraintLike | null };
