// What Alfred lists for words of a dictation: https://www.alfredapp.com/help/workflows/inputs/script-filter/json/

import { voiceinput } from './voiceinput.mjs';

const MOST = '40';
const [query = ''] = process.argv.slice(2);
const { answer, error } = voiceinput('history', 'list', '--limit', MOST, '--query', query);
const items = error === undefined ? listed(answer) : [{ title: error.message, subtitle: error.hint, valid: false }];
process.stdout.write(JSON.stringify({ skipknowledge: true, items }));

function listed(entries) {
  const found = entries.filter(({ text }) => text);
  return found.length === 0 ? [{ title: 'No dictation has these words', valid: false }] : found.map(item);
}

function item({ text, draft, startedAt, app }) {
  const about = [new Date(startedAt).toLocaleString(), app].filter(Boolean).join(' · ');
  const alt = { valid: Boolean(draft), arg: draft ?? '', subtitle: `Draft: ${draft ?? 'not kept'}` };
  return { title: text, subtitle: about, arg: text, text: { copy: text, largetype: text }, mods: { alt } };
}
