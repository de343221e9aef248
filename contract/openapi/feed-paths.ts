import { body, json, problems } from "./answers.ts";
import { reference, type JsonObject } from "./components.ts";

export const feedPaths: JsonObject = {
  "/v1/calendar-feeds": {
    get: {
      operationId: "listCalendarFeeds",
      summary: "The secret addresses that the caller made, without the addresses.",
      tags: ["calendars"],
      responses: { "200": json("CalendarFeedList", "The oldest first."), ...problems("signInRequired") },
    },
    post: {
      operationId: "createCalendarFeed",
      summary:
        "A secret address at which a calendar is read without credentials. Of one's own calendars, and of spaces that one runs. Told once.",
      tags: ["calendars"],
      requestBody: body("CalendarFeedRequest"),
      responses: {
        "201": json("NewCalendarFeed", "The address."),
        ...problems("badRequest", "signInRequired", "forbidden", "notFound", "conflict", "tooLarge"),
      },
    },
  },
  "/v1/calendar-feeds/{id}": {
    delete: {
      operationId: "removeCalendarFeed",
      summary: "Takes a secret address back.",
      tags: ["calendars"],
      parameters: [
        { name: "id", in: "path", required: true, description: "Which.", schema: reference("Uuid") },
      ],
      responses: {
        "204": { description: "It leads nowhere, whether or not it ever did." },
        ...problems("badRequest", "signInRequired"),
      },
    },
  },
  "/v1/feeds/{file}": {
    get: {
      operationId: "readCalendarFeed",
      summary:
        "A calendar as iCalendar, by its secret address. What is marked private is in it as taken time alone.",
      tags: ["calendars"],
      security: [],
      parameters: [
        {
          name: "file",
          in: "path",
          required: true,
          description: "The token, with the ending `.ics`.",
          schema: { type: "string" },
        },
      ],
      responses: {
        "200": { description: "The calendar, with an ETag.", content: { "text/calendar": {} } },
        "304": { description: "It is as it was." },
        ...problems("notFound", "rateLimited", "tooLarge"),
      },
    },
  },
};
