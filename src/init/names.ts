/** The words of a name in any case: `yTrue`, `y_true` and `y-true` are y and true. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "");
}

const LOSS =
  /^(.*loss|.*losses|.*entropy|bce|cce|nll|kl|kld|kldiv|mse|mae|rmse|focal|dice|tversky|jaccard|hinge|huber|divergence|likelihood|logcosh)$/;

/** Functions about losses: they make one, or show it. */
const ABOUT =
  /^(make|create|build|register|plot|print|show|render|draw|record|track|save|format|test|check|assert|is|get|set|use)$/;

const LABELS = /^(labels?|targets?|truth|true|truths|gt|actual|expected|z)$/;
const LOGITS = /^(logits?|preds?|predictions?|predicted|outputs?|scores?|hat|x)$/;
const PROBABILITIES = /^(probs?|probability|probabilities|p)$/;

/** What no logits and no labels are called. */
const SETTING =
  /^(alpha|beta|gamma|delta|eps|epsilon|weights?|options?|opts|config|settings?|params?|parameters|props|args|num|n|k|size|axis|axes|dim|reduction|smooth|smoothing|margin|temperature|name|shape|model|network|layer|optimizer|epochs?|step|batch|loss|losses|history|logs?)$/;

/** Whether a name says that it is that of a loss. */
export function saysLoss(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => LOSS.test(word)) && !ABOUT.test(words[0]);
}

/** What a parameter holds, by its name. */
export function roleOf(name: string): "logits" | "probabilities" | "labels" | "setting" | "unknown" {
  const words = wordsOf(name);
  if (words.some((word) => LABELS.test(word))) return "labels";
  if (words.some((word) => PROBABILITIES.test(word))) return "probabilities";
  if (words.some((word) => LOGITS.test(word))) return "logits";
  return words.every((word) => SETTING.test(word)) ? "setting" : "unknown";
}
