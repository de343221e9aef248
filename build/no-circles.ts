import type { Plugin } from "vite";

/**
 * Stops a build whose files need one another in a circle: what stands at the top of one of them would be read before it is
 * there, and the page stay white. Putting small modules together (`FEWER_FILES`) can make such circles.
 */
export function noCircles(): Plugin {
  return {
    name: "no-circles",
    generateBundle(_options, bundle) {
      const imports = new Map<string, readonly string[]>();
      for (const file of Object.values(bundle))
        if (file.type === "chunk") imports.set(file.fileName, file.imports);
      const circle = circleIn(imports);
      if (circle !== undefined)
        this.error(`These files need one another: ${circle.join(" → ")}. Change what is put together.`);
    },
  };
}

/** The first circle found, its first file again at its end. */
export function circleIn(imports: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const isDone = new Set<string>();
  const path: string[] = [];
  const walk = (file: string): string[] | undefined => {
    const at = path.indexOf(file);
    if (at >= 0) return [...path.slice(at), file];
    if (isDone.has(file)) return undefined;
    path.push(file);
    for (const next of imports.get(file) ?? []) {
      const circle = walk(next);
      if (circle !== undefined) return circle;
    }
    path.pop();
    isDone.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const circle = walk(file);
    if (circle !== undefined) return circle;
  }
  return undefined;
}
