import type { AuditError, Curve, MapPicture } from "../report/report.js";
import { joinCurves } from "./join-curves.js";
import type { TargetPart } from "./join-targets.js";
import { joinMaps } from "./map-pictures.js";

type Named = { implementation: string };

/**
 * Puts the parts of a loss on one target together, in the order of its implementations: however it was cut, the
 * result is the same, and so are the errors, which are said once. Where one part could not be audited at all, the
 * loss could not; an implementation that ended a process has no result.
 */
export function joinParts(parts: readonly TargetPart[]): TargetPart {
  const processErrors = parts.flatMap(({ errors }) => errors);
  const results = parts.flatMap(({ result }) => result ?? []);
  if (results.length < parts.length || results.length === 0) return { errors: saidOnce(processErrors) };

  const { order } = results[0];
  const placeOf = ({ implementation }: Partial<Named>) =>
    implementation === undefined ? -1 : order.indexOf(implementation);
  const inOrder = <T extends Partial<Named>>(all: T[]) => all.sort((a, b) => placeOf(a) - placeOf(b));
  const ended = new Set(processErrors.map(({ implementation }) => implementation));
  const still = <T extends Named>(all: T[]) =>
    inOrder(all.filter(({ implementation }) => !ended.has(implementation)));

  const { summary, ...first } = results.find(({ oracle }) => oracle.points > 0) ?? results[0];
  const rows = still(results.flatMap(({ summary }) => summary.implementations));
  const oracle = {
    points: results.reduce((sum, { oracle }) => sum + oracle.points, 0),
    escalated: results.reduce((sum, { oracle }) => sum + oracle.escalated, 0),
  };
  return {
    result: {
      ...first,
      summary: {
        ...summary,
        implementations: rows.filter(
          ({ implementation }, i) => rows.findIndex((row) => row.implementation === implementation) === i,
        ),
        escalated: oracle.points === 0 ? 0 : oracle.escalated / oracle.points,
        ...(summary.curves && {
          curves: joinCurves(results.flatMap(({ summary }) => summary.curves ?? [])).map(
            (curve): Curve => ({ ...curve, value: still(curve.value), gradient: still(curve.gradient) }),
          ),
        }),
        ...(summary.maps && {
          maps: joinMaps(results.flatMap(({ summary }) => summary.maps ?? [])).map(
            (map): MapPicture => ({ ...map, errors: still(map.errors) }),
          ),
        }),
      },
      findings: still(results.flatMap(({ findings }) => findings)),
      errors: [],
      unresolved: results.reduce((sum, { unresolved }) => sum + unresolved, 0),
      oracle,
    },
    errors: inOrder(saidOnce([...processErrors, ...results.flatMap(({ errors }) => errors)])),
  };
}

function saidOnce(errors: readonly AuditError[]): AuditError[] {
  return [...new Map(errors.map((error) => [JSON.stringify(error), error])).values()];
}
