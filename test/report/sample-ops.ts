import { toFloat } from "../../src/inputs/float32.js";
import { jsonNumber } from "../../src/judge/number.js";
import type { OpResult, OpsReport, SpecialPoint } from "../../src/ops/report.js";

/** Reports of `audit ops` written by hand. */

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** An op with the errors that its value and its gradient have on each target; undefined where it throws. */
export function op(
  form: string,
  errors: Record<string, [value: number | undefined, gradient: number | undefined]>,
): OpResult[] {
  return Object.entries(errors).flatMap(([target, pair]) =>
    pair.map(
      (ulps, i): OpResult => ({
        op: form.replace(/\(.*/, ""),
        form,
        quantity: i === 0 ? "value" : "gradient",
        target,
        worst:
          ulps === undefined
            ? null
            : {
                ulps: jsonNumber(ulps),
                input: toFloat(Math.fround(-1e-7)),
                ...(/\bc\b/.test(form) && { constant: toFloat(3) }),
                computed: toFloat(ulps === inf ? inf : Number.isNaN(ulps) ? nan : 2),
                exact: toFloat(1.5),
              },
        median: 0,
        points: ulps === undefined ? 0 : 1000,
        unresolved: 0,
        flushed: 0,
        special: [],
        ...(ulps === undefined && { throws: "There is no gradient." }),
      }),
    ),
  );
}

export function special(x: number, computed: number, expected: number, by: SpecialPoint["by"]): SpecialPoint {
  return { input: toFloat(x), computed: toFloat(computed), expected: toFloat(expected), by };
}

export function report(targets: string[], ops: OpResult[], rest: Partial<OpsReport> = {}): OpsReport {
  return {
    schema: 1,
    command: "ops",
    version: "0.1.0",
    targets: targets.map((name) => ({
      name,
      backend: name,
      device: `a device for ${name}`,
      software: false,
      subnormals: "kept",
      versions: { tfjs: "4.22.0" },
    })),
    ops,
    errors: [],
    interrupted: false,
    exitCode: 0,
    ...rest,
  };
}
