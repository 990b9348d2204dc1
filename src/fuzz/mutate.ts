import { pick } from "../arbitraries/pick.js";
import type { Random } from "../inputs/random.js";
import { type Case, copyOf } from "./case.js";
import type { Domain } from "./domain.js";
import { climb, one } from "./draw.js";
import type { Labels } from "./labels.js";

/** An input changed a little, or a lot: steps of all sizes in ordinals, copies, scaling, and parts of another one of its shape. */
export function mutate(random: Random, parent: Case, other: Case, logits: Domain, labels: Labels): Case {
  const child = copyOf(parent);
  const changes = 1 + (random.integer(0, 3) === 0 ? random.integer(1, 3) : 0);
  for (let i = 0; i < changes; i++) {
    if (random.integer(0, 3) === 0) labels.change(random, child, other);
    else changeLogits(random, child, other, logits);
  }
  return child;
}

function changeLogits(random: Random, child: Case, other: Case, domain: Domain): void {
  const x = child.logits;
  const at = random.integer(0, x.length - 1);
  switch (random.integer(0, 8)) {
    case 0:
    case 1:
    case 2:
    case 3:
      x[at] = domain.step(x[at], climb(random));
      break;
    case 4:
      x[at] = one(random, domain);
      break;
    case 5:
      // Another number of the input, its opposite, or one beside it.
      x[at] = domain.nearest((random.integer(0, 3) === 0 ? -1 : 1) * x[random.integer(0, x.length - 1)]);
      if (random.integer(0, 1) === 0) x[at] = domain.step(x[at], random.integer(-4, 4));
      break;
    case 6: {
      const factor = 2 ** random.integer(-4, 4) * (random.integer(0, 3) === 0 ? -1 : 1);
      for (let i = 0; i < x.length; i++) x[i] = domain.nearest(factor * x[i]);
      break;
    }
    case 7: {
      const shift = pick(random, [1, -1, 16, -16, 0.1, 100, -100, 1000]);
      for (let i = 0; i < x.length; i++) x[i] = domain.nearest(x[i] + shift);
      break;
    }
    default:
      x[at] = domain.nearest(pick(random, [child.labels[at], 1 - child.labels[at], other.logits[at]]));
  }
}
