import { expect, test } from "vitest";
import { noPolicies } from "../policy/policies.ts";
import { isBypassed } from "./bypass.ts";
import { parseWays } from "./pac.ts";
import { macSettings, readProxySettings, windowsSettings } from "./proxy-settings.ts";

const WINDOWS = String.raw`
HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Internet Settings
    ProxyEnable    REG_DWORD    0x1
    ProxyServer    REG_SZ    proxy.example.org:3128
    ProxyOverride    REG_SZ    *.example.org;<local>
`;

test("the settings of Windows: one proxy, one for each scheme, a script, switched off", () => {
  expect(windowsSettings(WINDOWS)).toMatchObject({
    kind: "fixed",
    source: "system",
    address: "http://proxy.example.org:3128/",
    bypass: ["*.example.org", "<local>"],
  });
  const each = WINDOWS.replace("proxy.example.org:3128", "http=a:1;https=b:2");
  expect(windowsSettings(each)).toMatchObject({ address: "http://b:2/", addressForHttp: "http://a:1/" });
  const script = `${WINDOWS}    AutoConfigURL    REG_SZ    http://pac.example.org/p.pac\n`;
  expect(windowsSettings(script)).toMatchObject({ kind: "pac", address: "http://pac.example.org/p.pac" });
  expect(windowsSettings(WINDOWS.replace("0x1", "0x0"))).toMatchObject({ kind: "direct", source: "none" });
  expect(windowsSettings("")).toMatchObject({ kind: "direct" });
});

test("the settings of macOS", () => {
  const text = `<dictionary> {
  ExceptionsList : <array> {
    0 : *.local
    1 : 169.254/16
  }
  HTTPSEnable : 1
  HTTPSPort : 3128
  HTTPSProxy : proxy.example.org
  ProxyAutoConfigEnable : 0
}`;
  expect(macSettings(text)).toEqual({
    kind: "fixed",
    source: "system",
    address: "http://proxy.example.org:3128/",
    bypass: ["*.local", "169.254/16"],
  });
  const pac = text.replace(
    "ProxyAutoConfigEnable : 0",
    "ProxyAutoConfigEnable : 1\n  ProxyAutoConfigURLString : http://x/p",
  );
  expect(macSettings(pac)).toMatchObject({ kind: "pac", address: "http://x/p" });
  expect(macSettings("")).toMatchObject({ kind: "direct" });
});

test("the environment comes before the system, and the system is asked where there is one to ask", async () => {
  const asked: string[] = [];
  const run = (program: string): Promise<string> => {
    asked.push(program);
    return Promise.resolve(WINDOWS);
  };
  const env = { HTTPS_PROXY: "proxy:3128", NO_PROXY: "a.example.org, .b.example.org" };
  expect(await readProxySettings({ policies: noPolicies, env, platform: "win32", run })).toMatchObject({
    source: "environment",
    address: "http://proxy:3128/",
    bypass: ["a.example.org", ".b.example.org"],
  });
  expect(await readProxySettings({ policies: noPolicies, env: {}, platform: "win32", run })).toMatchObject({
    source: "system",
  });
  expect(await readProxySettings({ policies: noPolicies, env: {}, platform: "linux", run })).toMatchObject({
    kind: "direct",
  });
  expect(asked).toEqual(["reg"]);
});

test("hosts that are reached without the proxy", () => {
  const rules = [
    "*.example.org",
    ".dept.fr",
    "10.0.0.0/8",
    "<local>",
    "host.test:8443",
    "fd00::/8",
    "a*z.test",
  ];
  const direct = [
    "https://x.example.org",
    "https://example.org",
    "https://a.dept.fr",
    "https://10.2.3.4",
    "https://intranet",
    "https://host.test:8443",
    "https://[fd00::1]",
    "https://abcz.test",
    "http://localhost:1",
    "http://127.0.0.1:2",
    "http://[::1]",
  ];
  const proxied = [
    "https://example.com",
    "https://badexample.org",
    "https://11.0.0.1",
    "https://host.test",
    "https://127.evil.test",
    "https://localhost.evil.test",
    "https://abc.test",
  ];
  expect(direct.filter((url) => !isBypassed(new URL(url), rules))).toEqual([]);
  expect(proxied.filter((url) => isBypassed(new URL(url), rules))).toEqual([]);
});

test("what a proxy script answers, whatever it answers", () => {
  expect(parseWays("PROXY a:1; HTTPS b:2 ;SOCKS5 c:3;DIRECT")).toEqual([
    { kind: "proxy", address: "http://a:1/" },
    { kind: "proxy", address: "https://b:2/" },
    { kind: "unsupported", word: "SOCKS5" },
    { kind: "direct" },
  ]);
  expect(parseWays(" ; ;")).toEqual([]);
  expect(parseWays("PROXY")).toEqual([{ kind: "unsupported", word: "PROXY" }]);
});
