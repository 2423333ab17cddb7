// What can be done while a dictation is under way; each action is one request.

import { Action, Icon, Keyboard } from '@raycast/api';
import type { Client, View } from '@voiceinput/client';
import { attempt } from '../show/attempt.ts';

interface LiveActionsProps {
  readonly call: Client['call'];
  readonly view: View;
}

export function LiveActions({ call, view: { recording, phase, refined } }: LiveActionsProps) {
  const stop = () => attempt('Dictation could not be stopped', () => call('stop', {}));
  const cancel = () => attempt('Dictation could not be cancelled', () => call('cancel', {}));
  return (
    <>
      {recording !== undefined && <Action title="Stop" icon={Icon.Stop} onAction={() => void stop()} />}
      {recording === undefined && refined !== '' && (
        <>
          {/* The refined text is on its way; who does not wait takes what there is. */}
          <Action.Paste title="Paste Draft" content={refined} />
          <Action.CopyToClipboard title="Copy Draft" content={refined} />
        </>
      )}
      {(recording !== undefined || phase === 'draft' || phase === 'refining') && (
        <Action
          title="Cancel"
          icon={Icon.XMarkCircle}
          shortcut={Keyboard.Shortcut.Common.Remove}
          onAction={() => void cancel()}
        />
      )}
    </>
  );
}

export function NextDictation({ begin }: { begin(): void }) {
  return (
    <Action title="Dictate Again" icon={Icon.Microphone} shortcut={Keyboard.Shortcut.Common.New} onAction={begin} />
  );
}
