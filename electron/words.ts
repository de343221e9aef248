import {
  shellLanguage,
  shellWording,
  type ShellLanguage,
  type ShellWording,
} from "#host/desktop/shell-wording.ts";
import type { HostServices } from "#host/host.ts";

/** The shell's own words, in the language of the settings as it is now. */
export interface Words {
  now: () => ShellWording;
  language: () => ShellLanguage;
  /** Told when the language is another one. */
  subscribe: (listener: () => void) => void;
  stop: () => void;
}

export async function followWords({ settings, events }: HostServices, locale: string): Promise<Words> {
  const listeners = new Set<() => void>();
  let language = shellLanguage((await settings.get()).language, locale);
  const stop = events.subscribe((event) => {
    if (event.type !== "settingsChanged") return;
    const next = shellLanguage(event.settings.language, locale);
    if (next === language) return;
    language = next;
    for (const listener of listeners) listener();
  });
  return {
    now: () => shellWording(language),
    language: () => language,
    subscribe: (listener) => void listeners.add(listener),
    stop,
  };
}
