import { DOMParser } from "@xmldom/xmldom";
import { expect } from "vitest";
import { ownCalendarId } from "#contract/ids.ts";
import type { TestPerson } from "./workplace.ts";

export interface Said {
  headers?: Record<string, string>;
  body?: string;
}

export const NAMESPACES = `xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:CS="http://calendarserver.org/ns/" xmlns:A="http://apple.com/ns/ical/"`;
export const asking = (props: string) => `<propfind ${NAMESPACES}><prop>${props}</prop></propfind>`;

/** What a multistatus says: by address the text of each property that is there, and the status of what has one of its own. */
export interface Answer {
  href: string;
  status: string | undefined;
  props: Record<string, string>;
}

export function answersIn(xml: string): Answer[] {
  const document = new DOMParser().parseFromString(xml, "text/xml");
  return [...document.getElementsByTagNameNS("DAV:", "response")].map((response) => {
    const inside = [...response.childNodes].filter((node) => node.nodeType === 1);
    const textOf = (name: string) => inside.find(({ nodeName }) => nodeName === name)?.textContent;
    const props: Record<string, string> = {};
    for (const stat of response.getElementsByTagNameNS("DAV:", "propstat")) {
      if (!(stat.textContent ?? "").includes("200 OK")) continue;
      for (const prop of stat.getElementsByTagNameNS("DAV:", "prop")[0]?.childNodes ?? [])
        props[prop.nodeName] = prop.hasChildNodes() ? (prop.textContent ?? "") : "";
    }
    return { href: textOf("D:href") ?? "", status: textOf("D:status") ?? undefined, props };
  });
}

export async function ask(by: TestPerson, method: string, path: string, { headers, body }: Said = {}) {
  const type = method === "PUT" ? "text/calendar; charset=utf-8" : "application/xml";
  return await by.workplace.app.fetch(
    new Request(`http://parvis.test${path}`, {
      method,
      headers: { authorization: `Bearer ${by.token}`, "content-type": type, ...headers },
      ...(body === undefined ? {} : { body }),
    }),
  );
}
export const statusOf = async (...call: Parameters<typeof ask>) => (await ask(...call)).status;
export async function find(by: TestPerson, path: string, props: string, depth = "0"): Promise<Answer[]> {
  const response = await ask(by, "PROPFIND", path, { headers: { depth }, body: asking(props) });
  expect(response.status).toBe(207);
  return answersIn(await response.text());
}

export const put = (by: TestPerson, path: string, body: string, headers: Record<string, string> = {}) =>
  ask(by, "PUT", path, { body, headers });

/** A path in the first calendar of one's own. */
export const own = (by: TestPerson, file = "") => `/dav/calendars/${ownCalendarId(by.id)}/${file}`;

export async function report(by: TestPerson, path: string, body: string, status = 207): Promise<string> {
  const response = await ask(by, "REPORT", path, { headers: { depth: "1" }, body });
  const text = await response.text();
  expect([response.status, text]).toEqual([status, expect.anything()]);
  return text;
}

export const calendarOf = (...lines: string[]) =>
  ["BEGIN:VCALENDAR", ...lines, "END:VCALENDAR", ""].join("\r\n");
export const event = (uid: string, ...lines: string[]) =>
  calendarOf("BEGIN:VEVENT", `UID:${uid}`, ...lines, "END:VEVENT");
