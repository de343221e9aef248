const MAX_LENGTH = 180;
/** Names of devices on Windows, with or without an ending. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)$/i;
// oxlint-disable-next-line no-control-regex -- these are what must not be in a name
const FORBIDDEN = /[\u0000-\u001F\u007F-\u009F<>:"/\\|?*]/gu;
/** Turns writing round, or cannot be seen: `exe.fdp` would read `pdf.exe` the other way. */
const INVISIBLE =
  /[\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu;

/** A name for a file that came from somebody else: of one piece, harmless on every system, and as it reads. */
export function safeFileName(name: string): string {
  const last = name.split(/[/\\]/u).at(-1) ?? "";
  const clean = last
    .normalize("NFC")
    .replaceAll(INVISIBLE, "")
    .replaceAll(FORBIDDEN, "_")
    .replaceAll(/\s+/gu, " ")
    // Windows takes dots and spaces at the end away; one at the beginning hides the file.
    .replace(/^[\s.]+/u, "")
    .replace(/[\s.]+$/u, "");
  const { stem, ending } = splitName(clean);
  const [first = ""] = stem.split(".");
  const harmless = RESERVED.test(first.trim()) ? `_${stem}` : stem;
  const short = cut(harmless === "" ? "file" : harmless, MAX_LENGTH - ending.length);
  return `${short}${ending}`;
}

/** Name number `attempt` of its kind: `notes.pdf`, `notes (2).pdf`, … */
export function numberedName(name: string, attempt: number): string {
  if (attempt <= 1) return name;
  const { stem, ending } = splitName(name);
  return `${stem} (${attempt})${ending}`;
}

const MAX_ENDING = 20;

function splitName(name: string): { stem: string; ending: string } {
  const ending = /(?:\.tar)?\.[^.\s]+$/iu.exec(name)?.[0] ?? "";
  if (ending === "" || ending.length > MAX_ENDING || ending.length === name.length)
    return { stem: name, ending: "" };
  return { stem: name.slice(0, -ending.length), ending };
}

/** By bytes, as file systems count; never through the middle of a letter. */
function cut(text: string, bytes: number): string {
  let size = 0;
  let kept = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    size += Buffer.byteLength(segment);
    if (size > bytes) break;
    kept += segment;
  }
  return kept.trimEnd();
}

const RISKY = new Set(
  (
    "exe com scr pif bat cmd msi msp mst msix msixbundle appx appxbundle appinstaller ps1 ps1xml ps2 psc1 psm1 psd1 vb vbe vbs js jse mjs cjs " +
    "ws wsf wsc wsh hta cpl dll sys drv ocx reg inf ins isp job jar jnlp lnk url website scf desktop appimage run bin sh " +
    "bash zsh csh fish ksh command tool workflow action app pkg mpkg dmg iso img vhd vhdx deb rpm flatpak flatpakref " +
    "snap apk xbap application appref-ms gadget settingcontent-ms search-ms searchconnector-ms library-ms theme themepack diagcab " +
    "msc chm hlp mde accde ade adp mdb xll xla xlam xlsm xlsb xltm docm dotm pptm potm ppam ppsm sldm slk iqy oqy rqy " +
    "one svg html htm xhtml xht shtml mht mhtml swf py pyw pyc pyz pl rb php lua vsix crx xpi terminal webloc inetloc fileloc prefpane kext"
  ).split(" "),
);

/** Whether opening it could run something: it is shown in its folder instead. Without an ending, nobody knows. */
export function isRiskyFile(name: string): boolean {
  const ending = /\.([^.]+)$/u.exec(name.trim().replace(/[\s.]+$/u, ""))?.[1];
  return ending === undefined || RISKY.has(ending.toLowerCase());
}
