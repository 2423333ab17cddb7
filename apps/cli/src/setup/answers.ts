// What can be set up, and which settings that changes.

import type { Mode } from '@voiceinput/client';
import type { Settings } from '../settings/settle.ts';
import { valueAt } from '../settings/path.ts';
import type { FileChange } from '../settings/user-file.ts';

/** Whatever is absent stays as it is. */
export interface SetupAnswers {
  /** BCP 47. Empty: the runner decides. */
  readonly languages?: readonly string[];
  /** ID or name of a device. Empty: the system's default. */
  readonly microphone?: string;
  /** As `dictation.key` names it. Empty: none. */
  readonly key?: string;
  readonly mode?: Mode;
  /** IDs of models to fetch. */
  readonly models?: readonly string[];
  /** Whether daemon and tray start at every login. */
  readonly atLogin?: boolean;
}

const DEVICE = ['dictation', 'source', 'options', 'device'];

/** What of the answers is not in force yet, as changes of the user's file. */
export function changesFor(
  { languages, microphone, key, mode }: SetupAnswers,
  { configuration, dictation }: Pick<Settings, 'configuration' | 'dictation'>,
): readonly FileChange[] {
  const changes: FileChange[] = [];
  if (languages !== undefined && !isSame(languages, spoken(configuration)))
    changes.push([['language'], undefined], [['languages'], languages.length === 0 ? undefined : languages]);
  if (microphone !== undefined && microphone !== (dictation.source.options['device'] ?? ''))
    changes.push([DEVICE, microphone === '' ? undefined : microphone]);
  if (key !== undefined && key !== dictation.key) changes.push([['dictation', 'key'], key]);
  if (mode !== undefined && mode !== dictation.mode) changes.push([['dictation', 'mode'], mode]);
  // There is nothing to take away from a file that does not say it.
  return changes.filter(([path, value]) => value !== undefined || valueAt(path, configuration) !== undefined);
}

const spoken = ({ language, languages }: Settings['configuration']): readonly string[] =>
  languages ?? (language === undefined ? [] : [language]);

const isSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((one, index) => one === others[index]);
