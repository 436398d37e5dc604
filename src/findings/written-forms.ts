/** The words of written forms as tables: units, bounds, denominators and words for numbers, each with its reason. */
import type { Bound } from "./quantity.ts";

/** What a printed number counts; `digits` says how many digits it has (三位数), `plain` has no unit. */
export type Kind =
  | "money"
  | "percent"
  | "points"
  | "times"
  | "digits"
  | "rank"
  | "duration"
  | "count"
  | "plain";

interface UnitForm {
  readonly kind: Kind;
  /** Right behind number and scale. */
  readonly form: RegExp;
  readonly currency?: string;
  /** Id of a duration's unit. */
  readonly unit?: string;
  /** What one of it is worth in the kind's own unit; 1 unless said. */
  readonly factor?: string;
  /** A text never lists things by this word, so that even a small number of them says something. */
  readonly never?: true;
  readonly why: string;
}

/** The first that fits is taken: longer forms come before those they begin with. */
export const units: readonly UnitForm[] = [
  { kind: "points", form: /\s*[个個]?百分[点點]/uy, why: "before 个 as a classifier" },
  { kind: "points", form: /\s*(?:percentage points?|ppt?)(?![A-Za-z])/uy, why: "before per cent" },
  { kind: "points", form: /\s*(?:basis points?|bps?)(?![A-Za-z])/uy, factor: "0.01", why: "a hundredth" },
  { kind: "percent", form: /\s*(?:%|percent|per cent|pct)/uy, why: "ASCII after `legible`" },
  {
    kind: "percent",
    form: /\s*折(?![叠疊腾騰])/uy,
    factor: "10",
    why: "三折: what is left of a price, in tenths",
  },
  {
    kind: "percent",
    form: /\s*成(?![为為立功本长長熟果员員就分年绩績都])/uy,
    factor: "10",
    why: "七成: tenths; not 成为, 成本",
  },
  { kind: "digits", form: /\s*位[数數]/uy, why: "三位数: only the number of digits is told" },
  { kind: "times", form: /\s*(?:倍|×|x(?![A-Za-z])|-fold|fold)/uy, why: "30倍, 3x" },
  {
    kind: "money",
    form: /\s*(?:美元|美金|US dollars?|dollars?)/uy,
    currency: "USD",
    why: "美金 is colloquial",
  },
  { kind: "money", form: /\s*(?:港元|港币|港幣)/uy, currency: "HKD", why: "before 元" },
  { kind: "money", form: /\s*(?:欧元|歐元|euros?)/uy, currency: "EUR", why: "before 元" },
  { kind: "money", form: /\s*(?:日元|日圆|日圓)/uy, currency: "JPY", why: "before 元" },
  { kind: "money", form: /\s*(?:英镑|英鎊)/uy, currency: "GBP", why: "has no 元" },
  { kind: "money", form: /\s*[韩韓][元圆圓]/uy, currency: "KRW", why: "before 元" },
  { kind: "money", form: /\s*新台[币幣]/uy, currency: "TWD", why: "has no 元" },
  {
    kind: "money",
    form: /\s*(?:元人民[币幣]|人民[币幣]|元(?![宝寶素老件化宇旦])[钱錢]?|[块塊][钱錢]|yuan|RMB)/uy,
    currency: "CNY",
    why: "元 alone is the yuan; not 元宝, 元素",
  },
  { kind: "money", form: /\s*厘/uy, currency: "CNY", factor: "0.001", why: "a thousandth of a yuan" },
  { kind: "rank", form: /\s*(?:st|nd|rd|th)(?![A-Za-z])/uy, why: "12th" },
  { kind: "duration", form: /\s*[个個]?季(?:度)?(?![报報节節])/uy, unit: "quarters", why: "七个季度, 十季" },
  { kind: "duration", form: /\s*[个個]月/uy, unit: "months", why: "8个月; 8月 is a date" },
  { kind: "duration", form: /\s*年(?![级級代报報初底末])/uy, unit: "years", why: "三年; 三年级 is a form" },
  { kind: "duration", form: /\s*天(?![使才])/uy, unit: "days", why: "17天" },
  { kind: "duration", form: /\s*(?:[个個]?星期|[周週])(?![年岁歲])/uy, unit: "weeks", why: "两周" },
  { kind: "duration", form: /\s*[个個]?小[时時]/uy, unit: "hours", why: "24小时" },
  { kind: "duration", form: /\s*days?\b/uy, unit: "days", why: "English" },
  { kind: "duration", form: /\s*weeks?\b/uy, unit: "weeks", why: "English" },
  { kind: "duration", form: /\s*months?\b/uy, unit: "months", why: "English" },
  { kind: "duration", form: /\s*quarters?\b/uy, unit: "quarters", why: "English" },
  { kind: "duration", form: /\s*years?\b/uy, unit: "years", why: "English" },
  { kind: "duration", form: /\s*hours?\b/uy, unit: "hours", why: "English" },
  { kind: "count", form: /\s*[轮輪]/uy, never: true, why: "rounds of funding, of price cuts" },
  { kind: "count", form: /\s*[名位](?![列居])/uy, why: "people; 位列 is a verb" },
  {
    kind: "count",
    form: /\s*(?:[人家个個款种種项項次张張台股部篇]|(?:input |output )?tokens?\b|Tokens?)/uy,
    why: "classifiers, which count whatever follows",
  },
];

