import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { Provider } from "oidc-provider";
import { z } from "zod";

/** Someone whom the provider knows. Any password is right: it is the provider's development mode. */
export interface ProviderPerson {
  login: string;
  email: string;
  isEmailVerified: boolean;
  name: string;
}

export interface OidcProvider {
  issuer: string;
  clientId: string;
  /** Lets a person sign in as a browser would: authorization code + PKCE, the forms, the redirect, the code exchange. */
  signIn(login: string, options?: SignInFlow): Promise<ProviderTokens>;
  /** Follows an authorization URL through the forms and gives the address that the browser is sent back to. */
  followForms(authorizationUrl: string, login: string): Promise<URL>;
  stop(): Promise<void>;
}

interface SignInFlow {
  nonce?: string;
  scope?: string;
  redirectUri?: string;
}

const tokensSchema = z.looseObject({
  id_token: z.string(),
  access_token: z.string(),
  refresh_token: z.string().optional(),
});
type ProviderTokens = z.infer<typeof tokensSchema>;

const CLIENT_ID = "parvis-desktop";

/** The npm package oidc-provider on a free port of 127.0.0.1, with one native public client. */
export async function startOidcProvider(people: readonly ProviderPerson[]): Promise<OidcProvider> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const issuer = `http://127.0.0.1:${address.port}`;
  const handle = createProvider(issuer, people).callback();
  server.on("request", (request, response) => {
    void handle(request, response);
  });

  async function signIn(login: string, flow: SignInFlow = {}): Promise<ProviderTokens> {
    const redirectUri = flow.redirectUri ?? "http://127.0.0.1:54321/callback";
    const verifier = randomBytes(32).toString("base64url");
    const state = randomBytes(16).toString("base64url");
    const query = new URLSearchParams({
      client_id: CLIENT_ID,
      response_type: "code",
      redirect_uri: redirectUri,
      scope: flow.scope ?? "openid email profile offline_access",
      prompt: "consent",
      state,
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
      ...(flow.nonce === undefined ? {} : { nonce: flow.nonce }),
    });
    const back = await followForms(`${issuer}/auth?${query.toString()}`, login);
    if (back.searchParams.get("state") !== state) throw new Error(`not the way back: ${back.href}`);
    const answer = await fetch(`${issuer}/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "authorization_code",
        client_id: CLIENT_ID,
        code: back.searchParams.get("code") ?? "",
        redirect_uri: redirectUri,
        code_verifier: verifier,
      }),
    });
    return tokensSchema.parse(await answer.json());
  }

  return {
    issuer,
    clientId: CLIENT_ID,
    signIn,
    followForms,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function createProvider(issuer: string, people: readonly ProviderPerson[]): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        application_type: "native",
        token_endpoint_auth_method: "none",
        redirect_uris: ["http://127.0.0.1/callback"],
        response_types: ["code"],
        grant_types: ["authorization_code", "refresh_token"],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    // Most providers of public bodies put the e-mail address into the ID token.
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: true } },
    cookies: { keys: [randomBytes(16).toString("hex")] },
    ttl: {
      AccessToken: 3600,
      Grant: 3600,
      IdToken: 3600,
      Interaction: 600,
      RefreshToken: 86_400,
      Session: 3600,
    },
    rotateRefreshToken: true,
    findAccount: (_context, login) => {
      const person = people.find((each) => each.login === login);
      if (person === undefined) return undefined;
      const { email, isEmailVerified, name } = person;
      return {
        accountId: login,
        claims: () => ({ sub: login, email, email_verified: isEmailVerified, name }),
      };
    },
  });
}

const MAX_STEPS = 12;

/** A browser without a screen: keeps cookies, follows redirects within the provider, fills in its two forms. */
async function followForms(authorizationUrl: string, login: string): Promise<URL> {
  const { origin } = new URL(authorizationUrl);
  const cookies = new Map<string, string>();
  let url = new URL(authorizationUrl);
  let form: URLSearchParams | undefined;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const response = await fetch(url, {
      redirect: "manual",
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form === undefined ? {} : { method: "POST", body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) keep(cookies, cookie);
    const location = response.headers.get("location");
    if (location !== null) {
      await response.body?.cancel();
      url = new URL(location, url);
      form = undefined;
      if (url.origin !== origin) return url;
      continue;
    }
    const page = await response.text();
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
    if (action === undefined)
      throw new Error(`${url.href} answered ${response.status}: ${page.slice(0, 500)}`);
    url = new URL(action, url);
    form = page.includes('name="login"')
      ? new URLSearchParams({ prompt: "login", login, password: "any" })
      : new URLSearchParams({ prompt: "consent" });
  }
  throw new Error("the provider never sent the browser back");
}

function keep(cookies: Map<string, string>, header: string): void {
  const [pair = ""] = header.split(";");
  const equals = pair.indexOf("=");
  const value = pair.slice(equals + 1);
  if (value === "") cookies.delete(pair.slice(0, equals));
  else cookies.set(pair.slice(0, equals), value);
}
