import { test } from "vitest";
import { printed, make } from "./sample.ts";
import { formatProblem } from "../../src/problem.ts";
test("try", () => {
  for (const body of [
    '{{else}}', '{{fig a=}}', 'a\n{{#if (a}}','long text here before a lot of it\nand more\n\n{{foo bar=}} x', 'a:b[x] c', ':cm[x]', 'a\n---', '{{> a x="5"}}', '- x\n  {{> a x="q"}}\n', '{{> a}}', '{{#each findings}}x{{/each}}', '{{#figures}}{{#if @first}}F{{/if}}{{#unless @last}}, {{/unless}}{{subject}}{{/figures}}', '{{#subjects}}{{name}}:{{#figures}}{{id}} {{../name}}{{/figures}}{{/subjects}}',
    '{{{{raw}}}} {{x}} {{{{/raw}}}}', '\\{{esc}}', '{{#figures as |f i|}}{{f.subject}} {{i}}{{/figures}}',
  ]) {
    const r = make(body, {files: {"partials/a.md.hbs": "A {{x}} {{y}}\nB\n"}});
    console.log("=====", JSON.stringify(body), "\n" + r.problems.map(formatProblem).join("\n"));
    if (r.problems.length === 0) console.log(printed(body,  {files: {"partials/a.md.hbs": "A {{x}} {{y}}\nB\n"}}));
  }
  for (const [name, body] of Object.entries({
    blocks: "{{#if true}}".repeat(200) + "{{/if}}".repeat(200), blocks2: "{{#if true}}".repeat(20000) + "{{/if}}".repeat(20000), sub: "{{is " + "(is ".repeat(20000), list: "- ".repeat(2000)+"x", em: "*a ".repeat(20000), em2: "*a **b ".repeat(2000)+ "b** a*".repeat(2000), br: "[".repeat(20000), br2: "[a](".repeat(5000), col: ":::columns\n".repeat(500), q: "> ".repeat(2000)+"a", loops: "{{#figures}}".repeat(7)+"x"+"{{/figures}}".repeat(7), big: "{{#figures}}".repeat(6)+"x".repeat(10000)+"{{/figures}}".repeat(6), tab: "|a".repeat(10000)+"\n"+"|-".repeat(10000)+"\n", dir: ":cn[".repeat(5000)+"x"+"]".repeat(5000), emph: "**a".repeat(20000), col2: ":".repeat(100000), tilde: "~~a ".repeat(20000), text: "word ".repeat(150000), paras: "word\n\n".repeat(100000)
  })) {
    const t = Date.now();
    const r = make(body);
    console.log(name, Date.now() - t, "ms", r.problems.length, r.problems.slice(0, 2).map(p => p.code + " " + p.where?.line+":"+p.where?.column));
  }
}, 600000);
