import { expect, test } from 'vitest';
import { runningCompositor } from '../../src/wayland/compositor.ts';

test.each([
  [{ SWAYSOCK: '/run/user/1000/sway-ipc.1000.1.sock', XDG_CURRENT_DESKTOP: 'GNOME' }, 'sway'],
  [{ HYPRLAND_INSTANCE_SIGNATURE: 'a' }, 'hyprland'],
  [{ NIRI_SOCKET: '/run/user/1000/niri.sock' }, 'niri'],
  [{ XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' }, 'gnome'],
  [{ XDG_CURRENT_DESKTOP: 'KDE' }, 'kde'],
  [{ XDG_CURRENT_DESKTOP: 'labwc:wlroots' }, 'labwc'],
  [{ XDG_CURRENT_DESKTOP: 'dwl' }, undefined],
  [{}, undefined],
] as const)('%o is %s', (env, compositor) => expect(runningCompositor(env)).toBe(compositor));
