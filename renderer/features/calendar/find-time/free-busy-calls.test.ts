import { afterEach, expect, test, vi } from "vitest";
import { freeBusyRequestSchema, type FreeBusy } from "#contract/free-busy.ts";
import { createId, personIdSchema } from "#contract/ids.ts";
import { toIsoTime } from "#contract/time.ts";
import { askFreeBusy } from "./free-busy-calls.ts";

afterEach(() => vi.unstubAllGlobals());

/** Answers as a workplace would that knows everybody but the last of each question. */
async function answerTo(path: string, init: RequestInit): Promise<Response> {
  const asked: unknown = await new Request(new URL(path, "http://parvis.test"), init).json();
  const { personIds } = freeBusyRequestSchema.parse(asked);
  const people = personIds.slice(0, -1).map((personId) => ({ personId, busy: [] }));
  return Response.json({ people, unknown: personIds.slice(-1) } satisfies FreeBusy);
}

const request = { from: toIsoTime(0), to: toIsoTime(1) };
const crowd = Array.from({ length: 150 }, () => personIdSchema.parse(createId()));

test("more people than one question takes are asked about in several, and answered together", async () => {
  vi.stubGlobal("fetch", answerTo);
  const result = await askFreeBusy("", { ...request, personIds: crowd });
  expect(result.ok && result.value.people.length).toBe(148);
  expect(result.ok && result.value.unknown).toEqual([crowd[99], crowd[149]]);
});

test("what cannot be reached is said, not taken for free time", async () => {
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("Failed to fetch");
  });
  const result = await askFreeBusy("", { ...request, personIds: crowd });
  expect(result.ok ? null : result.error.kind).toBe("unavailable");
});
