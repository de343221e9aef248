import { session } from "electron";
import { planSpelling, type SpellingPlan } from "#host/desktop/spelling.ts";
import type { Dispose, ShellContext } from "./shell-context.ts";
import type { Words } from "./words.ts";

/** Checks spelling in the languages of the settings, and fetches no dictionary that the organisation does not offer. */
export async function startSpelling(shell: ShellContext, words: Words): Promise<Dispose> {
  const { platform, services, log } = shell;
  let before = "";
  const { contacts } = services.network;
  const apply = async (chosen: readonly string[]): Promise<void> => {
    const plan = planSpelling({
      platform,
      chosen,
      language: words.language(),
      available: session.defaultSession.availableSpellCheckerLanguages,
      dictionaryAddress: services.policies.get("SpellCheckDictionaryAddress"),
    });
    const text = JSON.stringify(plan);
    if (text === before) return;
    before = text;
    if (!plan.isOn) log.write("information", `spelling is off: ${plan.why}`);
    // Whoever is asked for dictionaries is in the list of hosts before they are.
    if (plan.isOn && plan.dictionaryAddress !== undefined)
      await contacts.begin(plan.dictionaryAddress, "spelling");
    if (text === before) enforce(plan);
  };
  const read = async (): Promise<void> => apply((await services.settings.get()).spellingLanguages);
  await read();
  const stops = [
    services.events.subscribe((event) => {
      if (event.type === "settingsChanged") void apply(event.settings.spellingLanguages);
    }),
    services.policies.subscribe(() => void read()),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Off before anything else, so that no dictionary is asked for on the way. */
function enforce(plan: SpellingPlan): void {
  const { defaultSession } = session;
  if (!plan.isOn) {
    defaultSession.setSpellCheckerLanguages([]);
    defaultSession.setSpellCheckerEnabled(false);
    return;
  }
  if (plan.dictionaryAddress !== undefined)
    defaultSession.setSpellCheckerDictionaryDownloadURL(plan.dictionaryAddress);
  if (plan.languages.length > 0) defaultSession.setSpellCheckerLanguages(plan.languages);
  defaultSession.setSpellCheckerEnabled(true);
}
