/** Small hand-made exports for tests. */

interface FixtureMessage extends Record<string, unknown> {
  ts: string;
}

export function user(id: string, name: string, more: object = {}): object {
  const profile = { real_name: name, email: `${id.toLowerCase()}@chat.example`, title: "Agent" };
  return { id, team_id: "T1", name: id.toLowerCase(), deleted: false, is_bot: false, profile, ...more };
}

export function said(ts: string, userId: string, text: string, more: object = {}): FixtureMessage {
  return { type: "message", user: userId, text, ts, ...more };
}

export const users = [
  user("U1", "Ada Martin"),
  user("U2", "Bilal Roche"),
  user("U3", "Chloé Petit", { deleted: true }),
];

export const channels = [
  { id: "C1", name: "general", created: 1_700_000_000, members: ["U1", "U2"], topic: { value: "Tout" } },
  { id: "C2", name: "vieux", created: 1_700_000_000, is_archived: true, members: [] },
];

/** Every feature once: thread over two days, reactions, edit, notices, file, tombstone, bot, direct and group. */
export function fullExport(): Record<string, unknown> {
  return {
    "users.json": users,
    "channels.json": channels,
    "groups.json": [{ id: "G1", name: "secret", created: 1_700_000_000, members: ["U1", "U3"] }],
    "dms.json": [{ id: "D1", created: 1_700_000_000, members: ["U1", "U2"] }],
    "mpims.json": [
      { id: "M1", name: "mpdm-u1--u2--u3-1", created: 1_700_000_000, members: ["U1", "U2", "U3"] },
    ],
    "general/2024-01-01.json": [
      said("1704100000.000100", "U1", "<@U2> has joined the channel", { subtype: "channel_join" }),
      said("1704100001.000200", "U1", "Bonjour <@U2> & *tous* :tada:", {
        thread_ts: "1704100001.000200",
        reactions: [
          { name: "thumbsup", users: ["U2", "U3"], count: 2 },
          { name: "maison", users: ["U1"], count: 1 },
        ],
      }),
      said("1704100002.000300", "U2", "Salut !", { thread_ts: "1704100001.000200" }),
      said("1704100003.000400", "U2", "corrigé", { edited: { user: "U2", ts: "1704100099.000000" } }),
      said("1704100004.000500", "U1", "", {
        files: [{ id: "F1", name: "plan.pdf", mimetype: "application/pdf", size: 1234 }],
      }),
      said("1704100005.000600", "U1", "This message was deleted.", { subtype: "tombstone" }),
      {
        type: "message",
        subtype: "bot_message",
        bot_id: "B1",
        username: "robot",
        text: "build ok",
        ts: "1704100006.000700",
      },
    ],
    "general/2024-01-02.json": [
      said("1704200000.000100", "U3", "Réponse tardive", { thread_ts: "1704100001.000200" }),
    ],
    "vieux/2023-12-01.json": [said("1701400000.000000", "U3", "archive")],
    "secret/2024-01-01.json": [said("1704100000.000000", "U1", "entre nous")],
    "D1/2024-01-01.json": [said("1704100000.000000", "U2", "en privé")],
    "mpdm-u1--u2--u3-1/2024-01-01.json": [said("1704100000.000000", "U3", "à trois")],
  };
}
