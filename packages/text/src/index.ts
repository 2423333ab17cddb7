// Rules for dictated text. Everything here is pure: text in, text out.

export { fit } from './fit/fit.ts';
export type { FitPlace, Fitted, FitStep } from './fit/fit.ts';
