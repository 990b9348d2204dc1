import type { Arithmetic } from "../arithmetic/arithmetic.js";

/** A JavaScript expression: a name, or the literal of a number that is known. */
export interface Expression {
  text: string;
  known?: number;
}

/** The reading of a sensor at its very hazard: more than the smallest float32, 2^-149, gives beside 0. */
const AT_HAZARD = 2 ** 150;

/**
 * A program in float32, rounded after every operation, as JavaScript source in
 * which each operation that can go wrong has sensors. A sensor reads how near an
 * operation comes to its hazard, the larger the nearer: how much a subtraction
 * cancels, how large or small a product is, how near a divisor is to 0, the
 * argument of a logarithm to 0 or 1, two compared numbers to a tie.
 */
export class SensorSource implements Arithmetic<Expression> {
  readonly lines: string[] = [];
  sensors = 0;
  #names = 0;

  constant(x: number): Expression {
    return { text: Object.is(x, -0) ? "(-0)" : x < 0 ? `(${x})` : String(x), known: x };
  }

  known(a: Expression): number | undefined {
    return a.known;
  }

  add(a: Expression, b: Expression): Expression {
    return this.#sum(a, b, "+");
  }

  sub(a: Expression, b: Expression): Expression {
    return this.#sum(a, b, "-");
  }

  mul(a: Expression, b: Expression): Expression {
    const product = this.#rounded(`${a.text} * ${b.text}`);
    this.#size(product, a, b);
    return product;
  }

  div(a: Expression, b: Expression): Expression {
    const quotient = this.#rounded(`${a.text} / ${b.text}`);
    this.#size(quotient, a, b);
    this.#near(b, 0);
    return quotient;
  }

  neg = (a: Expression) => this.#plain(`-${a.text}`);

  abs(a: Expression): Expression {
    this.#near(a, 0);
    return this.#plain(`Math.abs(${a.text})`);
  }

  sign(a: Expression): Expression {
    this.#near(a, 0);
    return this.#plain(`Math.sign(${a.text})`);
  }

  max(a: Expression, b: Expression): Expression {
    this.#tie(a, b);
    return this.#plain(`Math.max(${a.text}, ${b.text})`);
  }

  min(a: Expression, b: Expression): Expression {
    this.#tie(a, b);
    return this.#plain(`Math.min(${a.text}, ${b.text})`);
  }

  square(a: Expression): Expression {
    return this.mul(a, a);
  }

  sqrt(a: Expression): Expression {
    this.#near(a, 0);
    return this.#rounded(`Math.sqrt(${a.text})`);
  }

  exp = (a: Expression) => this.#both("exp", a);
  expm1 = (a: Expression) => this.#both("expm1", a);
  sinh = (a: Expression) => this.#both("sinh", a);
  cosh = (a: Expression) => this.#both("cosh", a);
  tanh = (a: Expression) => this.#both("tanh", a);

  log(a: Expression): Expression {
    this.#near(a, 0);
    this.#near(a, 1);
    return this.#rounded(`Math.log(${a.text})`);
  }

  log1p(a: Expression): Expression {
    this.#near(a, -1);
    return this.#rounded(`Math.log1p(${a.text})`);
  }

  sigmoid(a: Expression): Expression {
    this.#ends(a);
    return this.#rounded(`1 / (1 + Math.exp(-${a.text}))`);
  }

  softplus(a: Expression): Expression {
    this.#ends(a);
    return this.#rounded(`Math.max(${a.text}, 0) + Math.log1p(Math.exp(-Math.abs(${a.text})))`);
  }

  pow(a: Expression, b: Expression): Expression {
    const power = this.#rounded(`Math.pow(${a.text}, ${b.text})`);
    this.#near(a, 0);
    this.#near(b, 0);
    this.#size(power, a, b);
    return power;
  }

  sin = (a: Expression) => this.#rounded(`Math.sin(${a.text})`);
  cos = (a: Expression) => this.#rounded(`Math.cos(${a.text})`);
  tan = (a: Expression) => this.#rounded(`Math.tan(${a.text})`);
  atan = (a: Expression) => this.#rounded(`Math.atan(${a.text})`);
  asinh = (a: Expression) => this.#rounded(`Math.asinh(${a.text})`);
  asin = (a: Expression) => this.#edges("asin", a);
  acos = (a: Expression) => this.#edges("acos", a);
  atanh = (a: Expression) => this.#edges("atanh", a);

