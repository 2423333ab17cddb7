// How large things are drawn: the scale that the desktop's other programs use.

const STANDARD_DPI = 96;
const LARGEST = 4;

/** 1…4. `resources`: lines as of xrdb; `Xft.dpi` counts, or `GDK_SCALE` where that is more: desktops set one or both. */
export function scaleFrom(resources: string, gdkScale: string | undefined): number {
  const dpi = Number(/^Xft\.dpi:\s*(?<dpi>[\d.]+)\s*$/m.exec(resources)?.groups?.['dpi'] ?? STANDARD_DPI);
  const scale = Math.max(dpi / STANDARD_DPI || 1, Number(gdkScale ?? 1) || 1);
  return Math.min(LARGEST, Math.max(1, scale));
}
