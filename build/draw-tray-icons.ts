import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Page } from "playwright";
import { trayStates, type TrayState } from "#contract/desktop/tray-state.ts";
import { ico, type Picture } from "./icon-files.ts";
import { projectRoot } from "./project-root.ts";

/**
 * Draws build/resources/tray/ with Debian's Chromium. Run by hand when the drawing changes. Two grids, so that edges lie on
 * pixels: 22 for the bars of Linux, 16 for Windows (.ico) and macOS (templates, which the system tints).
 */

interface Grid {
  size: number;
  /** The door under its arch, in whole pixels. */
  glyph: string;
  /** Centre and radius of the small and the large mark. */
  small: readonly [number, number, number];
  large: readonly [number, number, number];
  gap: number;
  bar: number;
}

const grids = {
  22: {
    size: 22,
    glyph: `<path d="M3 17V10a8 8 0 0 1 16 0v7h-2V10a6 6 0 0 0-12 0v7z"/><path d="M11 7a3 3 0 0 1 3 3v7H8v-7a3 3 0 0 1 3-3z"/><rect x="1" y="18" width="20" height="2" rx="1"/>`,
    small: [17, 5, 4],
    large: [16, 6, 6],
    gap: 1.5,
    bar: 2,
  },
  16: {
    size: 16,
    glyph: `<path d="M2 13V7a6 6 0 0 1 12 0v6h-2V7a4 4 0 0 0-8 0v6z"/><path d="M8 6a2 2 0 0 1 2 2v5H6V8a2 2 0 0 1 2-2z"/><rect x="1" y="14" width="14" height="1"/>`,
    small: [12.5, 3.5, 3],
    large: [11.5, 4.5, 4.5],
    gap: 1,
    bar: 1.5,
  },
} as const satisfies Record<number, Grid>;

interface Paint {
  glyph: string;
  unread: string;
  mention: string;
  quiet: string;
  /** What stands in a mark; null: it is cut out, as a template wants it. */
  sign: string | null;
}

/** Named after the bar that they are for. */
const paints = {
  light: { glyph: "#1f2937", unread: "#1d5fd1", mention: "#c62828", quiet: "#6b46b8", sign: "#ffffff" },
  dark: { glyph: "#ffffff", unread: "#5aa0ff", mention: "#ff5a4f", quiet: "#b79cf2", sign: "#14161b" },
  template: { glyph: "#000", unread: "#000", mention: "#000", quiet: "#000", sign: null },
} as const satisfies Record<string, Paint>;

function draw(state: TrayState, grid: Grid, paint: Paint): string {
  const { size, glyph } = grid;
  const mark = markOf(state, grid, paint);
  const isOffline = state === "offline";
  const slash = `<path d="M${size * 0.12} ${size * 0.08}L${size * 0.88} ${size * 0.92}" stroke-linecap="round"`;
  const offline = isOffline
    ? `${slash} stroke="${paint.glyph}" stroke-width="${grid.bar}" opacity="0.9"/>`
    : "";
  const cut = isOffline ? `${slash} stroke="#000" stroke-width="${grid.bar * 2.6}"/>` : mark.cut;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><defs><mask id="m" maskUnits="userSpaceOnUse" x="0" y="0" width="${size}" height="${size}"><rect width="${size}" height="${size}" fill="#fff"/>${cut}</mask><mask id="s" maskUnits="userSpaceOnUse" x="0" y="0" width="${size}" height="${size}"><rect width="${size}" height="${size}" fill="#fff"/>${paint.sign === null ? mark.sign("#000") : ""}</mask></defs><g mask="url(#m)" fill="${paint.glyph}" opacity="${isOffline ? 0.55 : 1}">${glyph}</g>${offline}<g mask="url(#s)">${mark.disc}</g>${paint.sign === null ? "" : mark.sign(paint.sign)}</svg>`;
}

interface Mark {
  cut: string;
  disc: string;
  sign: (colour: string) => string;
}

function markOf(state: TrayState, grid: Grid, paint: Paint): Mark {
  const none: Mark = { cut: "", disc: "", sign: () => "" };
  if (state === "connected" || state === "offline") return none;
  const [x, y, r] = state === "unread" ? grid.small : grid.large;
  const colour = { unread: paint.unread, mention: paint.mention, doNotDisturb: paint.quiet }[state];
  const circle = (radius: number, fill: string) =>
    `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`;
  const { bar } = grid;
  return {
    cut: circle(r + grid.gap, "#000"),
    disc: circle(r, colour),
    sign: (fill) => {
      if (state === "doNotDisturb")
        return `<rect x="${x - r * 0.6}" y="${y - bar / 2}" width="${r * 1.2}" height="${bar}" fill="${fill}"/>`;
      if (state !== "mention") return "";
      return `<rect x="${x - bar / 2}" y="${y - r * 0.65}" width="${bar}" height="${r * 0.75}" fill="${fill}"/><rect x="${x - bar / 2}" y="${y + r * 0.3}" width="${bar}" height="${bar}" fill="${fill}"/>`;
    },
  };
}

async function paintPng(page: Page, svg: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  );
  return page.screenshot({ omitBackground: true });
}

const folder = join(projectRoot, "build", "resources", "tray");
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
for (const state of trayStates) {
  for (const bar of ["light", "dark"] as const) {
    const fine = draw(state, grids[22], paints[bar]);
    writeFileSync(join(folder, `${state}-${bar}.png`), await paintPng(page, fine, 22));
    writeFileSync(join(folder, `${state}-${bar}@2x.png`), await paintPng(page, fine, 44));
    const small = draw(state, grids[16], paints[bar]);
    const pictures: Picture[] = [];
    for (const size of [16, 20, 24, 32, 48]) {
      const svg = size === 20 || size === 24 ? fine : small;
      pictures.push({ size, png: await paintPng(page, svg, size) });
    }
    writeFileSync(join(folder, `${state}-${bar}.ico`), ico(pictures));
  }
  const template = draw(state, grids[16], paints.template);
  writeFileSync(join(folder, `${state}Template.png`), await paintPng(page, template, 16));
  writeFileSync(join(folder, `${state}Template@2x.png`), await paintPng(page, template, 32));
}
/** The number over the taskbar's button. */
for (const count of [...Array.from({ length: 9 }, (_, index) => String(index + 1)), "9+"]) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="8" fill="#c62828"/><text x="8" y="12" text-anchor="middle" font-family="DejaVu Sans, sans-serif" font-weight="700" font-size="${count.length > 1 ? 9 : 11}" fill="#fff">${count}</text></svg>`;
  const name = count.replace("+", "plus");
  writeFileSync(join(folder, `badge-${name}.png`), await paintPng(page, svg, 16));
  writeFileSync(join(folder, `badge-${name}@2x.png`), await paintPng(page, svg, 32));
}
await browser.close();
