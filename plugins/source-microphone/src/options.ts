// What the user can set.

export interface MicrophoneOptions {
  /** Id or name of a device, or several, the preferred one first. Absent: the system's standard device. */
  readonly device?: string | readonly string[];
  readonly recorder?: 'auto' | 'parecord' | 'arecord' | 'node-mic';
  /** What was heard before a dictation began, kept in memory only. Above 0 the microphone stays open after the first. */
  readonly preRollMs?: number;
}
