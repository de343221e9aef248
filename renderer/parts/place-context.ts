import { createContext, use } from "react";
import type { Place } from "./write.ts";

export interface OpenPlace extends Place {
  canPost: boolean;
}

const PlaceContext = createContext<OpenPlace | null>(null);
export const PlaceProvider = PlaceContext.Provider;

/** The conversation or thread that a message stands in. */
export function usePlace(): OpenPlace {
  const place = use(PlaceContext);
  if (place === null) throw new Error("There is no PlaceProvider above this view");
  return place;
}
