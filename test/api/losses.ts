import * as tf from "@tensorflow/tfjs";

/** Sigmoid cross entropy as it is first written: exp(x) is Infinity from ln(2^128) = 88.7228 on. */
export function naive(logits: tf.Tensor, labels: tf.Tensor): tf.Tensor {
  return tf.sub(tf.log(tf.add(1, tf.exp(logits))), tf.mul(logits, labels));
}

/** The same function without overflow or cancellation. */
export function stable(logits: tf.Tensor, labels: tf.Tensor): tf.Tensor {
  const ofNegatives = tf.mul(tf.sub(1, labels), tf.softplus(logits));
  return tf.add(ofNegatives, tf.mul(labels, tf.softplus(tf.neg(logits))));
}

/** Another function: half of it. */
export function halved(logits: tf.Tensor, labels: tf.Tensor): tf.Tensor {
  return tf.mul(0.5, stable(logits, labels));
}
