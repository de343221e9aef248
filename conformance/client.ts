import type { z } from "zod";
import { envelopeSchema, type Envelope } from "#contract/envelope.ts";
import { createId, mutationIdSchema, type PersonId } from "#contract/ids.ts";
import {
  mutationResponseSchema,
  type Mutation,
  type MutationArgs,
  type MutationName,
  type MutationResult,
} from "#contract/mutations.ts";
import type { Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { expectFit, expectStatus, expectThat, Failure, show } from "./expect.ts";

const TIMEOUT_MS = 20_000;

export interface CallOptions {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  body?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
  signal?: AbortSignal;
}

/** One signed-in account (or nobody, with an empty token) of the backend under test. */
export class Client {
  readonly url: string;
  readonly token: string;
  readonly personId: PersonId | undefined;

  constructor(url: string, token = "", personId?: PersonId) {
    this.url = url;
    this.token = token;
    this.personId = personId;
  }

  call(path: string, { method, headers, json, body, signal }: CallOptions = {}): Promise<Response> {
    const sent = json === undefined ? body : JSON.stringify(json);
    return fetch(`${this.url}${path}`, {
      method: method ?? (sent === undefined ? "GET" : "POST"),
      headers: {
        ...(this.token === "" ? {} : { authorization: `Bearer ${this.token}` }),
        ...(json === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      signal: signal ?? AbortSignal.timeout(TIMEOUT_MS),
      ...(sent === undefined ? {} : { body: sent }),
      // Needed by fetch for bodies that are streams.
      ...(sent instanceof ReadableStream ? { duplex: "half" } : {}),
    });
  }

  async read<T extends z.ZodType>(path: string, schema: T, name: string): Promise<z.output<T>> {
    const response = await this.call(path);
    await expectStatus(response, [200], `GET ${path.split("?")[0]} must answer its reader.`);
    return expectFit(schema, await response.json(), name);
  }

  /** Sends commands in one request; one result for each, in their order. */
  async mutate(...mutations: Mutation[]): Promise<MutationResult[]> {
    const response = await this.call("/v1/mutations", { json: { mutations } });
    await expectStatus(
      response,
      [200],
      "A well-formed batch answers 200, whatever becomes of its mutations.",
    );
    const { results } = expectFit(mutationResponseSchema, await response.json(), "mutationResponseSchema");
    const ids = results.map(({ id }) => id);
    expectThat(show(ids) === show(mutations.map(({ id }) => id)), {
      expected: "one result for each mutation, in the order of the request",
      got: show(ids),
      todo: "Answer with as many results as there were mutations, each with its mutation's id.",
    });
    return results;
  }

  /** Sends one command that must be applied; the rows as they now stand. */
  async apply<N extends MutationName>(name: N, scope: Scope, args: MutationArgs<N>): Promise<Envelope[]> {
    const [result] = await this.mutate(mutationOf(name, scope, args));
    return appliedChanges(result, name);
  }
}

export function mutationOf<N extends MutationName>(name: N, scope: Scope, args: MutationArgs<N>): Mutation {
  return anyMutation(name, scope, args);
}

export function anyMutation(name: string, scope: Scope, args: object): Mutation {
  return {
    id: mutationIdSchema.parse(createId()),
    name,
    scope,
    args: { ...args },
    madeAt: toIsoTime(Date.now()),
  };
}

export function appliedChanges(result: MutationResult | undefined, name: string): Envelope[] {
  if (result?.status === "applied") return result.changes;
  throw new Failure({
    expected: `${name} applied`,
    got: show(result),
    todo: `Carry ${name} out when its arguments fit and the caller may do it (contract/mutations.ts).`,
  });
}

/** The row of this kind among changes. */
export function changeOf(changes: readonly Envelope[], collection: string, id?: string): Envelope {
  const found = changes.find(
    (change) => change.collection === collection && (id === undefined || change.id === id),
  );
  if (found !== undefined) return expectFit(envelopeSchema, found, "envelopeSchema");
  throw new Failure({
    expected: `the ${collection} row ${id ?? ""} among \`changes\``,
    got: show(changes.map((change) => `${change.collection} ${change.id}`)),
    todo: "`changes` carries every row that the mutation wrote and the caller may see.",
  });
}
