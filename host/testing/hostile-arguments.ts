import { hostChannels, isHostChannel, type HostChannel } from "#contract/bridge.ts";

/** Stands in every hostile text: an answer that repeats it repeats what it was sent. */
export const MARK = "secret-of-the-sender";

export interface HostileCall {
  channel: HostChannel;
  args: unknown;
}

function deep(levels: number): unknown {
  let value: unknown = MARK;
  for (let level = 0; level < levels; level += 1) value = { next: value };
  return value;
}

const polluted = (): unknown =>
  JSON.parse(
    `{"__proto__":{"isPolluted":true},"constructor":{"prototype":{"isPolluted":true}},"a":"${MARK}"}`,
  );

/** Of any type but the right one; for a few channels some of them fit, and those are not sent. */
const texts = ["", MARK, MARK.repeat(20_000), `\0${MARK}`, `../../${MARK}`, "\u202E\uD800", "__proto__"];
const numbers = [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53];
const objects = (): unknown[] => [
  [],
  [MARK],
  [[[]]],
  new Date(0),
  new Map([[MARK, 1]]),
  new Uint8Array(8),
  polluted(),
  deep(10),
  deep(5000),
  Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`k${at}`, at])),
];
const values = (): unknown[] => [undefined, null, true, ...texts, ...numbers, ...objects()];
/** What is refused for its size alone is tried once a channel. */
const SMALL = values().slice(0, -2);

/** Every channel with each of these in place of its arguments, and of each of its arguments in turn. */
export function hostileCalls(): HostileCall[] {
  return Object.keys(hostChannels)
    .filter(isHostChannel)
    .flatMap((channel) => {
      const schema = hostChannels[channel].args;
      const names = [...Object.keys(schema.shape), "accountId", "__proto__"];
      const whole = values().filter((value) => !schema.safeParse(value).success);
      const single = names.flatMap((name) =>
        SMALL.map((value) => Object.fromEntries([[name, value]])).filter(
          (args) => !schema.safeParse(args).success,
        ),
      );
      return [...whole, ...single].map((args) => ({ channel, args }));
    });
}
