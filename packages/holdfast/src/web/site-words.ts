/** The words of the site's interface, in each language. What entries and answers say comes from elsewhere. */

import type { Language } from "@holdfast/catalog";

export interface SiteWords {
  readonly htmlLang: string;
  readonly otherLanguage: string;
  readonly skip: string;
  readonly navigation: string;
  readonly entries: string;
  readonly symptoms: string;
  readonly causes: string;
  readonly implementations: string;
  readonly graph: string;
  readonly search: string;
  readonly live: string;
  readonly tagline: string;
  readonly frontTitle: string;
  readonly frontLead: string;
  readonly pasteLabel: string;
  readonly pasteHint: string;
  readonly pasteExample: string;
  readonly explain: string;
  readonly chooseFile: string;
  readonly private: string;
  readonly privateServed: string;
  readonly noScript: string;
  readonly tryOne: string;
  readonly browse: string;
  readonly answer: string;
  readonly reading: (megabytes: string) => string;
  readonly confidence: (share: number) => string;
  readonly andMore: (count: number) => string;
  readonly ofLikeliest: string;
  readonly nothingPasted: string;
  readonly fileEmpty: (name: string) => string;
  readonly fileUnreadable: (name: string) => string;
  readonly entriesLead: (count: number) => string;
  readonly symptomsLead: (count: number) => string;
  readonly causesLead: string;
  readonly causeNames: Readonly<Record<string, string>>;
  readonly implementationsLead: string;
  readonly anyImplementation: string;
  readonly noCode: string;
  readonly onThisPage: string;
  readonly graphLead: string;
  readonly graphPicture: (nodes: number, edges: number) => string;
  readonly graphList: string;
  readonly graphSeePicture: string;
  readonly graphSeeList: string;
  readonly leadsTo: string;
  readonly graphAlone: (count: number) => string;
  readonly searchLead: string;
  readonly searchLabel: string;
  readonly searchNone: (words: string) => string;
  readonly searchFound: (count: number, words: string) => string;
  readonly sequence: string;
  readonly notFoundTitle: string;
  readonly notFound: (path: string) => string;
  readonly nearest: string;
  readonly footer: string;
  readonly machines: string;
  readonly moved: string;
  readonly own: (file: string) => string;
  readonly thisIs: (what: string) => string;
  readonly ownInPlace: string;
  readonly ownRecords: (count: number) => string;
  readonly actors: Readonly<Record<string, string>>;
}

const en: SiteWords = {
  htmlLang: "en",
  otherLanguage: "中文",
  skip: "Skip to the content",
  navigation: "Pages",
  entries: "Failures",
  symptoms: "Error texts",
  causes: "Causes",
  implementations: "Programs",
  graph: "Graph",
  search: "Search",
  live: "Live demo",
  tagline: "What a gRPC or HTTP/2 error means",
  frontTitle: "What does this error mean?",
  frontLead:
    "Paste an error, a stack trace or a whole log. The answer says what happened, who closed the connection, whether the call may be sent again, what helps and what does not.",
  pasteLabel: "Error or log",
  pasteHint: "Ctrl + Enter explains.",
  pasteExample: "14 UNAVAILABLE: Connection dropped",
  explain: "Explain",
  chooseFile: "Read a file",
  private: "The answer is made in this browser. Nothing leaves your machine, and secrets are masked in what is shown.",
  privateServed: "Without JavaScript the text goes to the program that serves this page, and nowhere else.",
  noScript: "Without JavaScript this page cannot answer. In a terminal, type:",
  tryOne: "For example",
  browse: "Or look around",
  answer: "Answer",
  reading: (megabytes) => `${megabytes} MB read`,
  confidence: (share) => `right in ${Math.round(share * 100)} of 100 answers like this`,
  andMore: (count) => `and ${count} more`,
  ofLikeliest: "If it is the first of these:",
  nothingPasted: "There is nothing to explain yet: paste an error first.",
  fileEmpty: (name) => `${name} is empty: there is nothing to explain.`,
  fileUnreadable: (name) => `${name} cannot be read.`,
  entriesLead: (count) => `${count} ways in which a call ends other than planned, by the part that they belong to.`,
  symptomsLead: (count) =>
    `${count} texts that programs print, by the gRPC status they come with. Words in {braces} differ from case to case.`,
  causesLead:
    "Six causes that people look for by name, the failures behind each, and the texts by which they show themselves.",
  causeNames: {
    "idle-timeout": "Idle timeout",
    "keepalive-mismatch": "Keepalive mismatch",
    "load-balancer-timeout": "Load balancer timeout",
    "server-crash": "Server crash",
    "resource-exhaustion": "Resource exhaustion",
    "network-issues": "Network issues",
  },
  implementationsLead: "The same failure reads differently in each program. Here are the words of each.",
  anyImplementation: "any program",
  noCode: "without a gRPC status",
  onThisPage: "On this page",
  graphLead: "Failures cause each other. An arrow goes from a failure to one that it leads to; every name is a link.",
  graphPicture: (nodes, edges) => `Graph of ${nodes} failures and ${edges} arrows; the list below says the same`,
  graphList: "Failure by failure",
  graphSeePicture: "As a picture",
  graphSeeList: "As a list",
  leadsTo: "leads to",
  graphAlone: (count) => `${count} failures stand alone`,
  searchLead: "Words of an error text, of a title or of a cause; English or Chinese.",
  searchLabel: "Search for",
  searchNone: (words) => `Nothing fits “${words}”. The front page explains whole errors.`,
  searchFound: (count, words) => `${count} for “${words}”`,
  sequence: "On the wire",
  notFoundTitle: "No such page",
  notFound: (path) => `Nothing is known here by the name ${path}.`,
  nearest: "Did you mean",
  footer: "Holdfast keeps gRPC calls alive through restarts, and says what killed the ones that die.",
  machines: "For programs",
  moved: "This failure has another name now:",
  own: (file) => `your own, ${file}`,
  thisIs: (what) => `This is ${what}.`,
  ownInPlace: "It takes the place of Holdfast's entry of the same name.",
  ownRecords: (count) =>
    `${count === 1 ? "One record" : `${count} records`} of your own ${count === 1 ? "is" : "are"} here beside Holdfast's, and ${count === 1 ? "goes" : "go"} first.`,
  actors: { client: "client", proxy: "proxy", server: "server", kernel: "kernel" },
};