  acosh(a: Expression): Expression {
    this.#near(a, 1);
    return this.#rounded(`Math.acosh(${a.text})`);
  }

  atan2(y: Expression, x: Expression): Expression {
    this.#near(x, 0);
    this.#near(y, 0);
    return this.#rounded(`Math.atan2(${y.text}, ${x.text})`);
  }

  /** tanh(1.2 a) follows erf to 0.02: enough to sense where it saturates. */
  erf(a: Expression): Expression {
    this.#ends(a);
    return this.#rounded(`Math.tanh(1.2 * ${a.text})`);
  }

  floor = (a: Expression) => this.#plain(`Math.floor(${a.text})`);
  ceil = (a: Expression) => this.#plain(`Math.ceil(${a.text})`);

  round(a: Expression): Expression {
    const { text } = this.#plain(`Math.round(${a.text})`);
    return this.#plain(`${text} - ${a.text} === 0.5 && ${text} % 2 !== 0 ? ${text} - 1 : ${text}`);
  }

  less(a: Expression, b: Expression): Expression {
    this.#tie(a, b);
    return this.#plain(`${a.text} < ${b.text} ? 1 : 0`);
  }

  equal(a: Expression, b: Expression): Expression {
    this.#tie(a, b);
    return this.#plain(`${a.text} === ${b.text} ? 1 : 0`);
  }

  select(condition: Expression, a: Expression, b: Expression): Expression {
    if (condition.known !== undefined) return condition.known === 0 ? b : a;
    return this.#plain(`${condition.text} !== 0 ? ${a.text} : ${b.text}`);
  }

  hull(): Expression {
    throw new Error("A float32 encloses nothing.");
  }

  #plain(text: string): Expression {
    const name = `v${this.#names++}`;
    this.lines.push(`const ${name} = ${text};`);
    return { text: name };
  }

  #rounded(text: string): Expression {
    return this.#plain(`Math.fround(${text})`);
  }

  #sense(reading: string): void {
    const k = this.sensors++;
    this.lines.push(
      `if ((h = ${reading}) > best[${k}] && h < Infinity) { best[${k}] = h; bestAt[${k}] = i; }`,
    );
  }

  #sum(a: Expression, b: Expression, operator: "+" | "-"): Expression {
    const sum = this.#rounded(`${a.text} ${operator} ${b.text}`);
    if (a.known === 0 || b.known === 0) return sum;
    const size = `Math.abs(${a.text}) + Math.abs(${b.text})`;
    this.#sense(
      `${sum.text} === 0 ? (${a.text} === 0 ? 0 : ${AT_HAZARD}) : (${size}) / Math.abs(${sum.text})`,
    );
    return sum;
  }

  /** How large, and how small: at its smallest where it is 0, though neither operand is. */
  #size({ text }: Expression, a: Expression, b: Expression): void {
    this.#sense(`Math.abs(${text})`);
    this.#sense(
      `${text} === 0 ? (${a.text} === 0 || ${b.text} === 0 ? 0 : ${AT_HAZARD}) : 1 / Math.abs(${text})`,
    );
  }

  #near({ text, known }: Expression, place: number): void {
    if (known !== undefined) return;
    const distance = place === 0 ? text : `${text} - ${place}`;
    this.#sense(`${text} === ${place} ? ${AT_HAZARD} : 1 / Math.abs(${distance})`);
  }

  /** Relative to their size; beside 0, where that says nothing, how near to it. */
  #tie(a: Expression, b: Expression): void {
    const size = `Math.abs(${a.text}) + Math.abs(${b.text})`;
    if (b.known === 0) this.#near(a, 0);
    else if (a.known === 0) this.#near(b, 0);
    else this.#sense(`${a.text} === ${b.text} ? ${AT_HAZARD} : (${size}) / Math.abs(${a.text} - ${b.text})`);
  }

  /** How far out on either side. */
  #ends({ text, known }: Expression): void {
    if (known !== undefined) return;
    this.#sense(text);
    this.#sense(`-${text}`);
  }

  #both(name: string, a: Expression): Expression {
    this.#ends(a);
    return this.#rounded(`Math.${name}(${a.text})`);
  }

  #edges(name: string, a: Expression): Expression {
    this.#near(a, 1);
    this.#near(a, -1);
    return this.#rounded(`Math.${name}(${a.text})`);
  }
}
