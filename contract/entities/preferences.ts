import { z } from "zod";
import { personIdSchema, rowIdSchema, sectionIdSchema } from "../ids.ts";
import { isoTimeSchema } from "../time.ts";
import { notificationKindSchema } from "./notification.ts";

/** `all`: the inbox and a notice at once. `inbox`: the inbox, silently. `none`: neither. */
export const noticeLevelSchema = z.enum(["all", "inbox", "none"]);
export type NoticeLevel = z.infer<typeof noticeLevelSchema>;

/** How one person wants Parvis, on every machine. Scope: the person's own, one row. Id: the person's. */
export const preferencesSchema = z.looseObject({
  id: personIdSchema,
  feedOrder: z.enum(["relevant", "latest"]).optional(),
  /** Until then nothing is announced; the inbox goes on filling. */
  doNotDisturbUntil: isoTimeSchema.optional(),
  /** Announce nothing outside the person's working hours (`person.workingHours`, else the organisation's). */
  isQuietOutsideHours: z.boolean().optional(),
  /** By kind; what is not named is `all`. */
  notices: z.partialRecord(notificationKindSchema, noticeLevelSchema).optional(),
  /** Do not show others how far I have read. */
  hidesReceipts: z.boolean().optional(),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/**
 * How one person wants one conversation or space. Scope: the person's own. Id: the conversation's or the space's.
 * What a conversation does not say, its space says; what neither says is `mentions` for channels and walls of spaces and
 * `all` elsewhere.
 */
export const placeSettingSchema = z.looseObject({
  id: rowIdSchema,
  isFavourite: z.boolean().optional(),
  /** Neither counted nor announced, mentions apart; `mutedUntil` ends it by itself. */
  isMuted: z.boolean().optional(),
  mutedUntil: isoTimeSchema.optional(),
  /** What comes into the inbox and is announced from here. */
  notify: z.enum(["all", "mentions", "none"]).optional(),
  sectionId: sectionIdSchema.optional(),
});
export type PlaceSetting = z.infer<typeof placeSettingSchema>;

/** A heading of one's own in the list of conversations. Scope: the person's own. */
export const sectionSchema = z.looseObject({
  id: sectionIdSchema,
  name: z.string().min(1).max(60),
  /** Ascending from the top. */
  position: z.number(),
  isCollapsed: z.boolean().optional(),
});
export type Section = z.infer<typeof sectionSchema>;
