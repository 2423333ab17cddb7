// How options are described: JSON Schema 2020-12 as plain data.

/** A JSON Schema 2020-12 document; see https://json-schema.org/draft/2020-12. */
export type JsonSchema = { readonly [keyword: string]: unknown };
