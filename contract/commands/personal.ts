import { z } from "zod";
import { personSchema } from "../entities/person.ts";
import { placeSettingSchema, preferencesSchema, sectionSchema } from "../entities/preferences.ts";
import { reportSchema } from "../entities/requests.ts";
import { freshIdSchema, personIdSchema, rowIdSchema, sectionIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";

const preferences = preferencesSchema.shape;
const place = placeSettingSchema.shape;
const person = personSchema.shape;

/** One's own inbox, settings and profile. Scope: the person's own, except `profile.update` (directory).
 * In settings null takes a choice back; what is not named stays. */
export const personalMutations = {
  /** What is not named stays; `snoozedUntil` null wakes. Items that no longer exist are passed over. */
  "notification.set": z.looseObject({
    ids: z.array(rowIdSchema).min(1).max(1000),
    isDone: z.boolean().optional(),
    snoozedUntil: isoTimeSchema.nullable().optional(),
  }),
  "preferences.set": z.looseObject({
    feedOrder: preferences.feedOrder.nullable(),
    doNotDisturbUntil: preferences.doNotDisturbUntil.nullable(),
    isQuietOutsideHours: preferences.isQuietOutsideHours.nullable(),
    notices: preferences.notices.nullable(),
    hidesReceipts: preferences.hidesReceipts.nullable(),
  }),
  "placeSetting.set": z.looseObject({
    id: place.id,
    isFavourite: place.isFavourite.nullable(),
    isMuted: place.isMuted.nullable(),
    mutedUntil: place.mutedUntil.nullable(),
    notify: place.notify.nullable(),
    sectionId: place.sectionId.nullable(),
  }),
  "section.save": sectionSchema,
  "section.remove": z.looseObject({ id: sectionIdSchema }),
  /** Scope: directory. Of oneself. */
  "profile.update": z.looseObject({
    phone: person.phone.nullable(),
    jobTitle: person.jobTitle.nullable(),
    photo: person.photo.nullable(),
    workingHours: person.workingHours.nullable(),
  }),
  /** Scope: where the object is. */
  "report.make": z.looseObject({
    id: freshIdSchema,
    object: reportSchema.shape.object,
    complaint: reportSchema.shape.complaint,
  }),
  /**
   * Ends a sign-in: its tokens stop counting at once. With `wipe`, the device is told to forget everything of the account
   * whenever it comes back. Scope: the person's own; `administration` for somebody else's. One that is not there is over.
   */
  "session.end": z.looseObject({ id: freshIdSchema, personId: personIdSchema, wipe: z.boolean() }),
} as const;
