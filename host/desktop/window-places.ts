/** Where windows may stand: pure geometry, in the units of the system's screens. */

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Screen {
  id: number;
  /** Without task bar and dock. */
  workArea: Rectangle;
  scaleFactor: number;
}

/** Of the title bar so much has to be on a screen to be grabbed. */
const GRAB = { width: 120, height: 32 };
const TITLE_HEIGHT = 32;

/** Whether somebody can take hold of a window that stands there: enough of its upper edge is on one screen. */
export function isWithinReach(window: Rectangle, screens: readonly Screen[]): boolean {
  const title = { ...window, height: Math.min(TITLE_HEIGHT, window.height) };
  return screens.some(({ workArea }) => {
    const shared = overlap(title, workArea);
    return shared.width >= Math.min(GRAB.width, window.width) && shared.height >= title.height / 2;
  });
}

/**
 * Where a window goes that stood at `wanted`: there, where that can be reached; otherwise into the middle of its own screen
 * if it is still there, or of the main one (the first); never larger than the screen.
 */
export function placeWindow(
  wanted: Rectangle,
  screens: readonly Screen[],
  screenId: number | undefined,
): Rectangle {
  const home = screens.find(({ id }) => id === screenId) ?? mostShared(wanted, screens) ?? screens[0];
  if (home === undefined) return wanted;
  if (isWithinReach(wanted, screens)) {
    const on = mostShared(wanted, screens) ?? home;
    return shrink(wanted, on.workArea);
  }
  const { workArea } = home;
  const { width, height } = shrink(wanted, workArea);
  return {
    x: Math.round(workArea.x + (workArea.width - width) / 2),
    y: Math.round(workArea.y + (workArea.height - height) / 2),
    width,
    height,
  };
}

/** A window larger than its screen keeps its place and loses what is beyond. */
function shrink(window: Rectangle, area: Rectangle): Rectangle {
  const width = Math.min(window.width, area.width);
  const height = Math.min(window.height, area.height);
  return { ...window, width, height };
}

function mostShared(window: Rectangle, screens: readonly Screen[]): Screen | undefined {
  const areaOf = ({ workArea }: Screen): number => {
    const { width, height } = overlap(window, workArea);
    return width * height;
  };
  const [best] = screens.toSorted((a, b) => areaOf(b) - areaOf(a));
  return best === undefined || areaOf(best) === 0 ? undefined : best;
}

function overlap(a: Rectangle, b: Rectangle): { width: number; height: number } {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return { width: Math.max(0, width), height: Math.max(0, height) };
}
