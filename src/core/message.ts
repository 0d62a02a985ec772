/**
 * A message as a small tree; each platform has one pure renderer. Texts are raw: renderers clip first, escape
 * after, and strip control and bidi characters. A block with a higher `drop` goes first when a limit is hit; 0 stays.
 */

export type Span =
  | string
  | { readonly bold: string }
  | { readonly code: string }
  | { readonly link: string; readonly url: string };
/** One line: a text or spans. */
export type Line = string | readonly Span[];

export type Block = { readonly drop?: number } & (
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'text'; readonly line: Line }
  | { readonly kind: 'list'; readonly title?: string; readonly items: readonly Line[] }
  | {
      readonly kind: 'facts';
      readonly title?: string;
      readonly rows: readonly (readonly [label: string, value: string])[];
    }
  | {
      readonly kind: 'table';
      readonly columns: readonly { readonly title: string; readonly align: 'left' | 'right' }[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'footer'; readonly text: string }
);

export type Message = { readonly blocks: readonly Block[] };

/** The smallest message: one line. */
export function says(line: Line): Message {
  return { blocks: [{ kind: 'text', line }] };
}
