import { VoiceInputError } from '@voiceinput/plugin-api';
import { describe, expect, test } from 'vitest';
import { initialState, step } from '../../src/schedule/machine.ts';
import type { Command, Effect, LaneState } from '../../src/schedule/machine.ts';

const why = new VoiceInputError('ERR_LANE_DIED', 'why');
const said = { transcript: { text: 'said' } };

const run = (id: number, { preemptible = false, background = false } = {}): Command => ({
  type: 'run',
  job: { id, preemptible, background },
});
const open: Command = { type: 'open' };
const turn: Command = { type: 'turn' };
const close: Command = { type: 'close', reason: why };
const abort = (jobId: number): Command => ({ type: 'abort', jobId, reason: why });
const opened = (processId: number): Command => ({ type: 'opened', processId });
const notOpened = (processId: number): Command => ({ type: 'not-opened', processId, reason: why });
const ran = (processId: number, jobId: number): Command => ({ type: 'ran', processId, jobId, result: said });
const ended = (processId: number): Command => ({ type: 'ended', processId, reason: why });
const deadline: Command = { type: 'deadline', reason: why };

/** An effect in a few letters, so that a table can be read. */
function told(effect: Effect): string {
  switch (effect.type) {
    case 'send':
    case 'stop':
      return `${effect.type} ${effect.jobId} in ${effect.processId}`;
    case 'settle':
      return `${'transcript' in effect.result ? 'resolve' : 'reject'} ${effect.jobId}`;
    case 'start-timer':
    case 'stop-timer':
      return `${effect.type.replace('-timer', '')} ${effect.timer}`;
    case 'report':
      return `report ${effect.what} ${effect.processId}`;
    default:
      return 'processId' in effect ? `${effect.type} ${effect.processId}` : effect.type;
  }
}

function after(commands: readonly Command[], takesTurns = false): { state: LaneState; last: string[] } {
  let state = initialState({ takesTurns });
  let last: string[] = [];
  for (const command of commands) {
    const { state: next, effects } = step(state, command);
    [state, last] = [next, effects.map(told)];
  }
  return { state, last };
}

const isOpen = [open, opened(1)];
const running = [...isOpen, run(1)];

describe('after these commands the last one does just this:', () => {
  test.each<[string, readonly Command[], readonly string[]]>([
    ['the first who needs it starts a process', [open], ['start 1']],
    ['the second waits for it', [open, open], []],
    ['so does a job', [open, run(1)], []],
    ['a job starts a process too', [run(1)], ['start 1']],
    ['it opens without work', isOpen, ['report ready 1', 'admit', 'start idle']],
    ['it opens with work', [run(1), opened(1)], ['report ready 1', 'admit', 'send 1 in 1', 'start deadline']],
    ['it is open already', [...isOpen, open], ['admit', 'stop idle', 'start idle']],
    ['it does not open', [open, run(1), run(2), notOpened(1)], ['kill 1', 'reject 1', 'reject 2', 'refuse']],
    ['it dies while it opens', [run(1), ended(1)], ['reject 1', 'refuse']],
    ['the next job tries again', [run(1), notOpened(1), run(2)], ['start 2']],
    ['a job that comes while it is idle', [...isOpen, run(1)], ['send 1 in 1', 'start deadline', 'stop idle']],
    ['a job that comes while another runs', [...running, run(2)], []],
    ['a job is done', [...running, ran(1, 1)], ['stop deadline', 'stop patience', 'resolve 1', 'start idle']],
    [
      'a job is done and another waits',
      [...running, run(2), ran(1, 1)],
      ['stop deadline', 'stop patience', 'resolve 1', 'send 2 in 1', 'start deadline'],
    ],
    ['a waiting job is aborted', [...running, run(2), abort(2)], ['reject 2']],
    [
      'the running job is aborted',
      [...running, abort(1)],
      ['reject 1', 'stop 1 in 1', 'stop deadline', 'start patience'],
    ],
    ['a job that is not there is aborted', [...running, abort(7)], []],
    ['the next one waits until the aborted one has stopped', [...running, abort(1), run(2)], []],
    [
      'the aborted one has stopped',
      [...running, abort(1), run(2), ran(1, 1)],
      ['stop deadline', 'stop patience', 'send 2 in 1', 'start deadline'],
    ],
    [
      'the aborted one does not stop',
      [...running, abort(1), run(2), { type: 'patience' }],
      ['stop deadline', 'stop patience', 'kill 1', 'start 2'],
    ],
    ['its process is gone then', [...running, abort(1), { type: 'patience' }, ended(1)], ['report-death 1']],
    [
      'a preemptible job gives way',
      [...isOpen, run(1, { preemptible: true }), run(2)],
      ['reject 1', 'stop 1 in 1', 'stop deadline', 'start patience'],
    ],
    ['but not to a background job', [...isOpen, run(1, { preemptible: true }), run(2, { background: true })], []],
    ['nor to another preemptible one', [...isOpen, run(1, { preemptible: true }), run(2, { preemptible: true })], []],
    ['a waiting preemptible job gives way', [...running, run(2, { preemptible: true }), run(3)], ['reject 2']],
    [
      'a background job lets others go first',
      [...running, run(2, { background: true }), run(3), ran(1, 1)],
      ['stop deadline', 'stop patience', 'resolve 1', 'send 3 in 1', 'start deadline'],
    ],
    [
      'a process dies under a job',
      [...running, ended(1)],
      ['stop deadline', 'stop patience', 'report-death 1', 'start 2'],
    ],
    [
      'and the job runs again',
      [...running, ended(1), opened(2)],
      ['report ready 2', 'admit', 'send 1 in 2', 'start deadline'],
    ],
    [
      'two processes die under a job',
      [...running, ended(1), opened(2), ended(2)],
      ['stop deadline', 'stop patience', 'report-death 2', 'reject 1'],
    ],
    ['a process dies idle', [...isOpen, ended(1)], ['report-death 1', 'stop idle']],
    ['an answer of a process that is gone', [...running, ended(1), ran(1, 1)], []],
    ['an opening of a process that is gone', [open, notOpened(1), opened(1)], []],
    ['an end that was told before', [open, ended(1), notOpened(1)], []],
    ['a job takes too long', [...running, deadline], ['reject 1', 'stop deadline', 'stop patience', 'kill 1']],
    ['a deadline that comes too late', [...running, ran(1, 1), deadline], []],
    ['a patience that ends too late', [...running, { type: 'patience' }], []],
    ['it was idle for long', [...isOpen, { type: 'idle' }], ['end 1', 'stop idle']],
    ['its process is gone', [...isOpen, { type: 'idle' }, ended(1)], ['report unloaded 1']],
    ['a job comes while it unloads', [...isOpen, { type: 'idle' }, run(1)], ['start 2']],
    ['an idleness that ends too late', [...running, { type: 'idle' }], []],
    ['it closes idle', [...isOpen, close], ['refuse', 'end 1', 'stop idle']],
    [
      'it closes at work',
      [...running, run(2), close],
      ['reject 1', 'reject 2', 'refuse', 'stop deadline', 'stop patience', 'end 1'],
    ],
    ['it closes while it opens', [run(1), close], ['reject 1', 'refuse', 'kill 1']],
    ['it closes without a process', [close], ['refuse', 'closed']],
    ['its last process is gone', [...isOpen, close, ended(1)], ['closed']],
    ['a job comes when it closes', [...isOpen, close, run(1)], ['reject 1']],
    ['somebody needs it when it closes', [...isOpen, close, open], ['refuse']],
  ])('%s', (_, commands, effects) => {
    expect(after(commands).last).toEqual(effects);
  });
});

