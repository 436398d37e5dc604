/** Formulas: the arithmetic of `derived.yaml`, read into a tree. */

/** What a formula says. Numbers are kept as they are written. */
export type Formula =
  | { readonly kind: "number"; readonly text: string }
  /** A figure by its id, converted where a currency is named. */
  | { readonly kind: "figure"; readonly id: string; readonly currency?: string }
  | {
      readonly kind: "operation";
      readonly operator: Operator;
      readonly left: Formula;
      readonly right: Formula;
    };

export type Operator = "+" | "-" | "*" | "/";

/** Where a text stops being a formula, and what should stand there. */
export interface FormulaFault {
  readonly found: string;
  readonly expected: string;
  readonly hint?: string;
}

/** Brackets within each other. */
const deepest = 12;

/** Signs as they are typeset are taken for those of the keyboard. */
const operators: Readonly<Record<string, Operator>> = {
  "+": "+",
  "-": "-",
  "−": "-",
  "*": "*",
  "×": "*",
  "/": "/",
  "÷": "/",
};

const token = /\s*([A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9][A-Za-z0-9_-]*)*|[+\-−*×/÷()])/y;
const word = /^[A-Za-z0-9]/;
const number = /^\d+(?:\.\d+)?$/;

/** Reads `a / b - 1`, `(a + b in USD) * 12`: ids of figures, plain numbers, `+ - * / ( )` and `in` before a currency. */
export function parseFormula(text: string): Formula | FormulaFault {
  const tokens: string[] = [];
  token.lastIndex = 0;
  for (let from = 0; text.slice(from).trim() !== ""; from = token.lastIndex) {
    const found = token.exec(text)?.[1];
    if (found === undefined) return { found: text.slice(from).trim().slice(0, 20), expected: grammar };
    tokens.push(found);
  }
  return new Parser(tokens).whole();
}

export function isFault(read: Formula | FormulaFault): read is FormulaFault {
  return "expected" in read;
}

/** Ids of the figures that a formula names, each once, in order. */
export function idsIn(formula: Formula): string[] {
  if (formula.kind === "operation") return [...new Set([...idsIn(formula.left), ...idsIn(formula.right)])];
  return formula.kind === "figure" ? [formula.id] : [];
}

const grammar =
  "ids of figures and plain numbers, joined by + - * / and brackets; `in USD` converts a figure";

class Parser {
  readonly #tokens: readonly string[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  whole(): Formula | FormulaFault {
    const formula = this.#sum();
    if (isFault(formula) || this.#next === this.#tokens.length) return formula;
    return this.#fault("an operator or the end");
  }

  #sum(): Formula | FormulaFault {
    return this.#chain(["+", "-"], () => this.#chain(["*", "/"], () => this.#operand()));
  }

  /** Operands joined by operators of one rank, from left to right. */
  #chain(ranked: readonly Operator[], operand: () => Formula | FormulaFault): Formula | FormulaFault {
    let left = operand();
    while (!isFault(left)) {
      const operator = operators[this.#peek() ?? ""];
      if (operator === undefined || !ranked.includes(operator)) break;
      this.#next += 1;
      const right = operand();
      left = isFault(right) ? right : { kind: "operation", operator, left, right };
    }
    return left;
  }

  #operand(): Formula | FormulaFault {
    const found = this.#peek();
    if (found === "(") return this.#brackets();
    if (found === undefined || !word.test(found)) return this.#fault("a figure's id, a number or `(`");
    this.#next += 1;
    if (number.test(found)) {
      if (/^[0.]+$/.test(found)) return { found, expected: "a number above zero" };
      return { kind: "number", text: found };
    }
    if (this.#peek() !== "in") return { kind: "figure", id: found };
    this.#next += 1;
    const currency = this.#peek();
    if (currency === undefined || !/^[A-Z]{3}$/.test(currency)) return this.#fault("a currency, e.g. USD");
    this.#next += 1;
    return { kind: "figure", id: found, currency };
  }

  #brackets(): Formula | FormulaFault {
    if (this.#depth === deepest)
      return { found: "more of them", expected: `at most ${deepest} brackets within each other` };
    this.#next += 1;
    this.#depth += 1;
    const inner = this.#sum();
    if (isFault(inner)) return inner;
    if (this.#peek() !== ")") return this.#fault("an operator or `)`");
    this.#next += 1;
    this.#depth -= 1;
    if (this.#peek() !== "in") return inner;
    return { ...this.#fault("a figure's id before `in`"), hint: "convert each figure by itself" };
  }

  #peek(): string | undefined {
    return this.#tokens[this.#next];
  }

  #fault(expected: string): FormulaFault {
    const before = this.#tokens[this.#next - 1];
    const found = this.#peek() ?? "the end of the formula";
    return { found: before === undefined ? found : `${found}, after \`${before}\``, expected };
  }
}
