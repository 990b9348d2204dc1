/**
 * fast-check arbitraries for losses: what goes into one, as networks and data
 * give it, and the numbers at which float32 breaks. They shrink to what a person
 * can read, and give the same for the same seed.
 */
export type { LogitSource } from "../inputs/logit-distributions.js";
export { distributions } from "./distributions.js";
export type { HeatMaps, Layout } from "./draw-maps.js";
export { type Float32Options, float32 } from "./float32.js";
export { type HeatMapsOptions, heatMaps } from "./heat-maps.js";
export { type LabelOptions, label, labels } from "./labels.js";
export { type LogitOptions, logit, logits } from "./logits.js";
export { type NearbyOptions, nearby } from "./nearby.js";
export { type ParameterRange, parameters } from "./parameters.js";
