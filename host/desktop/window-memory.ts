import { join } from "node:path";
import { z } from "zod";
import { accountIdSchema } from "#contract/account.ts";
import { parseObjectLink } from "#contract/links.ts";
import { JsonFile } from "../files/json-file.ts";

const SIZE_LIMIT = 20_000;
const side = z.int().min(1).max(SIZE_LIMIT);
const place = z.int().min(-100_000).max(100_000);

const windowPlaceSchema = z.object({
  /** When neither maximized nor full screen. */
  bounds: z.object({ x: place, y: place, width: side, height: side }),
  isMaximized: z.boolean().default(false),
  isFullScreen: z.boolean().default(false),
  screenId: z.number().optional(),
  scaleFactor: z.number().optional(),
});
export type WindowPlace = z.infer<typeof windowPlaceSchema>;

const detachedSchema = z.object({
  accountId: accountIdSchema,
  link: z
    .string()
    .max(300)
    .refine((link) => parseObjectLink(link) !== null),
  place: windowPlaceSchema.optional(),
});

export const ZOOM = { min: -5, max: 6, step: 1 };

const memorySchema = z.object({
  main: windowPlaceSchema.optional(),
  /** Open at the last end, and where. */
  detached: z.array(detachedSchema).max(20).default([]),
  zoom: z.number().min(ZOOM.min).max(ZOOM.max).default(0),
});
export type WindowMemory = z.infer<typeof memorySchema>;

/** Where the windows were, for the next start. */
export function openWindowMemory(
  dataDir: string,
  onDamaged: (message: string) => void,
): JsonFile<WindowMemory> {
  return new JsonFile({
    path: join(dataDir, "window-state.json"),
    schema: memorySchema,
    empty: () => ({ detached: [], zoom: 0 }),
    onDamaged,
  });
}
