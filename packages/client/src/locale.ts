// Which of the languages that a program speaks the user's locale asks for.

/**
 * The one of `offered` (ISO 639-1 codes) that messages are wanted in. Absent: none of them. The first of these that is
 * set counts: VOICEINPUT_LANGUAGE, then LC_ALL, LC_MESSAGES, LANG (POSIX.1-2017, 8.2 Internationalization Variables).
 */
export function languageOfMessages<Code extends string>(
  environment: Readonly<Record<string, string | undefined>>,
  offered: readonly Code[],
): Code | undefined {
  const { VOICEINPUT_LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = environment;
  const locale =
    [VOICEINPUT_LANGUAGE, LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '') ?? '';
  const name = locale.split(/[_.@-]/)[0]!.toLowerCase();
  return offered.find((code) => code === name);
}
