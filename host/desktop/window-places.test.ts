import { expect, test } from "vitest";
import { isWithinReach, placeWindow, type Screen } from "./window-places.ts";

const left: Screen = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 }, scaleFactor: 1 };
const right: Screen = { id: 2, workArea: { x: 1920, y: -200, width: 2560, height: 1400 }, scaleFactor: 2 };
const window = { x: 2000, y: 0, width: 1200, height: 800 };

test("a window stands where it stood, also on a second screen with its own corner", () => {
  expect(placeWindow(window, [left, right], 2)).toEqual(window);
  expect(placeWindow({ ...window, x: 10 }, [left], 1)).toEqual({ ...window, x: 10 });
});

test("with its screen gone it comes to the middle of the main one", () => {
  expect(placeWindow(window, [left], 2)).toEqual({ x: 360, y: 120, width: 1200, height: 800 });
});

test("one whose screen was moved by rearranging goes to that screen, not to the main one", () => {
  const moved = { ...right, workArea: { ...right.workArea, x: -2560 } };
  const placed = placeWindow({ ...window, x: 5000 }, [left, moved], 2);
  expect(placed.x).toBeLessThan(0);
  expect(isWithinReach(placed, [left, moved])).toBe(true);
});

test("a window that is larger than what is left of its screens becomes smaller", () => {
  const small: Screen = { id: 1, workArea: { x: 0, y: 24, width: 1024, height: 700 }, scaleFactor: 1 };
  expect(placeWindow({ x: 0, y: 24, width: 2560, height: 1400 }, [small], 1)).toEqual({
    x: 0,
    y: 24,
    width: 1024,
    height: 700,
  });
});

test.each([
  [{ x: 1880, y: 100, width: 800, height: 600 }, "only a strip of its side can be seen"],
  [{ x: 100, y: -500, width: 800, height: 600 }, "its title bar is above the screen"],
  [{ x: 100, y: 1035, width: 800, height: 600 }, "its title bar is below the task bar"],
  [{ x: -790, y: 0, width: 800, height: 600 }, "it is almost wholly to the left"],
])("%j cannot be grabbed: %s", (place) => {
  expect(isWithinReach(place, [left])).toBe(false);
  expect(isWithinReach(placeWindow(place, [left], 1), [left])).toBe(true);
});

test("without any screen nothing is moved", () => {
  expect(placeWindow(window, [], 1)).toEqual(window);
});
