import { readFile } from "node:fs/promises";
import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { collectionNames } from "../collections.ts";
import { mutations } from "../mutations.ts";
import { createOpenApiDocument, formatDocument } from "./document.ts";

const document = createOpenApiDocument();

test("openapi.json at the root is up to date (else: npm run openapi)", async () => {
  const committed = await readFile(new URL("../../openapi.json", import.meta.url), "utf8");
  expect(committed).toBe(formatDocument(document));
});

test("it is valid OpenAPI 3.1", async () => {
  const result = await new Validator().validate(structuredClone(document));
  expect(result).toEqual({ valid: true });
});

test("a document with a broken part is not", async () => {
  const result = await new Validator().validate({
    ...structuredClone(document),
    paths: { "/v1/x": { get: 3 } },
  });
  expect(result.valid).toBe(false);
});

test("every reference leads to a schema", () => {
  const schemas = new Set(Object.keys(Object(Object(document["components"]).schemas)));
  const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name,
  );
  expect(references.length).toBeGreaterThan(50);
  expect(references.filter((name) => !schemas.has(name ?? ""))).toEqual([]);
});

test("every collection and every mutation has its schema", () => {
  const schemas = Object.keys(Object(Object(document["components"]).schemas));
  expect(schemas).toEqual(expect.arrayContaining(collectionNames.map((name) => `Row_${name}`)));
  expect(schemas).toEqual(expect.arrayContaining(Object.keys(mutations).map((name) => `Args_${name}`)));
});
