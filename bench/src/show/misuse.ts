// How the bench tells its user that something has to be set up first.

/** Shown without a stack. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
}
