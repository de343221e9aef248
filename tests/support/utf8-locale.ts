/**
 * On Linux Chromium names files in the encoding of the locale: without UTF-8 it keeps nothing in a folder with accents, and
 * saves no file under a name with any. Sessions of people have it, bare shells of servers do not.
 */
export function withUtf8(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find((each) => (each ?? "") !== "") ?? "";
  return /utf-?8/i.test(locale) ? env : { ...env, LC_ALL: "C.UTF-8" };
}
