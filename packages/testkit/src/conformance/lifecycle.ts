// How a part is born and goes.

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import type { PartOf, PluginKind } from '@voiceinput/plugin-api';
import { abortAtEachAwait } from '../life/abort-at-each-await.ts';
import { inEveryState } from '../life/every-state.ts';
import type { Life } from '../life/every-state.ts';
import { rejectsWhenAborted } from './abort.ts';
import type { Check } from './check.ts';
import type { Subject, Suite } from './subject.ts';

const SETTLE_MS = 1_000;
const LOOK_EVERY_MS = 10;

export function lifecycleChecks<K extends PluginKind>(subject: Subject<K>, suite: Suite<K>): Check[] {
  return [
    ...inEveryState(lifeOf(subject), async (one, signal) => suite.use(await one.opening, signal, subject))
      // Nobody has a part that is not open yet.
      .filter(({ name }) => !name.startsWith('while it opens'))
      .map(({ name, run }) => ({ name: `settles calls ${name}`, run })),
    {
      name: 'closes without having worked',
      run: () => subject.work(async () => undefined),
    },
    {
      name: 'create honours an abort',
      run: () => rejectsWhenAborted(subject, 'create()', (signal) => subject.create(signal)),
    },
    {
      name: 'an abort at any moment of opening or working costs the next one nothing',
      async run() {
        await abortAtEachAwait(async (signal) => {
          const part = await subject.create(signal);
          try {
            await suite.use(part, signal, subject);
          } finally {
            await subject.soon(part.close(), 'close()');
          }
        }, subject.patienceMs);
        await subject.work((part, signal) => subject.soon(suite.use(part, signal, subject), 'Its work'));
      },
    },
    {
      name: 'leaves no timers and listeners behind',
      async run() {
        const before = leftovers();
        const { signal } = new AbortController();
        const part = await subject.create(signal);
        await subject.soon(suite.use(part, signal, subject), 'Its work');
        await subject.soon(part.close(), 'close()');
        await settled(before);
        assert.deepEqual(grown(before, leftovers()), {}, 'After close() there should be no more than before create().');
        assert.equal(getEventListeners(signal, 'abort').length, 0, 'The signal should have no listeners left.');
      },
    },
  ];
}

interface Opening<K extends PluginKind> {
  readonly opening: Promise<PartOf[K]>;
  /** Calls off what still opens. */
  readonly control: AbortController;
  /** Later calls give the first one's promise: a part is closed once. */
  closing?: Promise<void>;
}

function lifeOf<K extends PluginKind>(subject: Subject<K>): Life<Opening<K>> {
  async function close({ opening, control }: Opening<K>): Promise<void> {
    control.abort(new Error('The conformance suite closes what it opens.'));
    const [opened] = await Promise.allSettled([opening]);
    if (opened.status === 'fulfilled') await opened.value.close();
  }
  return {
    patienceMs: subject.patienceMs,
    begin() {
      const control = new AbortController();
      return { opening: subject.create(control.signal), control };
    },
    opened: ({ opening }) => opening,
    close: (one) => (one.closing ??= close(one)),
  };
}

interface Leftovers {
  readonly [what: string]: number;
}

function leftovers(): Leftovers {
  const timers = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  const listening = [process, process.stdout, process.stderr, process.stdin].map((emitter) =>
    emitter.eventNames().reduce((count, event) => count + emitter.listenerCount(event), 0),
  );
  const [onProcess = 0, onStdout = 0, onStderr = 0, onStdin = 0] = listening;
  return { timers, onProcess, onStdout, onStderr, onStdin };
}

function grown(before: Leftovers, after: Leftovers): Leftovers {
  return Object.fromEntries(Object.entries(after).filter(([what, count]) => count > (before[what] ?? 0)));
}

/** The test runner has timers of its own, which come and go: only what stays counts. */
async function settled(before: Leftovers): Promise<void> {
  const untilMs = performance.now() + SETTLE_MS;
  while (performance.now() < untilMs && Object.keys(grown(before, leftovers())).length > 0) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
