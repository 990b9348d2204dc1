/** A point of a plot in pixels; null is a gap in the line. */
export type Dot = readonly [x: number, y: number] | null;

/** A line through fewer points, nowhere more than `tolerance` pixels beside the one given: by Ramer, Douglas and Peucker. */
export function thinned(line: readonly Dot[], tolerance: number): Dot[] {
  const thin: Dot[] = [];
  let run: [number, number][] = [];
  const end = () => {
    thin.push(...thinnedRun(run, tolerance));
    run = [];
  };
  for (const dot of line) {
    if (dot !== null) run.push([dot[0], dot[1]]);
    else if (run.length > 0) {
      end();
      thin.push(null);
    }
  }
  end();
  return thin;
}

function thinnedRun(run: readonly [number, number][], tolerance: number): [number, number][] {
  const isKept = run.map((_, i) => i === 0 || i === run.length - 1);
  const parts: [number, number][] = [[0, run.length - 1]];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const [first, last] = part;
    let furthest = first;
    let distance = tolerance;
    for (let i = first + 1; i < last; i++) {
      const d = distanceTo(run[i], run[first], run[last]);
      if (d > distance) [furthest, distance] = [i, d];
    }
    if (furthest === first) continue;
    isKept[furthest] = true;
    parts.push([first, furthest], [furthest, last]);
  }
  return run.filter((_, i) => isKept[i]);
}

/** Of a point from the part of a line between two others. */
function distanceTo(
  [x, y]: readonly number[],
  [ax, ay]: readonly number[],
  [bx, by]: readonly number[],
): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}
