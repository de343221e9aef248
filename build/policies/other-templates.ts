import { z } from "zod";
import { policySchemas } from "#contract/policies.ts";
import { categories, policyFacts, type Category, type PolicyFacts } from "./policy-facts.ts";
import { escapeXml } from "./xml.ts";

const categoryNames = Object.keys(categories).filter((name): name is Category => name in categories);

const examples = (names: readonly string[]) =>
  Object.fromEntries(
    policyFacts.filter(({ name }) => names.includes(name)).map((one) => [one.name, one.example]),
  );

/** For /etc/parvis/policies.json: an example to cut down. */
export function writeJsonExample(): string {
  const recommended = ["Autostart", "CloseToTray"];
  const mandatory = [
    "DefaultServer",
    "AllowedServers",
    "SignInMethods",
    "NotificationContent",
    "IdleLockMinutes",
  ];
  return `${JSON.stringify(
    { $schema: "./policies.schema.json", mandatory: examples(mandatory), recommended: examples(recommended) },
    null,
    2,
  )}\n`;
}

/** What an editor needs to complete and check that file. */
export function writeJsonSchema(): string {
  const properties = Object.fromEntries(
    policyFacts.map(({ name, words }) => {
      const { $schema: _, ...shape } = z.toJSONSchema(policySchemas[name]);
      return [name, { title: words["en-US"].title, description: words["en-US"].text, ...shape }];
    }),
  );
  const group = { type: "object", additionalProperties: false, properties };
  return `${JSON.stringify(
    {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      title: "Policies of Parvis",
      type: "object",
      additionalProperties: false,
      properties: { $schema: { type: "string" }, mandatory: group, recommended: group },
    },
    null,
    2,
  )}\n`;
}

/** A configuration profile for macOS with an example of everything: keep what is wanted, give it your own identifiers. */
export function writeMobileConfig(): string {
  const values = policyFacts.map((facts) => plistEntry(facts, 3)).join("\n");
  const recommended = policyFacts
    .filter(({ name }) => name === "Autostart" || name === "CloseToTray")
    .map((facts) => plistEntry(facts, 4))
    .join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>PayloadType</key>
	<string>Configuration</string>
	<key>PayloadVersion</key>
	<integer>1</integer>
	<key>PayloadScope</key>
	<string>System</string>
	<key>PayloadIdentifier</key>
	<string>fr.parvis.desktop.policies</string>
	<key>PayloadUUID</key>
	<string>6E1B2D0C-6E0B-4B6A-9A3E-3C8C8B1F5A10</string>
	<key>PayloadDisplayName</key>
	<string>Parvis</string>
	<key>PayloadContent</key>
	<array>
		<dict>
			<key>PayloadType</key>
			<string>fr.parvis.desktop</string>
			<key>PayloadVersion</key>
			<integer>1</integer>
			<key>PayloadIdentifier</key>
			<string>fr.parvis.desktop.policies.preferences</string>
			<key>PayloadUUID</key>
			<string>0B0F6A7E-7C36-4B7C-8B0E-0E0C5B9C7A55</string>
${values}
			<key>Recommended</key>
			<dict>
${recommended}
			</dict>
		</dict>
	</array>
</dict>
</plist>
`;
}

function plistEntry({ name, example }: PolicyFacts, depth: number): string {
  const indent = "\t".repeat(depth);
  return `${indent}<key>${name}</key>\n${plistValue(example, indent)}`;
}

function plistValue(value: PolicyFacts["example"], indent: string): string {
  if (typeof value === "boolean") return `${indent}<${value ? "true" : "false"}/>`;
  if (typeof value === "number") return `${indent}<integer>${value}</integer>`;
  if (typeof value === "string") return `${indent}<string>${escapeXml(value)}</string>`;
  const items = value.map((item) => `${indent}\t<string>${escapeXml(item)}</string>`);
  return `${indent}<array>\n${items.join("\n")}\n${indent}</array>`;
}

/** docs/policies.md */
export function writeTable(): string {
  return `# Policies
What an organisation may set on its machines. **Mandatory**: the person cannot change it, and the interface says who has set
it (Settings › Organisation). **Recommended**: the value while the person has chosen none. Unknown names and values that do
not fit are reported there and in the diagnostics; the rest applies. Read at the start and about every quarter of an hour.

There is **no telemetry**, hence no policy for it. The cache is **always encrypted**; policies say where its key is kept and
what is not kept at all.

| platform | mandatory | recommended | template |
|---|---|---|---|
| Windows | \`HKLM\\SOFTWARE\\Policies\\Parvis\`, then \`HKCU\\…\` | the key \`Recommended\` under it | [parvis.admx](../build/policies/windows/parvis.admx), in French and English |
| macOS | \`/Library/Managed Preferences/fr.parvis.desktop.plist\`, then the person's | the dictionary \`Recommended\` in it | [parvis.mobileconfig](../build/policies/macos/parvis.mobileconfig) |
| Linux | \`/etc/parvis/policies.json\`, object \`mandatory\` | object \`recommended\` | [policies.json](../build/policies/linux/policies.json), [schema](../build/policies/linux/policies.schema.json) |

What the machine imposes wins over what the person's key imposes, and both over anything recommended. On Windows a yes or no
is a \`REG_DWORD\` of 1 or 0, a number a \`REG_DWORD\`, a text a \`REG_SZ\`, a list a key of its own with texts named 1, 2, 3…
The file of Linux is only believed while nobody but its owner may write to it. \`PARVIS_POLICIES\` names a further file of
that form, to try policies out: it takes nothing away from the machine's own.

${categoryNames.map(tableOf).join("\n\n")}

Generated from contract/policies.ts and the words of the interface by \`npm run policies\`.
`;
}

function tableOf(category: Category): string {
  const rows = policyFacts
    .filter((facts) => facts.category === category)
    .map((facts) => {
      const text = facts.words["en-US"].text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
      return `| **${facts.name}**<br>${facts.words["en-US"].title} | ${kindOf(facts)} | ${text} | \`${JSON.stringify(facts.example).replaceAll("|", "\\|")}\` |`;
    });
  return `## ${categories[category]["en-US"]}
| policy | kind | what it does | example |
|---|---|---|---|
${rows.join("\n")}`;
}

function kindOf({ type, choices, minimum, maximum }: PolicyFacts): string {
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(", ");
  if (type === "integer") return `number ${minimum ?? 0}–${maximum ?? ""}`;
  return { boolean: "yes or no", string: "text", array: "list of texts" }[type];
}
