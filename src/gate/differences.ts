import type { Baseline } from "./baseline.js";

type Tools = Pick<Baseline, "version" | "seed" | "platform" | "targets" | "dependencies" | "inputs">;

/**
 * What findings may differ from, though no loss has changed: versions and devices of what both know, as
 * `tfjs 4.21.0 -> 4.22.0 (cpu, wasm)`.
 */
export function differencesOf(before: Tools, now: Tools): string[] {
  const onTargets = new Map<string, string[]>();
  for (const [name, target] of Object.entries(now.targets)) {
    if (!Object.hasOwn(before.targets, name)) continue;
    const was = before.targets[name];
    const differences = [
      ...difference("backend", was.backend, target.backend),
      ...difference("device", was.device, target.device),
      ...versionDifferences(was.versions, target.versions),
    ];
    for (const text of differences) onTargets.set(text, [...(onTargets.get(text) ?? []), name]);
  }
  return [
    ...difference("audit", before.version, now.version),
    ...difference("seed", before.seed, now.seed),
    ...difference("platform", before.platform, now.platform),
    ...Array.from(onTargets, ([text, targets]) => `${text} (${targets.join(", ")})`),
    ...versionDifferences(before.dependencies, now.dependencies),
    ...Object.entries(now.inputs).flatMap(([loss, inputs]) =>
      Object.hasOwn(before.inputs, loss) && before.inputs[loss].join() !== inputs.join()
        ? [`other inputs of ${loss}`]
        : [],
    ),
  ];
}

function versionDifferences(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(now).flatMap(([name, version]) =>
    Object.hasOwn(before, name) ? difference(name, before[name], version) : [],
  );
}

function difference<T extends string | number>(name: string, before: T, now: T): string[] {
  return before === now ? [] : [`${name} ${before} -> ${now}`];
}