const filler = String.raw`[了达達为為到至在合仅僅\s]{0,3}`;
const bound = (form: string): RegExp => new RegExp(`(?:${form})${filler}$`, "iu");

/** In front of a number; where several fit, the one that begins nearest to it counts: 最高超15% is above 15 %. */
export const boundsBefore: readonly {
  readonly bound: Bound;
  readonly form: RegExp;
  /** Only before a bare size: 上亿, 过百万. */
  readonly sizes?: boolean;
  readonly why: string;
}[] = [
  {
    bound: ">",
    form: bound(
      "(?<![不会會未])(?:超过|超過|超出|超|逾|突破|[高大多][于於])|>|(?:more|greater|higher) than|over|above|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?",
    ),
    why: "strictly above",
  },
  { bound: ">", form: bound("[过過破]"), sizes: true, why: "过亿; elsewhere 过 ends a verb" },
  {
    bound: "≥",
    form: bound("至少|最少|不少[于於]|不低[于於]|≥|at least|no less than|no fewer than"),
    why: "from there up",
  },
  { bound: "≥", form: bound("上"), sizes: true, why: "上亿; elsewhere 上 means on" },
  {
    bound: "<",
    form: bound("不足|不到|(?<!不)[低少小][于於]|<|(?:less|fewer|lower) than|under|below"),
    why: "strictly below",
  },
  {
    bound: "≤",
    form: bound(
      "不超过|不超過|不[会會]超[过過]|未超[过過]|至多|(?:最高|最多)\\p{Script=Han}{0,6}|不[高多][于於]|≤|up to|at most|no more than",
    ),
    why: "a ceiling, which a verb may part from its number: 最高每天可盈利47万",
  },
  {
    bound: "~",
    form: bound(
      "(?<![最附靠])近|接近|(?<![节節契预預])[约約]|大[约約]|[将將]近|[几幾]乎|~|≈|about|around|nearly|almost|roughly|approximately|some",
    ),
    why: "near it; 最近 is a time, 节约 a verb",
  },
];

/** Behind a number and its unit. */
export const boundsAfter: readonly { readonly bound: Bound; readonly form: RegExp; readonly why: string }[] =
  [
    { bound: "≥", form: /^\s?(?:[及或]?以上|起(?!来|來|步)|\+|or more)/u, why: "from there up" },
    { bound: "~", form: /^\s?(?:左右|上下)/u, why: "near it" },
    { bound: "≤", form: /^\s?(?:[及或]?以[下内內]|or less)/u, why: "up to there" },
  ];

/**
 * What makes the number in `第…` and `前…` a rank: the word behind it, the end of the form, or a word of rankings in the
 * same clause. 第 alone numbers sections, quarters and rounds.
 */
