const SAMPLE = "Portez ce vieux whisky au juge blond qui fume 0123456789 éàç";
const SAME_PX = 0.01;
let known: boolean | undefined;

/** Whether this machine's text font is as wide in italics as upright: only then can a typed text lean in its place. */
export function italicKeepsWidth(): boolean {
  if (known !== undefined) return known;
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) return false;
  const { fontFamily } = getComputedStyle(document.body);
  context.font = `100px ${fontFamily}`;
  const upright = context.measureText(SAMPLE).width;
  context.font = `italic 100px ${fontFamily}`;
  known = Math.abs(context.measureText(SAMPLE).width - upright) < SAME_PX;
  return known;
}