describe('where lanes must not work at the same time', () => {
  const withTurn = [open, opened(1), run(1), turn];

  test.each<[string, readonly Command[], readonly string[]]>([
    ['a job asks for the turn first', [open, opened(1), run(1)], ['request-turn', 'stop idle']],
    ['it runs when the turn has come', withTurn, ['send 1 in 1', 'start deadline']],
    [
      'the turn ends with the job',
      [...withTurn, ran(1, 1)],
      ['stop deadline', 'stop patience', 'release-turn', 'resolve 1', 'start idle'],
    ],
    [
      'others have theirs before the next job',
      [...withTurn, run(2), ran(1, 1)],
      ['stop deadline', 'stop patience', 'release-turn', 'resolve 1', 'request-turn'],
    ],
    [
      'a job that is aborted before does not need it',
      [open, opened(1), run(1), abort(1)],
      ['reject 1', 'cancel-turn', 'start idle'],
    ],
    ['a turn that comes too late is given back', [open, opened(1), run(1), abort(1), turn], ['release-turn']],
    [
      'a run that is still to stop keeps the turn',
      [...withTurn, abort(1)],
      ['reject 1', 'stop 1 in 1', 'stop deadline', 'start patience'],
    ],
    [
      'until it has stopped',
      [...withTurn, abort(1), ran(1, 1)],
      ['stop deadline', 'stop patience', 'release-turn', 'start idle'],
    ],
    [
      'or its process is gone',
      [...withTurn, abort(1), { type: 'patience' }],
      ['stop deadline', 'stop patience', 'release-turn', 'kill 1'],
    ],
    [
      'closing ends it',
      [...withTurn, close],
      ['reject 1', 'refuse', 'stop deadline', 'stop patience', 'release-turn', 'end 1'],
    ],
  ])('%s', (_, commands, effects) => {
    expect(after(commands, true).last).toEqual(effects);
  });
});

test('neither the state nor the command is changed', () => {
  let state = initialState({ takesTurns: false });
  for (const command of [...running, run(2), abort(1), ran(1, 1), ended(1), close]) {
    const before = structuredClone({ state, command: { ...command, reason: undefined } });
    const { state: next } = step(Object.freeze(state), Object.freeze(command));
    expect({ state, command: { ...command, reason: undefined } }).toEqual(before);
    state = next;
  }
});
