// What a Wayland desktop without X11 offers to programs.

export { missingAccessibility } from './accessibility.ts';
export { keyLines } from './bindings.ts';
export type { KeyLines } from './bindings.ts';
export { copyOnWayland, missingCopier } from './clipboard.ts';
export { compositors, runningCompositor } from './compositor.ts';
export type { Compositor } from './compositor.ts';
export { focusedOnSway, setOnSway } from './sway.ts';
export { watchSwayKeys } from './sway-keys.ts';
export type { KeyWord, SwayKeys, SwayKeysPort } from './sway-keys.ts';
export { openWaylandInput } from './input-method.ts';
export type { WaylandClient, WaylandInput } from './input-method.ts';
export type { AroundCaret } from './told.ts';
