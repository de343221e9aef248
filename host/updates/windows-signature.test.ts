import { expect, test } from "vitest";
import { refusalOf, type RunScript } from "./windows-signature.ts";

const OURS = { status: 0, subject: "CN=Parvis, O=Example" };

/** Answers as PowerShell would for the program first and the update second. */
function answering(...answers: unknown[]): RunScript {
  const left = [...answers];
  return () => Promise.resolve(JSON.stringify(left.shift()));
}

const judge = (run: RunScript) => refusalOf("C:\\u'pdate.exe", "C:\\parvis.exe", run);

test("an update signed by whoever signed the program may be installed", async () => {
  expect(await judge(answering(OURS, OURS))).toBeNull();
});

test.each([
  ["signed by somebody else", answering(OURS, { status: 0, subject: "CN=Other" })],
  ["whose signature does not hold", answering(OURS, { ...OURS, status: 3 })],
  ["without a signature", answering(OURS, { status: 2, subject: null })],
  ["of a program without a signature", answering({ status: 2, subject: null }, OURS)],
  ["read by something that is not PowerShell", answering("?")],
  ["where PowerShell is blocked", () => Promise.reject(new Error("blocked by policy"))],
  ["where PowerShell says nothing", () => Promise.resolve("")],
])("an update %s is refused", async (_what, run) => {
  expect(await judge(run)).toEqual(expect.any(String));
});

test("a file name cannot end the script's quotes", async () => {
  const scripts: string[] = [];
  await judge((script) => {
    scripts.push(script);
    return Promise.resolve(JSON.stringify(OURS));
  });
  expect(scripts[1]).toContain("-LiteralPath 'C:\\u''pdate.exe'");
  await refusalOf("C:\\D\u2019Arc\\\u2018\u201A\u201B.exe", "C:\\parvis.exe", (script) => {
    scripts.push(script);
    return Promise.resolve(JSON.stringify(OURS));
  });
  expect(scripts[3]).toContain("'C:\\D\u2019\u2019Arc\\\u2018\u2018\u201A\u201A\u201B\u201B.exe'");
});
