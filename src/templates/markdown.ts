/** The nodes of Markdown as they are read: the part of the Markdown tree that is understood here. */

export interface MarkdownNode {
  readonly type: string;
  readonly children?: readonly MarkdownNode[];
  readonly value?: string;
  readonly depth?: number;
  readonly ordered?: boolean | null;
  /** Of ordered lists: the number of the first item. */
  readonly start?: number | null;
  readonly url?: string;
  readonly title?: string | null;
  readonly align?: readonly ("left" | "center" | "right" | null)[] | null;
  /** Of directives: `chart` of `::chart`. */
  readonly name?: string;
  readonly attributes?: Readonly<Record<string, string | null | undefined>> | null;
  readonly data?: { readonly directiveLabel?: boolean | null };
  readonly position?: {
    readonly start: { readonly offset?: number };
    readonly end: { readonly offset?: number };
  };
}

export const startOf = (node: MarkdownNode): number => node.position?.start.offset ?? 0;
export const endOf = (node: MarkdownNode): number => node.position?.end.offset ?? 0;
