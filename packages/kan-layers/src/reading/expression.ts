/** Functions that a formula calls by name. */
export type CallName = 'exp' | 'log' | 'sqrt' | 'abs' | 'sin' | 'cos' | 'tan' | 'tanh' | 'arctan' | 'sigmoid';

/** A formula as a tree. Build it with {@link number}, {@link variable}, {@link sum}, {@link product}, {@link power}, {@link call}. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'variable'; readonly index: number; readonly name: string }
  | { readonly kind: 'sum'; readonly terms: readonly Expression[] }
  | { readonly kind: 'product'; readonly factors: readonly Expression[] }
  | { readonly kind: 'power'; readonly base: Expression; readonly exponent: number }
  | { readonly kind: 'call'; readonly name: CallName; readonly argument: Expression };

export const callFunctions: Readonly<Record<CallName, (u: number) => number>> = {
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  tanh: Math.tanh,
  arctan: Math.atan,
  sigmoid: (u) => 1 / (1 + Math.exp(-u)),
};

/** A constant. */
export function number(value: number): Expression {
  // −0 would be printed.
  return { kind: 'number', value: value === 0 ? 0 : value };
}

/** Input `index`, counted from 0, by its name in print. */
export function variable(index: number, name = `x${index + 1}`): Expression {
  return { kind: 'variable', index, name };
}

/** The sum, with sums inside it opened, like terms put together and zeros left out. */
export function sum(terms: readonly Expression[]): Expression {
  const flat = terms.flatMap((term) => (term.kind === 'sum' ? term.terms : [term]));
  let constant = 0;
  const like = new Map<string, { coefficient: number; rest: Expression }>();
  for (const term of flat) {
    if (term.kind === 'number') {
      constant += term.value;
      continue;
    }
    const [coefficient, rest] = splitCoefficient(term);
    const key = JSON.stringify(rest);
    const known = like.get(key);
    if (known) known.coefficient += coefficient;
    else like.set(key, { coefficient, rest });
  }
  const result = [...like.values()]
    .filter(({ coefficient }) => coefficient !== 0)
    .map(({ coefficient, rest }) => (coefficient === 1 ? rest : scale(coefficient, rest)));
  if (constant !== 0) result.push(number(constant));
  if (result.length === 0) return number(0);
  return result.length === 1 ? result[0]! : { kind: 'sum', terms: result };
}

/** The product, with products inside it opened, numbers multiplied, and a number times a sum multiplied out. */
export function product(factors: readonly Expression[]): Expression {
  const flat = factors.flatMap((factor) => (factor.kind === 'product' ? factor.factors : [factor]));
  let coefficient = 1;
  const rest: Expression[] = [];
  for (const factor of flat) {
    if (factor.kind === 'number') coefficient *= factor.value;
    else rest.push(factor);
  }
  if (coefficient === 0 || rest.length === 0) return number(coefficient);
  const single = rest.length === 1 ? rest[0]! : undefined;
  if (coefficient === 1) return single ?? { kind: 'product', factors: rest };
  if (single?.kind === 'sum') return sum(single.terms.map((term) => product([number(coefficient), term])));
  return { kind: 'product', factors: [number(coefficient), ...rest] };
}

/** base^exponent, a whole exponent; numbers are taken out of the base. */
export function power(base: Expression, exponent: number): Expression {
  if (exponent === 1) return base;
  if (exponent === 0) return number(1);
  if (base.kind === 'number') return number(base.value ** exponent);
  if (base.kind === 'power') return power(base.base, base.exponent * exponent);
  if (base.kind === 'product') {
    const [coefficient, rest] = splitCoefficient(base);
    if (coefficient !== 1) return product([number(coefficient ** exponent), power(rest, exponent)]);
  }
  return { kind: 'power', base, exponent };
}

/** A function of an expression; of a number, its value. */
export function call(name: CallName, argument: Expression): Expression {
  return argument.kind === 'number' ? number(callFunctions[name](argument.value)) : { kind: 'call', name, argument };
}

/** [number, the rest] of a product. */
export function splitCoefficient(term: Expression): [number, Expression] {
  if (term.kind !== 'product') return [1, term];
  const [first, ...rest] = term.factors;
  if (first!.kind !== 'number') return [1, term];
  return [first!.value, rest.length === 1 ? rest[0]! : { kind: 'product', factors: rest }];
}

function scale(coefficient: number, rest: Expression): Expression {
  return product([number(coefficient), rest]);
}

/** The same tree with every number replaced, built anew, so that what has become 0 or 1 vanishes. */
export function mapNumbers(formula: Expression, change: (value: number) => number): Expression {
  const again = (part: Expression) => mapNumbers(part, change);
  switch (formula.kind) {
    case 'number':
      return number(change(formula.value));
    case 'variable':
      return formula;
    case 'sum':
      return sum(formula.terms.map(again));
    case 'product':
      return product(formula.factors.map(again));
    case 'power':
      return power(again(formula.base), formula.exponent);
    case 'call':
      return call(formula.name, again(formula.argument));
  }
}
