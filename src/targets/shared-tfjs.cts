/**
 * tfjs, the same copy for all. By `require`: for an `import` of it Node first looks through all of its source for the
 * names of exports, which takes a quarter of a second in every process.
 */
import tf = require("@tensorflow/tfjs");

export = tf;
