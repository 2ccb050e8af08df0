/** The words of the live demo, in each language. What failures say of themselves comes from the run. */

import type { Language } from "@holdfast/catalog";
import type { KillStyle, PromiseId } from "@holdfast/lab/demo";

export interface LiveWords {
  readonly title: string;
  readonly number: (count: number) => string;
  readonly lead: string;
  readonly noScript: string;
  readonly howBackendsGo: string;
  readonly kills: Readonly<Record<KillStyle, string>>;
  readonly howLong: string;
  readonly seconds: (count: number) => string;
  readonly start: string;
  readonly stop: string;
  readonly idle: string;
  readonly starting: string;
  readonly running: string;
  readonly settling: string;
  readonly stopped: string;
  readonly held: (reads: string, writes: string) => string;
  readonly lostWrites: (count: string) => string;
  readonly notHeld: (breaches: string) => string;
  readonly promises: Readonly<Record<PromiseId, string>>;
  readonly breach: (calls: string, text: string) => string;
  readonly cut: string;
  readonly trouble: (message: string) => string;
  readonly offline: string;
  readonly refused: string;
  readonly clock: (elapsed: string, whole: string) => string;
  readonly picture: string;
  readonly pictureText: (clients: string, restarts: number) => string;
  readonly clientText: (client: string, ended: string, failed: string) => string;
  readonly failedOf: (failed: string, ended: string) => string;
  readonly noneFailed: string;
  readonly legendRead: string;
  readonly legendWrite: string;
  readonly legendTerm: string;
  readonly legendKill: string;
  readonly unit: string;
  readonly counts: string;
  readonly columns: Readonly<Record<"sent" | "ok" | "failed" | "executedTwice" | "neverSettled" | "cpu", string>>;
  readonly countsNote: string;
  readonly failures: string;
  readonly noFailures: string;
  readonly told: Readonly<Record<"no" | "maybe" | "yes", string>>;
  readonly times: (count: string) => string;
  readonly at: (seconds: string) => string;
  readonly others: (count: number) => string;
  readonly next: string;
}

/** Both languages write numbers so. */
const number = (count: number): string => Math.round(count).toLocaleString("en-US");

const en: LiveWords = {
  title: "A rolling restart, live",
  number,
  lead: "Three servers on this machine, one restarted every 2 seconds. Two clients make the same calls under the same retry policy: Holdfast and @grpc/grpc-js. Reads may be retried; writes may not, so a write that SIGKILL cut off has to fail: nobody can know whether it ran.",
  noScript: "Without JavaScript nothing moves here. In a terminal, the same demo is:",
  howBackendsGo: "How servers go",
  kills: { mixed: "SIGTERM and SIGKILL in turns", term: "SIGTERM: they may finish", kill: "SIGKILL: they may not" },
  howLong: "How long",
  seconds: (count) => `${count} seconds`,
  start: "Start",
  stop: "Stop",
  idle: "Nothing is running.",
  starting: "Starting three servers and two clients.",
  running: "Running.",
  settling: "No more calls; the open ones settle.",
  stopped: "Stopped early. ",
  held: (reads, writes) =>
    `Holdfast held: of ${reads} reads none failed, of ${writes} writes none ran twice, and every call settled.`,
  lostWrites: (count) => ` Writes cut off when they may have run already, and so not sent again: ${count}.`,
  notHeld: (breaches) => `Holdfast did not hold. ${breaches}.`,
  promises: {
    "read-failed": "failed though idempotent",
    "write-executed-twice": "ran twice though not idempotent",
    "never-settled": "never settled",
    "write-failed-unprocessed": "failed though provably not processed",
    "answered-for-another": "got the answer of another call",
    "told-no-but-executed": "were told “not processed”, and had run",
    "told-yes-but-not-executed": "were told “processed”, and had not run",
  },
  breach: (calls, text) => `Calls that ${text}: ${calls}`,
  cut: "Cut off before its calls had settled, because nobody watched or the server was closed.",
  trouble: (message) => `The demo could not be run: ${message}.`,
  offline: "The connection to the server of this page is lost; it comes back by itself when the server does.",
  refused: "The server did not start a run",
  clock: (elapsed, whole) => `${elapsed} of ${whole} s`,
  picture: "Calls ended per second",
  pictureText: (clients, restarts) => `Calls ended per second over time. ${clients} ${restarts} restarts so far.`,
  clientText: (client, ended, failed) => `${client}: ${ended} calls ended, ${failed} of them failed.`,
  failedOf: (failed, ended) => `${failed} of ${ended} failed`,
  noneFailed: "none failed",
  legendRead: "one failed read",
  legendWrite: "one failed write",
  legendTerm: "T SIGTERM to server 1, 2 or 3",
  legendKill: "K SIGKILL",
  unit: "s",
  counts: "Counts",
  columns: {
    sent: "Sent",
    ok: "OK",
    failed: "Failed",
    executedTwice: "Executed twice",
    neverSettled: "Never settled",
    cpu: "CPU µs per call",
  },
  countsNote:
    "Executed: as the servers' journals have it. A read may run twice; a write may not. CPU: of the client's process, after the warm-up.",
  failures: "Last failures, in words",
  noFailures: "None so far.",
  told: {
    no: "not processed",
    maybe: "may have been processed",
    yes: "processed",
  },
  times: (count) => `${count} times`,
  at: (seconds) => `at ${seconds} s`,
  others: (count) => (count === 1 ? "or one other that fits as well" : `or ${count} others that fit as well`),
  next: "The same in a terminal:",
};

