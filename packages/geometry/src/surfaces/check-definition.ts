import { showValue } from '../show-value.js';

/** What a field of a definition may be: a word for people, and the test. */
export interface FieldRule {
  readonly expected: string;
  readonly required?: boolean;
  holds(value: unknown): boolean;
}

export const textField: FieldRule = { expected: 'text', holds: (value) => typeof value === 'string' };
export const flagField: FieldRule = { expected: 'true or false', holds: (value) => typeof value === 'boolean' };
export const numberField: FieldRule = { expected: 'a number', holds: (value) => typeof value === 'number' };
export const functionField: FieldRule = { expected: 'a function', holds: (value) => typeof value === 'function' };

/** The same rule for a field that must be there. */
export function required(rule: FieldRule): FieldRule {
  return { ...rule, required: true };
}

/** What the fields of a parameter may be; the name's and range's own rules are `checkSurface`'s. */
const parameterRules: Readonly<Record<string, FieldRule>> = {
  name: required(textField),
  min: required(numberField),
  max: required(numberField),
  unit: textField,
  label: textField,
  description: textField,
};

/**
 * A look at the fields of what a surface is made from, before anything is called or destructured.
 *
 * @throws if it is no object, a field is unknown, missing or of the wrong kind
 */
export function checkDefinition(caller: string, given: unknown, rules: Readonly<Record<string, FieldRule>>): void {
  if (!isRecord(given)) {
    throw new Error(`${caller}: the definition is wrong; expected an object, got ${showValue(given)}`);
  }
  checkFields(caller, '', given, rules);
}

/**
 * A look at a list of parameters.
 *
 * @throws if it is no list of objects, or a field is unknown, missing or of the wrong kind
 */
export function checkParameterFields(caller: string, parameters: unknown): void {
  if (!Array.isArray(parameters) || !parameters.every(isRecord)) {
    throw new Error(
      `${caller}: parameters ${parameters === undefined ? 'is missing' : 'is wrong'}; expected a list of { name, min, max }${parameters === undefined ? '' : `, got ${showValue(parameters)}`}`,
    );
  }
  for (const parameter of parameters) {
    const { name } = parameter;
    checkFields(
      caller,
      typeof name === 'string' ? ` of parameter ${showValue(name)}` : ' of a parameter',
      parameter,
      parameterRules,
    );
  }
}

function checkFields(
  caller: string,
  of: string,
  given: Record<string, unknown>,
  rules: Readonly<Record<string, FieldRule>>,
): void {
  const known = Object.keys(rules);
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new Error(`${caller}: unknown field ${showValue(unknown)}${of}; expected ${known.join(', ')}`);
  }
  for (const [name, rule] of Object.entries(rules)) {
    const value = given[name];
    if (value === undefined) {
      if (!rule.required) continue;
      throw new Error(`${caller}: ${name}${of} is missing; expected ${rule.expected}`);
    }
    if (!rule.holds(value)) {
      throw new Error(`${caller}: ${name}${of} is wrong; expected ${rule.expected}, got ${showValue(value)}`);
    }
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
