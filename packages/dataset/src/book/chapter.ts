// A chapter of a book.

export interface BookChapter {
  /** Empty where it has none. */
  readonly title: string;
  readonly text: string;
}
