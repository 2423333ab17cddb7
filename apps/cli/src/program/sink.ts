// How the command line names the place where a text goes.

export const SINK = [
  '--sink <name>',
  'where the text goes, such as clipboard or nowhere; voiceinput plugins lists all',
] as const;
