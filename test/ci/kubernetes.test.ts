import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { example } from "./examples.js";

/** Generated from the schema of the Kubernetes API. */
const types: Record<string, string> = {
  Job: `import("kubernetes-models/batch/v1/Job").IJob`,
  PersistentVolumeClaim: `import("kubernetes-models/v1/PersistentVolumeClaim").IPersistentVolumeClaim`,
};

const objectsIn = (text: string) => parseAllDocuments(text).map((document) => document.toJS());

/** The objects as a module, in which the compiler finds what their types lack, keys too many among it. */
function moduleOf(text: string): string {
  return objectsIn(text)
    .map((object, i) => `export const object${i}: ${types[object.kind]} = ${JSON.stringify(object)};`)
    .join("\n");
}

/** What the compiler says to each of some modules. */
function errorsIn(sources: string[]): string[][] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
  };
  const modules = new Map(
    sources.map((source, i) => [fileURLToPath(new URL(`${i}.ts`, import.meta.url)), source]),
  );
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => modules.has(name) || fileExists(name);
  host.getSourceFile = (name, language, ...rest) => {
    const source = modules.get(name);
    return source === undefined
      ? getSourceFile(name, language, ...rest)
      : ts.createSourceFile(name, source, language);
  };
  const program = ts.createProgram([...modules.keys()], options, host);
  return [...modules.keys()].map((name) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(name))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
  );
}

test("the manifests are as the Kubernetes API has them, and what is wrong with one would be found", () => {
  const shards = example("kubernetes.yaml");
  const texts = [
    shards,
    example("kubernetes-merge.yaml"),
    shards.replace("parallelism:", "paralelism:"),
    shards.replace("completionMode: Indexed", "completionMode: Indexd"),
    shards.replace("completions: 4", 'completions: "4"'),
  ];
  expect(errorsIn(texts.map(moduleOf))).toEqual([
    [],
    [],
    [expect.stringContaining("paralelism")],
    [expect.stringContaining("Indexd")],
    [expect.stringContaining("string")],
  ]);
});

test("each shard is done by one machine", () => {
  const [, job] = objectsIn(example("kubernetes.yaml"));
  expect(job.spec.template.spec.containers[0].command).toContain(`--shard=auto/${job.spec.completions}`);
});
