declare module "handlebars/dist/cjs/handlebars/compiler/base.js" {
  /** What Handlebars' own `parse` is; throws where the text is no template. */
  export function parse(text: string): unknown;
}
