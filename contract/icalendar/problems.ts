import { z } from "zod";

/** What can be said of an iCalendar text: faults that refuse it all, and those that leave the rest readable. */
export const calendarProblemCodes = [
  "tooBig",
  "empty",
  "notCalendar",
  "nestedTooDeep",
  "tooManyComponents",
  "tooManyLines",
  "wrongEncoding",
  "foldedInsideCharacter",
  "unreadableLine",
  "unclosed",
  "endWithoutBegin",
  "noUid",
  "noStart",
  "unreadableValue",
  "unreadableRule",
  "unknownZone",
  "orphanedException",
  "textCut",
] as const;
export type CalendarProblemCode = (typeof calendarProblemCodes)[number];

export const calendarProblemSchema = z.looseObject({
  code: z.enum(calendarProblemCodes),
  /** Physical line of the text, from 1; 0 for the text as a whole. */
  line: z.int().nonnegative(),
  /** English, for logs and answers of the server: what is wrong, where, what to do. The interface has words of its own per code. */
  message: z.string(),
});
export type CalendarProblem = z.infer<typeof calendarProblemSchema>;

const advice: Record<CalendarProblemCode, string> = {
  tooBig: "is larger than can be read; export a shorter period or fewer calendars",
  empty: "is empty; export the calendar again",
  notCalendar: "has no BEGIN:VCALENDAR; choose an iCalendar file (.ics)",
  nestedTooDeep: "has components nested deeper than any calendar has; ask its author for a correct export",
  tooManyComponents: "has more entries than can be read; export a shorter period",
  tooManyLines: "is one line more than can be read; export a shorter period",
  wrongEncoding: "is not UTF-8; its letters were read as another encoding, check accents",
  foldedInsideCharacter: "breaks a line inside a character; it was joined again",
  unreadableLine: "is no iCalendar property; it is kept and not shown",
  unclosed: "has no END; the entry was ended where the text allows it",
  endWithoutBegin: "ends what was not begun; the line is kept and ignored",
  noUid: "has no UID; it was given one that follows from its contents",
  noStart: "has no readable start; it is kept and not shown",
  unreadableValue: "cannot be read; it is kept and not shown",
  unreadableRule: "is a recurrence that cannot be followed; only the first time is shown",
  unknownZone: "is in a time zone that nobody knows; its hours are shown as local ones",
  orphanedException: "changes one time of a series that is not there; it is shown alone",
  textCut: "is longer than can be shown; the whole text is kept",
};

/** @param subject what it is about, as it stands in the text; cut to what a message can hold */
export function calendarProblem(code: CalendarProblemCode, line: number, subject = ""): CalendarProblem {
  const where = line > 0 ? `Line ${line}` : "The text";
  const shown = subject.slice(0, 80).replaceAll(/\p{Cc}/gu, " ");
  return { code, line, message: `${where}${shown === "" ? "" : ` (${shown})`} ${advice[code]}.` };
}
