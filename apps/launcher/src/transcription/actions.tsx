// What can be done with a transcription.

import { Action, Clipboard, Icon, Keyboard, showHUD } from '@raycast/api';
import type { SessionResult } from '@voiceinput/plugin-api';
import { attempt } from '../show/attempt.ts';
import { saveSubtitles, subtitlesOf } from './subtitles.ts';
import type { Format } from './subtitles.ts';
import type { Transcription } from './use-transcriptions.ts';

const formats: readonly Format[] = ['srt', 'vtt'];

export function TranscriptionActions({
  transcription: { path, text, result },
}: {
  readonly transcription: Transcription;
}) {
  return (
    <>
      {text !== '' && <Action.CopyToClipboard title="Copy Text" content={text} />}
      {text !== '' && <Action.Paste title="Paste Text" content={text} />}
      {result !== undefined && result.segments.length > 0 && <SubtitleActions path={path} result={result} />}
      <Action.ShowInFinder path={path} shortcut={Keyboard.Shortcut.Common.Open} />
    </>
  );
}

function SubtitleActions({ path, result }: { readonly path: string; readonly result: SessionResult }) {
  const copy = (format: Format) =>
    attempt('Could not copy the subtitles', async () => {
      await Clipboard.copy(await subtitlesOf(result, format));
      await showHUD('Copied');
    });
  const save = (format: Format) =>
    attempt('Could not save the subtitles', async () => saveSubtitles(path, await subtitlesOf(result, format), format));
  return formats.flatMap((format) => [
    <Action
      key={`save ${format}`}
      title={`Save ${format.toUpperCase()}`}
      icon={Icon.Download}
      onAction={() => void save(format)}
    />,
    <Action
      key={`copy ${format}`}
      title={`Copy ${format.toUpperCase()}`}
      icon={Icon.CopyClipboard}
      onAction={() => void copy(format)}
    />,
  ]);
}
