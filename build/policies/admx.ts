import {
  categories,
  languages,
  policyFacts,
  type Category,
  type Language,
  type PolicyFacts,
} from "./policy-facts.ts";
import { escapeXml } from "./xml.ts";

/**
 * Administrative templates of Windows: `parvis.admx` says what there is, one `parvis.adml` a language says it in words.
 * Format: “ADMX schema” of Microsoft's documentation of Group Policy.
 */

const KEY = "SOFTWARE\\Policies\\Parvis";
const LEVELS = ["mandatory", "recommended"] as const;
type Level = (typeof LEVELS)[number];

const keyOf = (level: Level): string => (level === "mandatory" ? KEY : `${KEY}\\Recommended`);
const idOf = (name: string, level: Level): string => (level === "mandatory" ? name : `${name}_recommended`);
const categoryNames = Object.keys(categories).filter((name): name is Category => name in categories);

export function writeAdmx(): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<policyDefinitions xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" revision="1.0" schemaVersion="1.0" xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions">
  <policyNamespaces>
    <target prefix="parvis" namespace="Parvis.Policies" />
  </policyNamespaces>
  <resources minRequiredRevision="1.0" />
  <supportedOn>
    <definitions>
      <definition name="SUPPORTED_PARVIS" displayName="$(string.SUPPORTED_PARVIS)" />
    </definitions>
  </supportedOn>
  <categories>
${categoryElements().join("\n")}
  </categories>
  <policies>
${LEVELS.flatMap((level) => policyFacts.map((facts) => policyElement(facts, level))).join("\n")}
  </policies>
</policyDefinitions>
`;
}

function categoryElements(): string[] {
  const tops = LEVELS.map((level) => {
    const id = idOf("Parvis", level);
    return `    <category name="${id}" displayName="$(string.${id})" />`;
  });
  const subs = LEVELS.flatMap((level) =>
    categoryNames.map((name) => {
      const id = idOf(name, level);
      return `    <category name="${id}" displayName="$(string.${name})">
      <parentCategory ref="${idOf("Parvis", level)}" />
    </category>`;
    }),
  );
  return [...tops, ...subs];
}

function policyElement(facts: PolicyFacts, level: Level): string {
  const { name, type, category } = facts;
  const id = idOf(name, level);
  const key = keyOf(level);
  // A list has a key of its own; everything else is a value of its name.
  const value = type === "boolean" ? ` valueName="${name}"` : "";
  const presentation = type === "boolean" ? "" : ` presentation="$(presentation.${id})"`;
  return `    <policy name="${id}" class="Both" displayName="$(string.${name})" explainText="$(string.${name}_text)"${presentation} key="${key}"${value}>
      <parentCategory ref="${idOf(category, level)}" />
      <supportedOn ref="SUPPORTED_PARVIS" />
${elementsOf(facts, key)}
    </policy>`;
}

function elementsOf({ name, type, choices, minimum, maximum, maxLength }: PolicyFacts, key: string): string {
  if (type === "boolean") {
    return `      <enabledValue>
        <decimal value="1" />
      </enabledValue>
      <disabledValue>
        <decimal value="0" />
      </disabledValue>`;
  }
  const element =
    type === "array"
      ? `<list id="${name}" key="${key}\\${name}" valuePrefix="" />`
      : type === "integer"
        ? `<decimal id="${name}" valueName="${name}" required="true" minValue="${minimum ?? 0}" maxValue="${maximum ?? 9999}" />`
        : choices === undefined
          ? `<text id="${name}" valueName="${name}" required="true" maxLength="${maxLength ?? 2000}" />`
          : enumElement(name, choices);
  return `      <elements>
        ${element}
      </elements>`;
}

function enumElement(name: string, choices: readonly string[]): string {
  const items = choices.map(
    (choice) => `          <item displayName="$(string.${name}_${choice})">
            <value>
              <string>${escapeXml(choice)}</string>
            </value>
          </item>`,
  );
  return `<enum id="${name}" valueName="${name}" required="true">
${items.join("\n")}
        </enum>`;
}

const fixedWords: Record<Language, Record<string, string>> = {
  "en-US": {
    SUPPORTED_PARVIS: "Parvis 0.1 or later",
    Parvis: "Parvis",
    Parvis_recommended: "Parvis (recommended: the person may choose otherwise)",
  },
  "fr-FR": {
    SUPPORTED_PARVIS: "Parvis 0.1 ou ultérieur",
    Parvis: "Parvis",
    Parvis_recommended: "Parvis (proposé : la personne peut choisir autrement)",
  },
};

export function writeAdml(language: Language): string {
  const strings = { ...fixedWords[language], ...categoryWords(language), ...policyWords(language) };
  const table = Object.entries(strings).map(
    ([id, text]) => `      <string id="${id}">${escapeXml(text)}</string>`,
  );
  const presentations = LEVELS.flatMap((level) =>
    policyFacts.flatMap((facts) => presentationOf(facts, { language, level })),
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<policyDefinitionResources xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" revision="1.0" schemaVersion="1.0" xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions">
  <displayName>Parvis</displayName>
  <description>Parvis</description>
  <resources>
    <stringTable>
${table.join("\n")}
    </stringTable>
    <presentationTable>
${presentations.join("\n")}
    </presentationTable>
  </resources>
</policyDefinitionResources>
`;
}

function categoryWords(language: Language): Record<string, string> {
  return Object.fromEntries(categoryNames.map((name) => [name, categories[name][language]]));
}

function policyWords(language: Language): Record<string, string> {
  const words: Record<string, string> = {};
  for (const { name, words: said, choices = [] } of policyFacts) {
    words[name] = said[language].title;
    words[`${name}_text`] = said[language].text;
    for (const choice of choices) words[`${name}_${choice}`] = choice;
  }
  return words;
}

function presentationOf(
  { name, type, choices, words }: PolicyFacts,
  { language, level }: { language: Language; level: Level },
): string[] {
  if (type === "boolean") return [];
  const label = escapeXml(words[language].title);
  const control =
    type === "array"
      ? `<listBox refId="${name}">${label}</listBox>`
      : type === "integer"
        ? `<decimalTextBox refId="${name}" defaultValue="0">${label}</decimalTextBox>`
        : choices === undefined
          ? `<textBox refId="${name}">\n          <label>${label}</label>\n        </textBox>`
          : `<dropdownList refId="${name}" defaultItem="0">${label}</dropdownList>`;
  return [`      <presentation id="${idOf(name, level)}">\n        ${control}\n      </presentation>`];
}

export const admlLanguages = languages;
