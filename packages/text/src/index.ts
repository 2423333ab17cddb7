// Rules for dictated text. Everything here is pure: text in, text out.

export { fit } from './fit/fit.ts';
export type { Fitted, FitStep, Surroundings } from './fit/fit.ts';
export { FIELD_KINDS, isFieldKind } from './fit/field.ts';
export type { FieldKind } from './fit/field.ts';
