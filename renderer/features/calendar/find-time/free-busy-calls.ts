import {
  freeBusySchema,
  MOST_FREE_BUSY_PEOPLE,
  type FreeBusy,
  type FreeBusyRequest,
} from "#contract/free-busy.ts";
import { ok, type Result } from "#contract/result.ts";
import { ask } from "../ask.ts";

/** When people have time: of more than one question takes, in several. */
export async function askFreeBusy(gateway: string, request: FreeBusyRequest): Promise<Result<FreeBusy>> {
  const all: FreeBusy = { people: [], unknown: [] };
  for (let from = 0; from < request.personIds.length; from += MOST_FREE_BUSY_PEOPLE) {
    const personIds = request.personIds.slice(from, from + MOST_FREE_BUSY_PEOPLE);
    const answer = await ask(
      `${gateway}/v1/free-busy`,
      {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...request, personIds }),
      },
      freeBusySchema,
    );
    if (!answer.ok) return answer;
    all.people.push(...answer.value.people);
    all.unknown.push(...answer.value.unknown);
  }
  return ok(all);
}
