import fc from "fast-check";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { fromOrdinal } from "../../../src/inputs/float32.js";
import type { Finding } from "../../../src/judge/finding.js";
import { jsonNumber } from "../../../src/judge/number.js";
import type { AnyReport } from "../../../src/report/any-report.js";
import { htmlReport } from "../../../src/report/html/html-report.js";
import type { Curve, LossSummary, MapPicture } from "../../../src/report/report.js";
import { anyReport } from "../arbitrary-report.js";
import { fuzzReport, gateReport, sweepReport } from "../reports.js";
import { sampleReport } from "../sample-report.js";

/** The page as its elements. */
async function pageOf(report: AnyReport) {
  const text = await htmlReport(report);
  return { text, document: parseHTML(text).document };
}

/** All text of the first element that fits, blanks as one. */
function textIn(document: { querySelector(selector: string): unknown }, selector: string): string {
  const element = document.querySelector(selector) as { textContent: string } | null;
  return (element?.textContent ?? "").replaceAll(/\s+/g, " ").trim();
}

describe("a sweep", async () => {
  const { text, document } = await pageOf({ ...sweepReport, errors: sampleReport.errors, exitCode: 2 });

  test("begins with the verdict, the numbers and what was not audited", () => {
    expect(textIn(document, "h1")).toContain("audit sweep could not audit everything: 1 audit failed");
    expect(textIn(document, ".cards")).toBe("errors4warnings1notes1unresolved0not audited1");
    expect(textIn(document, ".box.error")).toBe(
      "Not audited./my-loss.ts broken on cpu ./my-loss.ts#broken returned a promise; a loss returns a tensor: remove async from it.",
    );
    expect(textIn(document, ".audited")).toBe(
      "1 loss, 2 implementations, 16,008 points. Seed 0, loss-audit 0.1.0.",
    );
    expect(textIn(document, ".targets")).toContain("wasmWebAssembly, SIMD, 1 thread");
  });

  test("shows each defect with regions, numbers, reason, cure and command", () => {
    const card = "details.finding.error";
    expect(textIn(document, `${card} summary`)).toBe(
      "error naive the value overflows 17.32868 to 120, z = 0",
    );
    expect(textIn(document, `${card} .regions`)).toBe(
      "17.32868 0x418aa123 to 120 0x42f00000 z = 0 on cpu, wasm",
    );
    expect(textIn(document, `${card} .numbers`)).toBe(
      "At x = 120, z = 0 on cpu computedexactulps off valueInfinity120∞",
    );
    expect(textIn(document, `${card} .cure`)).toBe("Instead Write softplus(x) for -log(1 - sigmoid(x)).");
    expect(text).toContain(
      '<strong class="lead">Why</strong> Log of 0 (lösß.ts:17): 1 - sigmoid(x) rounds to 0.</p>',
    );
    expect(textIn(document, `${card} .command code`)).toBe(
      "audit explain sigmoid-cross-entropy#naive --at=0x42f00000 --label=0 --target=cpu",
    );
    expect(textIn(document, `${card} .place`)).toBe("src/my losses/lösß.ts:17");
  });

  test("folds the notes", () => {
    expect(textIn(document, "details.notes summary")).toBe("note 1 negligible");
    expect(document.querySelector("details.notes")?.hasAttribute("open")).toBe(false);
  });

  test("puts targets on which all is the same into one line of the table", async () => {
    const [loss] = sweepReport.losses;
    const [naive, , tensorflow] = loss.implementations;
    const implementations = [naive, { ...naive, target: "wasm", points: 7 }, tensorflow];
    const { document } = await pageOf({ ...sweepReport, losses: [{ ...loss, implementations }] });
    const rows = [...document.querySelectorAll(".implementations tbody tr")];
    expect(rows.map(({ textContent }) => textContent?.trim().slice(0, 14))).toEqual([
      "naivecpu, wasm",
      "tensorflowcpuo",
    ]);
  });

  test("allows nothing but its own style, script and pictures", () => {
    const policy = document.querySelector("meta[http-equiv]")?.getAttribute("content");
    expect(policy).toMatch(
      /^default-src 'none'; img-src data:; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'$/,
    );
    expect(text).not.toMatch(/\b(src|href)="(?!#|data:image\/png)/);
    expect(text).not.toMatch(/ (style|on\w+)=/);
  });
});

describe("a gate", async () => {
  const { document } = await pageOf(gateReport);

  test("begins with what fails, then what else changed, then what is cured", () => {
    expect(textIn(document, "h1")).toContain("audit gate fails: 1 new finding and 1 grown");
    const headings = [...document.querySelectorAll("#gate-title, section[aria-labelledby=gate-title] h3")];
    expect(headings.map(({ textContent }) => textContent)).toEqual([
      "Against the baseline",
      "Fails the gate",
      "Not as in the baseline, and no failure",
      "Cured",
    ]);
    const badges = [...document.querySelectorAll("section[aria-labelledby=gate-title] .badge.change")];
    expect(badges.map(({ textContent }) => textContent)).toEqual(["new", "grown", "was note"]);
  });

  test("says why a finding is ignored", () => {
    expect(textIn(document, "main")).toContain("Ignored known, ticket 12 until 2027-01-31");
  });
});

test("a search shows its examples, and what throws without numbers", async () => {
  const { document } = await pageOf(fuzzReport);
  const cards = [...document.querySelectorAll("details.finding")];
  expect(cards).toHaveLength(2);
  expect(textIn(cards[0], ".facts")).toBe("shape[1, 2] logits[0, NaN] labels[1, 0]");
  expect(cards[1].querySelector(".numbers")).toBeNull();
  expect(textIn(document, "[aria-labelledby=cured-title]")).toContain("my-loss/naive/cpu/value/nan/Log");
});

test("sixty losses have a way to each of them", async () => {
  const [loss] = sampleReport.losses;
  const losses = Array.from({ length: 60 }, (_, i) => ({ ...loss, loss: `loss ${i}` }));
  const { document } = await pageOf({ ...sampleReport, losses });
  const links = [...document.querySelectorAll("nav a")];
  expect(links).toHaveLength(61); // and that whose findings these are
  for (const link of links) {
    const section = document.querySelector(link.getAttribute("href") ?? "");
    expect(textIn(section!, "h2")).toBe(link.textContent);
  }
});

test("exports of one file that are audited each by itself have a section each, with what was found in them", async () => {
  const [summary] = sweepReport.losses;
  const error = sweepReport.findings.find(({ severity }) => severity === "error") as Finding;
  const named = ["first", "second"];
  const of = (implementation: string) => ({ ...summary.implementations[0], implementation });
  const { document } = await pageOf({
    ...sweepReport,
    losses: named.map((name) => ({ ...summary, implementations: [of(name)] })),
    findings: [...named, "crashed"].map((name) => ({ ...error, id: name, implementation: name })),
  });
  const sections = [...document.querySelectorAll("main > section")].map((section) => [
    textIn(section, "h2"),
    [...section.querySelectorAll("details.finding")].map((card) => textIn(card, "summary").split(" ")[1]),
  ]);
  const { loss } = summary;
  expect(sections).toEqual([
    [`${loss}#first`, ["first"]],
    [`${loss}#second`, ["second"]],
    [loss, ["crashed"]],
  ]);
});

test("the same report is the same page", async () => {
  expect(await htmlReport(gateReport)).toBe(await htmlReport(gateReport));
});

test("whatever names and numbers a report holds, its page has no element and no attribute of theirs", async () => {
  const plain = new Set(["a", "p", "b", "li", "td", "th", "code", "pre", "h1", "h2", "h3", "h4", "dd", "dt"]);
  await fc.assert(
    fc.asyncProperty(anyReport, async (report) => {
      const { document } = await pageOf(report);
      expect(document.querySelectorAll("script")).toHaveLength(1);
      for (const element of document.querySelectorAll("main *, header *")) {
        for (const { name } of element.attributes) expect(name).not.toMatch(/^on|^style$|^src$/);
        if (plain.has(element.localName)) expect(element.getAttribute("id") ?? "").toMatch(/^[\w-]*$/);
      }
    }),
    { seed: 4, numRuns: 100 },
  );
});

/** Numbers of all kinds, as JSON holds them. */
const number = fc
  .oneof(
    fc.integer({ min: -0x7f800000, max: 0x7f800000 }).map(fromOrdinal),
    fc.double(),
    fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 0, 1),
  )
  .map(jsonNumber);