export const ranks: { readonly behind: RegExp; readonly inFront: RegExp; readonly english: RegExp } = {
  behind: /^(?:\s?(?:名|位(?![数數])|[大高](?!部))|\s*$)/u,
  inFront: /(?:排名|排行|[位]列|位居|名列|跻身|躋身|榜|居|仅排|僅排)[^，。,;；、第前]{0,12}[第前]\s?$/u,
  english: /(?:\bNo\.|\bnumber|\brank(?:ed|s)?(?: number)?)\s?#?$/iu,
};

/** What follows a numeral that ranks nothing for all that: 排名第一季度. */
export const ranksNothing = /^\s?(?:[季类類梯代次]|[个個])/u;

/** Nouns that are counted in bare sizes: 千亿参数. */
export const nouns = /^\s?(?:[参參][数數]|用[户戶]|美[元金]|元|[级級]|tokens?)/iu;

/** What prices are counted per: the word behind a slash or 每, and the words that say so in front of the number. */
export const denominators: readonly {
  readonly unit: string;
  readonly behind: RegExp;
  readonly inFront: RegExp;
}[] = [
  {
    unit: "tokens",
    behind: /^tokens?$/i,
    inFront: /(?<count>\d+)?\s*(?<scale>[十百千]?[万萬]|[十百千])\s*(?:[输輸][入出])?tokens?/iu,
  },
  {
    unit: "months",
    behind: /^(?:月|[个個]月|months?|mo)$/u,
    inFront: /每月|月均|单月|單月|monthly|per month/u,
  },
  { unit: "days", behind: /^(?:天|日|days?)$/u, inFront: /每[天日]|日均|单日|單日|daily|per day/u },
  { unit: "years", behind: /^(?:年|years?|yr)$/u, inFront: /每年|年均|yearly|per year/u },
  { unit: "hours", behind: /^(?:小[时時]|hours?|hr|h)$/u, inFront: /每小[时時]|hourly|per hour/u },
  { unit: "shares", behind: /^(?:股|shares?)$/u, inFront: /每股|per share/u },
  { unit: "calls", behind: /^(?:次|[次个個]?调用|調用|calls?)$/u, inFront: /[单單每]次|per call/u },
  { unit: "images", behind: /^(?:张|張|images?)$/u, inFront: /每[张張]|per image/u },
  {
    unit: "people",
    behind: /^(?:人|员工|員工|employees?|person)$/u,
    inFront: /人均|[每单單][个個位名]?[员員]工|per employee|per head/u,
  },
  { unit: "users", behind: /^(?:用[户戶]|users?)$/u, inFront: /每[个個位名]?用[户戶]|per user/u },
];

/** Words that say a number without a numeral. */
export const words: readonly {
  readonly form: RegExp;
  readonly kind: Kind;
  readonly value: string;
  readonly bound?: Bound;
  /** Read where a number is looked for, but not missed in a text. */
  readonly implied: boolean;
  readonly why: string;
}[] = [
  { form: /翻了?一?[倍番]/gu, kind: "percent", value: "100", implied: false, why: "doubled: up by 100 %" },
  { form: /翻了?一?[倍番]/gu, kind: "times", value: "2", implied: true, why: "doubled: twice as much" },
  { form: /一半/gu, kind: "percent", value: "50", implied: false, why: "half" },
  {
    form: /[个個]位[数數]/gu,
    kind: "digits",
    value: "10",
    bound: "<",
    implied: false,
    why: "one digit: below ten",
  },
  {
    form: /榜首|首位|居首|[登][顶頂]|最大|第一/gu,
    kind: "rank",
    value: "1",
    implied: true,
    why: "first place, in the words of rankings; elsewhere any superlative",
  },
];

/** Signs and words of currencies that stand in front of their amounts. */
export const signs: Readonly<Record<string, string>> = {
  US$: "USD",
  $: "USD",
  HK$: "HKD",
  "¥": "CNY",
  "￥": "CNY",
  "€": "EUR",
  "£": "GBP",
  人民币: "CNY",
  人民幣: "CNY",
  RMB: "CNY",
};
