// Which Wayland compositor runs, as far as the environment tells.

/** Those whose way of binding keys is known. */
export const compositors = ['sway', 'hyprland', 'river', 'niri', 'labwc', 'gnome', 'kde'] as const;
export type Compositor = (typeof compositors)[number];

/** Names in `XDG_CURRENT_DESKTOP`, in lower case. */
const DESKTOPS: Readonly<Record<string, Compositor>> = {
  sway: 'sway',
  hyprland: 'hyprland',
  river: 'river',
  niri: 'niri',
  labwc: 'labwc',
  gnome: 'gnome',
  kde: 'kde',
};

/** Absent where it is another one, or none. */
export function runningCompositor(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Compositor | undefined {
  // Those that have a socket of their own say so surely.
  if (env['SWAYSOCK']) return 'sway';
  if (env['HYPRLAND_INSTANCE_SIGNATURE']) return 'hyprland';
  if (env['NIRI_SOCKET']) return 'niri';
  const names = (env['XDG_CURRENT_DESKTOP'] ?? '').toLowerCase().split(':');
  return names.map((name) => DESKTOPS[name]).find((known) => known !== undefined);
}