const zh: SiteWords = {
  htmlLang: "zh-Hans",
  otherLanguage: "English",
  skip: "跳到正文",
  navigation: "页面",
  entries: "故障",
  symptoms: "错误文本",
  causes: "原因",
  implementations: "程序",
  graph: "关系图",
  search: "搜索",
  live: "现场演示",
  tagline: "gRPC 与 HTTP/2 错误的含义",
  frontTitle: "这个错误是什么意思？",
  frontLead:
    "粘贴一条错误、一段调用栈或整份日志。答案会说明发生了什么、谁关闭了连接、调用能否重发、什么有用、什么没用。",
  pasteLabel: "错误或日志",
  pasteHint: "按 Ctrl + Enter 解释。",
  pasteExample: "14 UNAVAILABLE: Connection dropped",
  explain: "解释",
  chooseFile: "读取文件",
  private: "答案在此浏览器中生成。任何内容都不会离开你的电脑，显示时会遮盖密钥。",
  privateServed: "没有 JavaScript 时，文本只会交给提供此页面的程序，不会去别处。",
  noScript: "没有 JavaScript，此页面无法回答。请在终端输入：",
  tryOne: "例如",
  browse: "或者随便看看",
  answer: "答案",
  reading: (megabytes) => `已读 ${megabytes} MB`,
  confidence: (share) => `此类答案每 100 个中有 ${Math.round(share * 100)} 个正确`,
  andMore: (count) => `另有 ${count} 个`,
  ofLikeliest: "如果是其中第一个：",
  nothingPasted: "还没有可解释的内容：请先粘贴一条错误。",
  fileEmpty: (name) => `${name} 是空的：没有可解释的内容。`,
  fileUnreadable: (name) => `无法读取 ${name}。`,
  entriesLead: (count) => `调用意外结束的 ${count} 种方式，按所属部分排列。`,
  symptomsLead: (count) => `程序打印的 ${count} 条文本，按随附的 gRPC 状态排列。{花括号} 中的内容每次不同。`,
  causesLead: "人们按名称查找的六种原因、每种原因背后的故障，以及它们表现出的文本。",
  causeNames: {
    "idle-timeout": "空闲超时",
    "keepalive-mismatch": "keepalive 设置不匹配",
    "load-balancer-timeout": "负载均衡器超时",
    "server-crash": "服务器崩溃",
    "resource-exhaustion": "资源耗尽",
    "network-issues": "网络问题",
  },
  implementationsLead: "同一种故障在每个程序里的说法都不同。这里按程序列出。",
  anyImplementation: "任何程序",
  noCode: "没有 gRPC 状态",
  onThisPage: "本页内容",
  graphLead: "故障会引发别的故障。箭头从一种故障指向它引发的故障；每个名称都是链接。",
  graphPicture: (nodes, edges) => `${nodes} 种故障和 ${edges} 个箭头的关系图；下面的列表内容相同`,
  graphList: "逐个列出",
  graphSeePicture: "看图",
  graphSeeList: "看列表",
  leadsTo: "引发",
  graphAlone: (count) => `${count} 种故障没有关联`,
  searchLead: "错误文本、标题或原因中的词；中文或英文。",
  searchLabel: "搜索内容",
  searchNone: (words) => `没有与“${words}”相符的内容。首页可以解释整条错误。`,
  searchFound: (count, words) => `“${words}”：${count} 项`,
  sequence: "线上过程",
  notFoundTitle: "没有这个页面",
  notFound: (path) => `这里没有名为 ${path} 的内容。`,
  nearest: "你要找的是不是",
  footer: "Holdfast 让 gRPC 调用在重启中存活，并说明中断的调用因何而断。",
  machines: "供程序使用",
  moved: "这个故障现在的名称是：",
  own: (file) => `你自己的，${file}`,
  thisIs: (what) => `这是${what}。`,
  ownInPlace: "它取代了 Holdfast 的同名条目。",
  ownRecords: (count) => `除 Holdfast 的条目外，这里还有你自己的 ${count} 条记录，它们优先。`,
  actors: { client: "客户端", proxy: "代理", server: "服务器", kernel: "内核" },
};

export const siteWords: Readonly<Record<Language, SiteWords>> = { en, zh };
