// How a decoder says that it met a coding which only ffmpeg may know.

/** Thrown before any audio was given. `title` names the coding for people. */
export class ForeignCoding extends Error {
  readonly title: string;

  constructor(title: string, options?: ErrorOptions) {
    super(title, options);
    this.title = title;
  }
}
