import type { Plugin } from "vite";

const FILES = /zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/;
const EXPORTED = /^export (?:const|(?:async )?function) (\w+)/gm;
const RENAMED = /^export \{ (\w+) as (\w+) \};/gm;

/**
 * Leaves zod's writers of JSON Schema out of pages and worker, where every schema carries them and nothing asks for them:
 * the interface description is written by `npm run openapi`.
 */
export function withoutJsonSchema(): Plugin {
  return {
    name: "without-json-schema",
    transform: {
      filter: { id: FILES },
      handler: (code) => ({ code: refusing(code), map: null }),
    },
  };
}

/** The same exports, none of which does anything but say so. */
export function refusing(code: string): string {
  const names = [...code.matchAll(EXPORTED)].map(([, name]) => `export const ${String(name)} = refused;`);
  const renamed = [...code.matchAll(RENAMED)].map(
    ([, from, to]) => `export { ${String(from)} as ${String(to)} };`,
  );
  return [
    'const refuse = () => { throw new Error("JSON Schema is not written in a page"); };',
    // What makes a method for a schema gives one; a schema is made without harm.
    "const refused = () => refuse;",
    ...names,
    ...renamed,
  ].join("\n");
}
