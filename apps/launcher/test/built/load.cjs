// How a built command is loaded as Raycast loads it: as CommonJS, with Raycast's own module from outside. Its messages are printed as JSON lines.
// Plain JavaScript: nothing may translate it or what it loads.

const Module = require('node:module');

const [file, preferences] = process.argv.slice(2);
const say = (said) => process.stdout.write(`${JSON.stringify(said)}\n`);
/** Components and names that nothing asks for here. */
const anything = new Proxy(function component() {}, {
  get: (_target, name) => (name === 'then' ? undefined : anything),
});
const raycast = {
  getPreferenceValues: () => JSON.parse(preferences),
  closeMainWindow: async () => say({ closed: true }),
  showHUD: async (title) => say({ hud: title }),
  showToast: async ({ title, message }) => say({ toast: title, message }),
};
const original = Module._load;
Module._load = (request, ...rest) =>
  request === '@raycast/api'
    ? new Proxy(raycast, { get: (own, name) => own[name] ?? anything })
    : original(request, ...rest);

const { default: command } = require(file);
if (typeof command !== 'function') throw new TypeError(`${file} has no command as its default export.`);
if (preferences === undefined) say({ isCommand: true });
else void command();
