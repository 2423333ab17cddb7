// Which fields ask for a command's arguments, and what the arguments are that come of them.

/** A field of a form. What has no form of its own here is written as JSON. */
export interface Field {
  readonly name: string;
  readonly title: string;
  readonly kind: 'text' | 'number' | 'checkbox' | 'choice' | 'json';
  readonly description: string;
  readonly choices: readonly string[];
  /** As it is written in the field. */
  readonly standard: string;
  readonly isRequired: boolean;
}

export type Written = Readonly<Record<string, string | boolean | undefined>>;

interface Property {
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
}

/** `schema`: JSON Schema of an object, as a plugin's command has it. */
export function fieldsOf(schema: Readonly<Record<string, unknown>>): Field[] {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Property>>;
  const required = (schema['required'] ?? []) as readonly string[];
  return Object.entries(properties).map(([name, property]) => ({
    name,
    title: property.title ?? name,
    kind: kindOf(property),
    description: property.description ?? '',
    choices: (property.enum ?? []).map(written),
    standard: property.default === undefined ? '' : written(property.default),
    isRequired: required.includes(name),
  }));
}

/** What was left empty is left out. Throws `SyntaxError` for what is not JSON where it has to be. */
export function argumentsOf(fields: readonly Field[], values: Written): Record<string, unknown> {
  const named = fields.flatMap(({ name, kind, isRequired }) => {
    const value = values[name];
    if (value === undefined || (value === '' && !(isRequired && kind === 'text'))) return [];
    return [[name, typeof value === 'boolean' ? value : read(kind, value)] as const];
  });
  return Object.fromEntries(named);
}

/** Why a field cannot be sent as it is. Absent when it can. */
export function complaintAbout({ kind, isRequired }: Field, value: string | boolean | undefined): string | undefined {
  if (typeof value === 'boolean') return undefined;
  if (value === undefined || value === '') return isRequired && kind !== 'checkbox' ? 'It is needed' : undefined;
  if (kind === 'number') return Number.isFinite(Number(value)) ? undefined : 'Expected a number';
  if (kind !== 'json') return undefined;
  try {
    JSON.parse(value);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function kindOf({ type, enum: choices }: Property): Field['kind'] {
  if (choices !== undefined && choices.every((choice) => typeof choice === 'string')) return 'choice';
  if (type === 'string') return 'text';
  if (type === 'boolean') return 'checkbox';
  return type === 'number' || type === 'integer' ? 'number' : 'json';
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function read(kind: Field['kind'], value: string): unknown {
  if (kind === 'number') return Number(value);
  return kind === 'json' ? JSON.parse(value) : value;
}