const maybe = fc.option(number);

const curve: fc.Arbitrary<Curve> = fc
  .uniqueArray(fc.float({ min: -120, max: 120, noNaN: true }), { minLength: 1, maxLength: 8 })
  .chain((xs) => {
    const all = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: xs.length, maxLength: xs.length });
    const line = fc.record({
      implementation: fc.constantFrom("naive", "stable"),
      target: fc.constantFrom("cpu", "wasm"),
      computed: all(maybe),
      errorBits: all(maybe),
    });
    return fc.record({
      label: fc.constantFrom(0, "0 beside a positive"),
      x: fc.constant([...xs].sort((a, b) => a - b)),
      exact: fc.record({ value: all(number), gradient: all(number) }),
      value: fc.array(line, { maxLength: 4 }),
      gradient: fc.array(line, { maxLength: 4 }),
    });
  });

const picture: fc.Arbitrary<MapPicture> = fc
  .record({ height: fc.integer({ min: 1, max: 3 }), width: fc.integer({ min: 1, max: 3 }) })
  .chain(({ height, width }) => {
    const all = <T>(one: fc.Arbitrary<T>) =>
      fc.array(one, { minLength: height * width, maxLength: height * width });
    return fc.record({
      label: fc.constantFrom(0, "trained"),
      map: fc.nat(3),
      shape: fc.constant([1, height, width, 1] as MapPicture["shape"]),
      channel: fc.constant([0, 0] as [number, number]),
      corner: fc.constant([0, 0] as [number, number]),
      height: fc.constant(height),
      width: fc.constant(width),
      logits: all(number),
      labels: all(number),
      errors: fc.array(
        fc.record({
          implementation: fc.constantFrom("naive", "stable"),
          target: fc.constant("cpu"),
          errorBits: all(maybe),
          worst: fc.constant([0, 0] as [number, number]),
        }),
        { maxLength: 3 },
      ),
    });
  });

test("whatever numbers curves and maps hold, NaN and Infinity get into no drawing", async () => {
  const [loss] = sampleReport.losses;
  await fc.assert(
    fc.asyncProperty(
      fc.array(curve, { maxLength: 2 }),
      fc.array(picture, { maxLength: 2 }),
      async (curves, maps) => {
        const plotted: LossSummary = { ...loss, range: [-120, 120], curves, maps };
        const { document } = await pageOf({ ...sampleReport, losses: [plotted], findings: [] });
        for (const element of document.querySelectorAll("svg, svg *")) {
          for (const { name, value } of element.attributes) {
            if (name !== "aria-label" && name !== "href")
              expect(value).not.toMatch(/NaN|Infinity|undefined|null/);
          }
        }
      },
    ),
    { seed: 5, numRuns: 60 },
  );
});
