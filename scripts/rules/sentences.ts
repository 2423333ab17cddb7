// That every sentence people are told has its words in the other languages, and that no words are left over.

import { Visitor } from 'vite';
import type { ESTree } from 'vite';
import { sentences } from '../../packages/client/src/translation/languages.ts';
import { usage } from '../../packages/client/src/translation/ru/usage.ts';
import { answers } from '../../apps/cli/src/messages/ru/answers.ts';
import { help } from '../../apps/cli/src/messages/ru/help.ts';
import { sources } from './sources.ts';
import type { Source } from './sources.ts';
import type { Finding } from './finding.ts';

/** Who meets these reads code or the documentation of a protocol: told in English, behind what their code means. */
const FOR_DEVELOPERS: ReadonlySet<string> = new Set([
  'ERR_INTERNAL',
  'ERR_ABORTED',
  'ERR_OUTPUT_CLOSED',
  'ERR_REQUEST_INVALID',
  'ERR_PLUGIN_MANIFEST',
  'ERR_PLUGIN_API',
  'ERR_DATASET',
]);

/** These are no program's own, or speak to those who test plugins. */
const OTHERS = /^packages\/(?:testkit|rig|dataset)\/|\/translation\/|\/messages\/ru\//;

const told = sources.filter(({ path }) => !OTHERS.test(path));

/** Errors, their hints, what `doctor` finds and what commands answer; each in all languages. */
export function untoldSentences(): readonly Finding[] {
  const known = { ...sentences.ru, ...answers, ...help };
  return told.flatMap((source) =>
    sentencesIn(source)
      .filter((sentence) => hasWords(sentence) && !Object.hasOwn(known, sentence))
      .map((sentence) => ({
        key: `${source.path} ${sentence}`,
        complaint: `${source.path}: ${JSON.stringify(sentence)} has no Russian; write it into packages/client/src/translation/ru or apps/cli/src/messages/ru/answers.ts`,
      })),
  );
}

/** Values alone and commands to type are the same in all languages. */
const hasWords = (sentence: string): boolean =>
  /\p{L}/u.test(sentence.replaceAll('{}', '')) && !sentence.startsWith('voiceinput ');

/** Words for sentences that nothing says; what the library for command lines says is not looked for. */
export function unsaidSentences(): readonly Finding[] {
  const all = told
    .map(({ text }) => text.replaceAll(/\\(['"`n])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign)))
    .join('\n')
    .toLowerCase();
  const isSaid = (sentence: string): boolean => sentence.split('{}').every((part) => all.includes(part.toLowerCase()));
  return Object.keys({ ...sentences.ru, ...answers })
    .filter((sentence) => !Object.hasOwn(usage, sentence) && !Object.hasOwn(help, sentence) && !isSaid(sentence))
    .map((sentence) => ({ key: sentence, complaint: `Nothing says ${JSON.stringify(sentence)}: remove its Russian` }));
}

/** Where it is told what a file is that is none of the expected. */
const NAMES_FILES = /\/source-file\/src\/marks\.ts$|\/models\/src\/import\/what-is\.ts$/;
const isKindOfFile = (words: string): boolean => /^(?:an?|no) /.test(words);

/** With `{}` for each value. */
function sentencesIn({ program, path }: Source): string[] {
  const found: string[] = [];
  new Visitor({
    NewExpression({ callee, arguments: [code, message, options] }) {
      if (callee.type !== 'Identifier' || callee.name !== 'VoiceInputError' || isForDevelopers(code)) return;
      found.push(...literals(message));
      if (options?.type === 'ObjectExpression') found.push(...literals(valueOf(options, 'hint')));
    },
    TaggedTemplateExpression({ tag, quasi }) {
      if (tag.type === 'Identifier' && tag.name === 'inLocale') found.push(...literals(quasi));
    },
    ObjectExpression(object) {
      if (path.includes('/examine/'))
        for (const key of ['detail', 'fix']) found.push(...literals(valueOf(object, key)));
      if (path.includes('/models/src/fetch/'))
        for (const key of ['signIn', 'missing', 'elsewhere']) found.push(...literals(valueOf(object, key)));
    },
    Literal(node) {
      if (NAMES_FILES.test(path)) found.push(...literals(node).filter(isKindOfFile));
    },
    TemplateLiteral(node) {
      if (NAMES_FILES.test(path)) found.push(...literals(node).filter(isKindOfFile));
    },
  }).visit(program);
  return found;
}

function isForDevelopers(code: ESTree.Argument | undefined): boolean {
  return code?.type === 'Literal' && FOR_DEVELOPERS.has(String(code.value));
}

function valueOf({ properties }: ESTree.ObjectExpression, name: string): ESTree.Expression | undefined {
  const found = properties.find(
    (one) => one.type === 'Property' && one.key.type === 'Identifier' && one.key.name === name,
  );
  return found?.type === 'Property' ? (found.value as ESTree.Expression) : undefined;
}

/** What is put together elsewhere is not seen here. */
function literals(node: ESTree.Argument | undefined): string[] {
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : [];
    case 'TemplateLiteral':
      return [node.quasis.map(({ value }) => value.cooked ?? value.raw).join('{}')];
    case 'ConditionalExpression':
      return [...literals(node.consequent), ...literals(node.alternate)];
    default:
      return [];
  }
}
