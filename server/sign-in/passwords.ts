import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from "node:crypto";

/** What one hash costs: OWASP's recommendation for scrypt with 32 MiB. */
export interface PasswordCost {
  /** Base-2 logarithm of N. */
  logN: number;
  r: number;
  p: number;
}

const PASSWORD_COST: PasswordCost = { logN: 15, r: 8, p: 3 };

const KEY_BYTES = 32;
const SALT_BYTES = 16;
/** Costs read back from a hash are bounded, so that a damaged row cannot eat the machine. */
const MAX_LOG_N = 20;

const HASH = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** Makes `$scrypt$ln=15,r=8,p=3$SALT$KEY` (PHC string format, base64 without padding). */
export async function createPasswordHash(
  password: string,
  cost: PasswordCost = PASSWORD_COST,
): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, cost);
  return `$scrypt$ln=${cost.logN},r=${cost.r},p=${cost.p}$${unpadded(salt)}$${unpadded(key)}`;
}

/**
 * Whether this is the password behind `hash`. Without a hash (unknown person, or one who has no password) it works as
 * long and answers no, so that the time taken does not tell who exists.
 */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const known = hash === undefined ? undefined : parseHash(hash);
  const { cost, salt, key } = known ?? NOBODY;
  const actual = await derive(password, salt, cost);
  const isSame = actual.length === key.length && timingSafeEqual(actual, key);
  return isSame && known !== undefined;
}

interface ParsedHash {
  cost: PasswordCost;
  salt: Buffer;
  key: Buffer;
}

const NOBODY: ParsedHash = {
  cost: PASSWORD_COST,
  salt: randomBytes(SALT_BYTES),
  key: randomBytes(KEY_BYTES),
};

function parseHash(hash: string): ParsedHash | undefined {
  const match = HASH.exec(hash);
  if (match === null) return undefined;
  const [, logN = "", r = "", p = "", salt = "", key = ""] = match;
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  if (cost.logN < 1 || cost.logN > MAX_LOG_N || cost.r < 1 || cost.r > 32 || cost.p < 1 || cost.p > 16)
    return undefined;
  return { cost, salt: Buffer.from(salt, "base64"), key: Buffer.from(key, "base64") };
}

function derive(password: string, salt: Buffer, { logN, r, p }: PasswordCost): Promise<Buffer> {
  const N = 2 ** logN;
  const options: ScryptOptions = { N, r, p, maxmem: 128 * N * r + 128 * r * p + 1024 * 1024 };
  // The same characters may be typed composed or decomposed, depending on the keyboard.
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFC"), salt, KEY_BYTES, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}
