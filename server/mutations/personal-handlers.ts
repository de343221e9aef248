import { personalMutations as m } from "#contract/commands/personal.ts";
import { bind, type BoundHandler } from "./bind.ts";
import { setNotifications } from "./notification.ts";
import { updateProfile } from "./profile.ts";
import { makeReport } from "./report.ts";
import { endSignIn } from "./session.ts";
import { removeSection, saveSection, setPlaceSetting, setPreferences } from "./settings.ts";

export const personalHandlers: Record<keyof typeof m, BoundHandler> = {
  "notification.set": bind(m["notification.set"], setNotifications),
  "preferences.set": bind(m["preferences.set"], setPreferences),
  "placeSetting.set": bind(m["placeSetting.set"], setPlaceSetting),
  "section.save": bind(m["section.save"], saveSection),
  "section.remove": bind(m["section.remove"], removeSection),
  "profile.update": bind(m["profile.update"], updateProfile),
  "session.end": bind(m["session.end"], endSignIn),
  "report.make": bind(m["report.make"], makeReport),
};