const zh: LiveWords = {
  title: "滚动重启现场",
  number,
  lead: "本机上有三个服务器，每 2 秒重启一个。两个客户端在同样的重试策略下发出同样的调用：Holdfast 和 @grpc/grpc-js。读操作（Read）可以重试；写操作（Write）不可以，所以被 SIGKILL 切断的写操作只能失败：没有人知道它是否已执行。",
  noScript: "没有 JavaScript，这里不会动。在终端里，同样的演示是：",
  howBackendsGo: "服务器如何退出",
  kills: { mixed: "SIGTERM 与 SIGKILL 轮流", term: "SIGTERM：可以做完手头的事", kill: "SIGKILL：不可以" },
  howLong: "时长",
  seconds: (count) => `${count} 秒`,
  start: "开始",
  stop: "停止",
  idle: "没有正在进行的演示。",
  starting: "正在启动三个服务器和两个客户端。",
  running: "进行中。",
  settling: "不再发出调用；等待未结束的调用。",
  stopped: "提前停止。",
  held: (reads, writes) =>
    `Holdfast 守住了：${reads} 次读操作无一失败，${writes} 次写操作无一执行两次，每个调用都有结果。`,
  lostWrites: (count) => `可能已执行而被切断、因此没有重发的写操作：${count} 次。`,
  notHeld: (breaches) => `Holdfast 没有守住。${breaches}。`,
  promises: {
    "read-failed": "幂等却失败",
    "write-executed-twice": "非幂等却执行了两次",
    "never-settled": "始终没有结果",
    "write-failed-unprocessed": "可证明未被处理却失败",
    "answered-for-another": "收到了别的调用的应答",
    "told-no-but-executed": "被告知“未被处理”，实际已执行：证据有误",
    "told-yes-but-not-executed": "被告知“已被处理”，实际从未执行：证据有误",
  },
  breach: (calls, text) => `${text}的调用：${calls} 个`,
  cut: "因为无人观看或服务器关闭，在调用结束之前就中断了。",
  trouble: (message) => `演示无法进行：${message}。`,
  offline: "与此页面服务器的连接已断开；服务器恢复后会自动重连。",
  refused: "服务器没有开始演示",
  clock: (elapsed, whole) => `${elapsed} / ${whole} 秒`,
  picture: "每秒结束的调用",
  pictureText: (clients, restarts) => `每秒结束的调用随时间的变化。${clients}目前重启了 ${restarts} 次。`,
  clientText: (client, ended, failed) => `${client}：${ended} 个调用已结束，其中 ${failed} 个失败。`,
  failedOf: (failed, ended) => `${ended} 个中有 ${failed} 个失败`,
  noneFailed: "无一失败",
  legendRead: "一次失败的读操作",
  legendWrite: "一次失败的写操作",
  legendTerm: "T：向服务器 1、2 或 3 发 SIGTERM",
  legendKill: "K：发 SIGKILL",
  unit: "秒",
  counts: "计数",
  columns: {
    sent: "已发出",
    ok: "成功",
    failed: "失败",
    executedTwice: "执行两次",
    neverSettled: "始终无结果",
    cpu: "每次调用 CPU 微秒",
  },
  countsNote: "是否执行以服务器的日志为准。读操作可以执行两次；写操作不可以。CPU：客户端进程在预热之后的用量。",
  failures: "最近的失败，用文字说明",
  noFailures: "目前没有。",
  told: { no: "未被处理", maybe: "可能已被处理", yes: "已被处理" },
  times: (count) => `${count} 次`,
  at: (seconds) => `第 ${seconds} 秒`,
  others: (count) => `或另外 ${count} 个同样相符的条目`,
  next: "在终端里看同样的演示：",
};

export const liveWords: Readonly<Record<Language, LiveWords>> = { en, zh };
