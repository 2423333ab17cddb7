// What a user is told whose system does not let us hear or send keys.

/** What to allow, by platform. */
export const permissionHint: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin:
    'Allow it under System Settings → Privacy & Security, in Accessibility, Input Monitoring and Microphone, for the ' +
    'program that runs VoiceInput (your terminal or node), then start it again.',
  win32:
    'Allow it under Settings → Privacy & security → Microphone (desktop apps). Windows that run as administrator take ' +
    'no keys from other programs.',
};
