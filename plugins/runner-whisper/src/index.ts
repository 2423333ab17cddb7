// What the package gives: models taken from files, and the graphs made of them.

export { readDescription, type Description } from './description/description.ts';
export { importer } from './import/importer.ts';
export { preparedModel, type PreparedModel } from './import/prepared-model.ts';
export { openTokenizer, type Tokenizer } from './tokens/tokenizer.ts';
