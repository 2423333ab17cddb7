// What stands for the program of systray2 in tests: it speaks its protocol and shows nothing.
// What it does with each order is what the program for Linux did when it was tried (2.1.4, 2026-11-21).

import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const [, , path, temper] = process.argv;
if (temper === 'broken') {
  process.stderr.write('Bad CPU type in executable\n');
  process.exit(86);
}
const test = connect(path);
/** The menu: what the program holds, by number. */
const slots = new Map();
let menu;
const tell = () => test.write(`${JSON.stringify({ pid: process.pid, folder: process.env.TMPDIR, menu })}\n`);
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

function enter(slot, seqId) {
  slots.set(slot.__id, slot);
  slot.seq_id = seqId;
  for (const below of slot.items) enter(below, slots.size);
}

/** Titles, ticks and the like change; nothing is added, and a hidden slot keeps its title. */
function change({ __id, title, enabled, checked, hidden }) {
  const slot = slots.get(__id);
  if (slot !== undefined) Object.assign(slot, hidden ? { hidden } : { title, enabled, checked, hidden });
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const order = JSON.parse(line);
    if (menu === undefined) {
      menu = order;
      for (const slot of menu.items) enter(slot, slots.size);
    } else if (order.type === 'update-item') change(order.item);
    else if (order.type === 'update-menu') Object.assign(menu, { ...order.menu, items: menu.items });
    else if (order.type === 'exit') process.exit(0);
    tell();
  })
  .on('close', () => process.exit(0));
createInterface({ input: test }).on('line', (line) => {
  const { id, title } = JSON.parse(line);
  const { seq_id, ...item } = slots.get(id);
  say({ type: 'clicked', item: { ...item, title: title ?? item.title }, seq_id, __id: id });
});
say({ type: 'ready' });
