/** A text, or its forms by number: `{n}` and other names in braces are filled in. */
export type Message = string | { readonly one: string; readonly other: string };

export type Catalogue = Readonly<Record<string, Message>>;

/** The same messages in another language: one that is missing, or one too many, fails the type check. */
export type Translation<T extends Catalogue> = {
  readonly [K in keyof T]: T[K] extends string ? string : { readonly one: string; readonly other: string };
};
