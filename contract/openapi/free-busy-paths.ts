import { body, json, problems } from "./answers.ts";
import type { JsonObject } from "./components.ts";

export const freeBusyPaths: JsonObject = {
  "/v1/free-busy": {
    post: {
      operationId: "askFreeBusy",
      summary:
        "When people have time: what is taken of it, never what by, and their working hours. Guests ask about those with whom they share a space.",
      tags: ["calendars"],
      requestBody: body("FreeBusyRequest"),
      responses: {
        "200": json("FreeBusy", "Those that are known, and the ids of those that are not."),
        ...problems("badRequest", "signInRequired", "tooLarge"),
      },
    },
  },
};
