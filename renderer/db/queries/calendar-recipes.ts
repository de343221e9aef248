import { calendarQueries as q } from "#contract/views/calendars.ts";
import {
  createCalendarObjectsQuery,
  createCalendarsQuery,
  createEventQuery,
  createEventRangeQuery,
  createEventSearchQuery,
} from "./calendar-queries.ts";
import { recipe, type Recipe } from "./recipe.ts";

export const calendarRecipes: Record<keyof typeof q, Recipe> = {
  calendars: recipe(q.calendars.args, createCalendarsQuery),
  eventRange: recipe(q.eventRange.args, createEventRangeQuery),
  calendarObjects: recipe(q.calendarObjects.args, createCalendarObjectsQuery),
  event: recipe(q.event.args, createEventQuery),
  eventSearch: recipe(q.eventSearch.args, createEventSearchQuery),
};
