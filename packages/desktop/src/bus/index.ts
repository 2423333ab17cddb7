// What plugins and the tray can use of the desktop's message buses.

export { DBusError, interface as dbus, Variant } from '@particle/dbus-next';
export { openBus } from './bus.ts';
export type { Bus, BusOptions, Call, Signal, Waiting } from './bus.ts';
