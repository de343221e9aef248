import { AppError } from "#contract/problem.ts";
import { isLoopback } from "../../gateway/server-url.ts";

/**
 * The address as it is kept. `webcal:` is what calendars that can be subscribed to are called (over https); a host alone is
 * asked where its calendars begin. What was typed is not repeated: it may hold a password.
 * @throws AppError wrongAddress
 */
export function parseCalendarAddress(typed: string): string {
  const text = typed.trim();
  if (text === "" || /\p{Cc}/u.test(text))
    throw wrong("It is empty, or holds characters that no address has.");
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.parse(withScheme.replace(/^(?:webcals?|caldavs):/i, "https:"));
  if (url === null || url.hostname === "") throw wrong("It is not the address of a server.");
  if (url.username !== "" || url.password !== "")
    throw wrong("Give the name and the password in their own fields, not in the address.");
  if (url.protocol === "http:" && !isLoopback(url))
    throw wrong("Without encryption, everybody on the way reads the calendar and the password. Use https:.");
  if (url.protocol !== "https:" && url.protocol !== "http:") throw wrong("Use https:.");
  url.hash = "";
  return url.href;
}

function wrong(detail: string): AppError {
  return new AppError("wrongAddress", { title: "This address cannot be used", detail });
}
