import { CONTRACT_VERSION } from "../version.ts";
import { componentSchemas, type JsonObject } from "./components.ts";
import { paths } from "./paths.ts";

/** The OpenAPI 3.1 description of every HTTP call of the contract. */
export function createOpenApiDocument(): JsonObject {
  return {
    openapi: "3.1.0",
    info: {
      title: "Parvis backend contract",
      version: String(CONTRACT_VERSION),
      description:
        "What a backend serves to be compatible with Parvis. Generated from contract/ by `npm run openapi`; docs/backend.md explains it and `npm run conformance` checks it.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    security: [{ bearer: [] }],
    tags: [
      { name: "capabilities", description: "What the server is." },
      { name: "sign-in", description: "Who the caller is." },
      { name: "sync", description: "The read path." },
      { name: "mutations", description: "The write path." },
      { name: "blobs", description: "Files." },
      { name: "signals", description: "What is never stored." },
      { name: "calendars", description: "Calendars under secret addresses." },
      { name: "guests", description: "People invited from outside." },
    ],
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "An access token from `POST /v1/token`." },
      },
    },
  };
}

export function formatDocument(document: JsonObject): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
